// What the service model cannot say about an OAuth2 provider's configuration: which member goes with
// which vendor, and what belongs together. Shapes and lengths have been checked before.
import { HostError } from '../kernel/host-error.ts'
import type {
  AuthorizationServerMetadata,
  ClientAuthenticationMethod,
  OauthDiscovery,
  Oauth2Client,
  OnBehalfOfConfig,
} from './credential-provider.ts'
import { OAUTH2_VENDORS, type Oauth2Vendor } from './oauth2-vendors.ts'
import type { SecretInput } from './provider-secrets.ts'

/** The members of all arms of `oauth2ProviderConfigInput`. */
export interface Oauth2ConfigInput {
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly clientSecretConfig?: SecretInput['config']
  readonly tenantId?: string | undefined
  readonly issuer?: string | undefined
  readonly authorizationEndpoint?: string | undefined
  readonly tokenEndpoint?: string | undefined
  readonly oauthDiscovery?: OauthDiscoveryInput | undefined
  readonly clientAuthenticationMethod?: string | undefined
  readonly privateKeyJwtConfig?: object | undefined
  readonly privateEndpoint?: object | undefined
  readonly privateEndpointOverrides?: readonly object[] | undefined
  readonly onBehalfOfTokenExchangeConfig?: OnBehalfOfInput | undefined
}

interface OauthDiscoveryInput {
  readonly discoveryUrl?: string | undefined
  readonly authorizationServerMetadata?:
    | {
        readonly [Name in keyof AuthorizationServerMetadata]:
          | AuthorizationServerMetadata[Name]
          | undefined
      }
    | undefined
}

interface OnBehalfOfInput {
  readonly grantType: 'TOKEN_EXCHANGE' | 'JWT_AUTHORIZATION_GRANT'
  readonly tokenExchangeGrantTypeConfig?:
    | {
        readonly actorTokenContent: 'NONE' | 'M2M' | 'AWS_IAM_ID_TOKEN_JWT'
        readonly actorTokenScopes?: readonly string[] | undefined
      }
    | undefined
}

/** The arms of the union, of which one is there. */
export type Oauth2ConfigArms = Readonly<Record<string, Oauth2ConfigInput | undefined>>

export function readOauth2Client(
  vendorName: string,
  arms: Oauth2ConfigArms,
): { readonly client: Oauth2Client; readonly secret: SecretInput } {
  const vendor = OAUTH2_VENDORS[vendorName]
  if (!vendor) throw invalid(`credentialProviderVendor ${vendorName} is not known`)
  const config = arms[vendor.configArm]
  if (!config) throw invalid(`${vendorName} needs the member ${vendor.configArm}`)
  refuseWhatIsMissing(config)
  const { clientId = '' } = config
  if (clientId === '') throw invalid('clientId is required')
  const method = readAuthenticationMethod(config.clientAuthenticationMethod)
  const onBehalfOf = readOnBehalfOf(config.onBehalfOfTokenExchangeConfig)
  return {
    client: {
      vendor: vendorName,
      configArm: vendor.configArm,
      clientId,
      oauthDiscovery: readServer(vendor, config),
      ...(method && { clientAuthenticationMethod: method }),
      ...(onBehalfOf && { onBehalfOfTokenExchangeConfig: onBehalfOf }),
    },
    secret: {
      value: config.clientSecret,
      source: config.clientSecretSource,
      config: config.clientSecretConfig,
    },
  }
}

function refuseWhatIsMissing(config: Oauth2ConfigInput): void {
  if (config.privateEndpoint !== undefined || config.privateEndpointOverrides?.length) {
    throw notSupported('Private endpoints are not supported: the host has no VPC to reach into')
  }
  if (config.privateKeyJwtConfig !== undefined) throw keysNotSupported('privateKeyJwtConfig')
}

