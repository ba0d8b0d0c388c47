import type { Scope } from '../../kernel/scope.ts'
import { endpointVariables } from '../../server/platform-environment.ts'

/** Variables to set; those that are undefined are taken away. */
export type Variables = Readonly<Record<string, string | undefined>>

export interface LocalKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface AwsVariablesOptions {
  readonly hostUrl: string
  readonly region: Scope['region']
  readonly keys: LocalKeys
}

/** Everything from which an SDK could take other credentials or another endpoint. */
const REPLACED = [
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_BEARER_TOKEN_BEDROCK_AGENTCORE',
  'AWS_ACCOUNT_ID',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
]

/**
 * What makes the AWS SDKs, the AWS command line and the `bedrock-agentcore` packages meet this host:
 * Region, keys that are worth nothing elsewhere, endpoints. A service that is not served here is sent
 * here too, and refused, rather than asked at AWS.
 */
export function awsVariables({ hostUrl, region, keys }: AwsVariablesOptions): Variables {
  return {
    ...Object.fromEntries(REPLACED.map((name) => [name, undefined])),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: hostUrl,
    ...endpointVariables(hostUrl),
    // the TypeScript package, which takes any address
    BEDROCK_AGENTCORE_DATA_PLANE_ENDPOINT: hostUrl,
    BEDROCK_AGENTCORE_GATEWAY_ENDPOINT: hostUrl,
  }
}

/**
 * The Python package's own variables. Its identity client needs them in 1.0 to 1.6 when there is no
 * proxy; its WebSocket and A2A clients from 1.6.3 on refuse any address that is not of AWS. Behind the
 * proxy all of them do without, so `exec` takes them away and `env` sets them.
 */
export function pythonPackageVariables(hostUrl: string | undefined): Variables {
  return { BEDROCK_AGENTCORE_DP_ENDPOINT: hostUrl, BEDROCK_AGENTCORE_CP_ENDPOINT: hostUrl }
}
