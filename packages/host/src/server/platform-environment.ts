import { roleIdentity, type TemporaryKeys } from '../api/sts/temporary-keys.ts'
import type { Scope } from '../kernel/scope.ts'

/** The services that AWS SDKs find here, as their endpoint variables name them. */
const SERVICES = [
  'BEDROCK_AGENTCORE',
  'BEDROCK_AGENTCORE_CONTROL',
  'CLOUDFORMATION',
  'COGNITO_IDENTITY_PROVIDER',
  'ECR',
  'LAMBDA',
  'S3',
  'SECRETS_MANAGER',
  'SFN',
  'SSM',
  'STS',
] as const

/** The hosted code's keys; a session of an agent runtime lives 8 hours, an environment longer at most. */
const KEY_SECONDS = 36 * 3_600

/** What makes unmodified AWS SDKs meet this host (AWS SDKs reference guide, service-specific endpoints). */
export function endpointVariables(baseUrl: string): Record<string, string> {
  return Object.fromEntries(SERVICES.map((name) => [`AWS_ENDPOINT_URL_${name}`, baseUrl]))
}

interface PlatformEnvironmentOptions {
  readonly baseUrl: () => string
  readonly temporaryKeys: TemporaryKeys
  /** Folder of V8's compile cache; absent: code made through the API compiles at each start. */
  readonly compileCache?: string | undefined
}

/**
 * What hosted code gets besides its own variables: this host as its AWS, and keys of its role, as on
 * AWS. They are good for nothing anywhere else.
 */
export function platformEnvironment(options: PlatformEnvironmentOptions) {
  const { baseUrl, temporaryKeys, compileCache } = options
  return ({ scope, roleArn }: { readonly scope: Scope; readonly roleArn: string }) => {
    const key = temporaryKeys.createTemporaryKey(
      roleIdentity(scope, roleArn),
      new Date(Date.now() + KEY_SECONDS * 1_000),
    )
    return {
      ...endpointVariables(baseUrl()),
      ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }),
      AWS_REGION: scope.region,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
      AWS_SESSION_TOKEN: key.sessionToken,
      AWS_EC2_METADATA_DISABLED: 'true',
    }
  }
}
