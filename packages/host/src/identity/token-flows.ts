// Everything of Identity that calls out, or waits for users, put together over one guarded fetch.
import type { Answer } from '../http/exchange.ts'
import { createGuardedFetch, createJsonReader } from '../http/guarded-fetch.ts'
import type { Log } from '../kernel/log.ts'
import type { ApiKeyProviders } from './api-key-providers.ts'
import { createAuthorizationServers } from './authorization-servers.ts'
import type { AuthorizationSessions } from './authorization-sessions.ts'
import { EXPIRY_MARGIN_MS } from './compat.ts'
import type { Oauth2Providers } from './oauth2-providers.ts'
import { createOutboundTokens, type OutboundTokens } from './outbound-tokens.ts'
import type { ProviderSecrets } from './provider-secrets.ts'
import { createRequestToken } from './request-token.ts'
import { createResourceTokens, type ResourceTokens } from './resource-tokens.ts'
import { serveBrowser, type BrowserRequest } from './serve-browser.ts'
import { createTokenCache } from './token-cache.ts'
import { createTokenEndpoint } from './token-endpoint.ts'
import { createUserAuthorization, type UserAuthorization } from './user-authorization.ts'
import type { UserTokenVault } from './user-token-vault.ts'
import { createUserTokenVerifier, type VerifyUserToken } from './user-token-verifier.ts'
import { createUserTokens } from './user-tokens.ts'
import type { WorkloadIdentities } from './workload-identities.ts'

export interface TokenFlows {
  readonly resourceTokens: ResourceTokens
  readonly userAuthorization: UserAuthorization
  readonly outbound: OutboundTokens
  readonly verifyUserToken: VerifyUserToken
  serveBrowser(request: BrowserRequest): Promise<Answer>
}

export interface TokenFlowsOptions {
  readonly identities: WorkloadIdentities
  readonly oauth2Providers: Oauth2Providers
  readonly apiKeyProviders: ApiKeyProviders
  readonly secrets: ProviderSecrets
  readonly sessions: AuthorizationSessions
  readonly vault: UserTokenVault
  readonly publicUrl: () => string
  readonly rewriteUrl: (url: string) => string
  readonly allowLoopback: boolean
  readonly log: Log
  readonly now: () => number
}

export function createTokenFlows(options: TokenFlowsOptions): TokenFlows {
  const { identities, oauth2Providers, secrets, sessions, vault, publicUrl, log, now } = options
  const isOwnUrl = (url: URL) => url.origin === new URL(publicUrl()).origin
  const fetch = createGuardedFetch({ allowLocal: options.allowLoopback, isOwnUrl })
  const readJson = createJsonReader(fetch)
  const servers = createAuthorizationServers({ ...options, readJson })
  const tokenEndpoint = createTokenEndpoint(fetch)
  const requestToken = createRequestToken({ servers, secrets, tokenEndpoint })
  const userAuthorization = createUserAuthorization({
    sessions,
    providers: oauth2Providers,
    vault,
    requestToken,
    publicUrl,
    now,
  })
  const resourceTokens = createResourceTokens({
    oauth2Providers,
    apiKeyProviders: options.apiKeyProviders,
    secrets,
    userTokens: createUserTokens({ vault, requestToken, now }),
    userAuthorization,
    cache: createTokenCache({ now, marginMs: EXPIRY_MARGIN_MS }),
    requestToken,
    now,
  })
  return {
    resourceTokens,
    userAuthorization,
    outbound: createOutboundTokens(identities, resourceTokens),
    verifyUserToken: createUserTokenVerifier({ ...options, readJson }),
    serveBrowser: (request) =>
      serveBrowser(request, { sessions, providers: oauth2Providers, servers, log }),
  }
}
