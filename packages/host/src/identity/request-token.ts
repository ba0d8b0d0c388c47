import { HostError } from '../kernel/host-error.ts'
import type { AuthorizationServers } from './authorization-servers.ts'
import type { Oauth2CredentialProvider } from './credential-provider.ts'
import type { ProviderSecrets } from './provider-secrets.ts'
import type { CachedToken } from './token-cache.ts'
import type { GrantedToken, Parameter, TokenEndpoint, TokenOutcome } from './token-endpoint.ts'

/** Asks a provider's server for a token, as the client that the provider describes. */
export type RequestToken = (
  provider: Oauth2CredentialProvider,
  grantType: string,
  parameters: readonly Parameter[],
) => Promise<TokenOutcome>

interface RequestTokenOptions {
  readonly servers: AuthorizationServers
  readonly secrets: ProviderSecrets
  readonly tokenEndpoint: TokenEndpoint
}

export function createRequestToken(options: RequestTokenOptions): RequestToken {
  const { servers, secrets, tokenEndpoint } = options
  return async ({ client, scope, secret }, grantType, parameters) =>
    tokenEndpoint({
      server: await servers.get(client.oauthDiscovery),
      clientId: client.clientId,
      clientSecret: secrets.read(scope, secret),
      clientAuthenticationMethod: client.clientAuthenticationMethod,
      grantType,
      parameters,
    })
}

/** For flows in which a refusal is nothing that anybody can go on from. */
export function readGrant(outcome: TokenOutcome): GrantedToken {
  if (outcome.kind === 'granted') return outcome
  throw new HostError('ERR_TARGET_FAILED', outcome.message)
}

export function expiryOf({ expiresInS }: GrantedToken, nowMs: number): number | undefined {
  return expiresInS === undefined ? undefined : nowMs + expiresInS * 1_000
}

export function describeCached(token: GrantedToken, nowMs: number): CachedToken {
  const expiresAtMs = expiryOf(token, nowMs)
  return { accessToken: token.accessToken, ...(expiresAtMs !== undefined && { expiresAtMs }) }
}