function readAuthenticationMethod(
  method: string | undefined,
): ClientAuthenticationMethod | undefined {
  switch (method) {
    case undefined:
    case 'CLIENT_SECRET_BASIC':
    case 'CLIENT_SECRET_POST':
      return method
    case 'PRIVATE_KEY_JWT':
      throw keysNotSupported(method)
    default:
      throw notSupported(
        `${method} is not supported: no AWS identity signs here; use CLIENT_SECRET_BASIC or CLIENT_SECRET_POST`,
      )
  }
}

function readServer({ server }: Oauth2Vendor, config: Oauth2ConfigInput): OauthDiscovery {
  if (server === 'custom') return readDiscovery(config.oauthDiscovery)
  if (server === 'tenant') return readTenant(config)
  if ('forTenant' in server) return server.forTenant(config.tenantId ?? 'common')
  return server
}

function readDiscovery({
  discoveryUrl,
  authorizationServerMetadata: metadata,
}: OauthDiscoveryInput = {}): OauthDiscovery {
  if (discoveryUrl !== undefined) return { discoveryUrl: readUrl('discoveryUrl', discoveryUrl) }
  if (!metadata) throw invalid('oauthDiscovery needs discoveryUrl or authorizationServerMetadata')
  const { issuer, authorizationEndpoint, tokenEndpoint } = metadata
  const { responseTypes, tokenEndpointAuthMethods } = metadata
  return {
    authorizationServerMetadata: {
      issuer: readUrl('issuer', issuer),
      authorizationEndpoint: readUrl('authorizationEndpoint', authorizationEndpoint),
      tokenEndpoint: readUrl('tokenEndpoint', tokenEndpoint),
      ...(responseTypes && { responseTypes }),
      ...(tokenEndpointAuthMethods && { tokenEndpointAuthMethods }),
    },
  }
}

/** With both endpoints they are taken; with the issuer alone its discovery document says them. */
function readTenant(config: Oauth2ConfigInput): OauthDiscovery {
  const { issuer, authorizationEndpoint, tokenEndpoint } = config
  if (authorizationEndpoint !== undefined && tokenEndpoint !== undefined) {
    return {
      authorizationServerMetadata: {
        issuer: readUrl(
          'issuer',
          issuer ?? new URL(readUrl('tokenEndpoint', tokenEndpoint)).origin,
        ),
        authorizationEndpoint: readUrl('authorizationEndpoint', authorizationEndpoint),
        tokenEndpoint: readUrl('tokenEndpoint', tokenEndpoint),
        responseTypes: ['code'],
      },
    }
  }
  if (issuer === undefined) {
    throw invalid('The vendor needs issuer, authorizationEndpoint and tokenEndpoint')
  }
  const base = readUrl('issuer', issuer).replace(/\/$/, '')
  return { discoveryUrl: `${base}/.well-known/openid-configuration` }
}

function readOnBehalfOf(input: OnBehalfOfInput | undefined): OnBehalfOfConfig | undefined {
  if (!input) return undefined
  const { grantType, tokenExchangeGrantTypeConfig: exchange } = input
  if (grantType === 'JWT_AUTHORIZATION_GRANT') {
    if (!exchange) return { grantType }
    throw invalid('tokenExchangeGrantTypeConfig goes with the grant type TOKEN_EXCHANGE only')
  }
  if (!exchange) return { grantType }
  const { actorTokenContent, actorTokenScopes } = exchange
  if (actorTokenContent === 'AWS_IAM_ID_TOKEN_JWT') {
    throw notSupported(`${actorTokenContent} is not supported as an actor token; use NONE or M2M`)
  }
  const config = { actorTokenContent, ...(actorTokenScopes && { actorTokenScopes }) }
  return { grantType, tokenExchangeGrantTypeConfig: config }
}

function readUrl(member: string, text: string | undefined): string {
  const url = URL.parse(text ?? '')
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return text ?? ''
  throw invalid(`${member} must be an http or https URL`)
}

function keysNotSupported(member: string): HostError {
  return notSupported(
    `${member} is not supported: the host has no KMS keys; use CLIENT_SECRET_BASIC or CLIENT_SECRET_POST`,
  )
}

function notSupported(message: string): HostError {
  return new HostError('ERR_NOT_SUPPORTED', message)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
