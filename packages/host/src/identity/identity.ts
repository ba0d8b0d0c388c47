// AgentCore Identity: workload identities, credential providers and the token vault.
//
// Everything that lasts is in the store, with secrets sealed; tokens for machines are kept in memory
// only. Nothing runs by itself. What calls out goes through one guarded fetch.
import type { Answer } from '../http/exchange.ts'
import type { Log } from '../kernel/log.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import { createApiKeyProviders, type ApiKeyProviders } from './api-key-providers.ts'
import { loadAuthorizationSessions } from './authorization-sessions.ts'
import { CALLBACK_PREFIX } from './browser-paths.ts'
import { findProviderKind, loadIdentityRows, type IdentityRows } from './identity-rows.ts'
import { createLinkedIdentities, type LinkedIdentities } from './linked-identities.ts'
import { createOauth2Providers, type Oauth2Providers } from './oauth2-providers.ts'
import type { OutboundTokens } from './outbound-tokens.ts'
import { createProviderSecrets } from './provider-secrets.ts'
import type { ResourceTokens } from './resource-tokens.ts'
import { loadSecrets, type Secrets } from './secrets/secrets.ts'
import type { BrowserRequest } from './serve-browser.ts'
import { createTaggedIdentities, type TaggedIdentities } from './tagged-identities.ts'
import { createTokenFlows } from './token-flows.ts'
import { loadTokenVaults, type TokenVaults } from './token-vaults.ts'
import type { UserAuthorization } from './user-authorization.ts'
import { openUserTokenVault } from './user-token-vault.ts'
import { createWorkloadIdentities, type WorkloadIdentities } from './workload-identities.ts'
import { createWorkloadTokens, type WorkloadTokens } from './workload-tokens.ts'

export interface Identity {
  readonly workloadIdentities: WorkloadIdentities
  /** With the tokens that users gave to it. */
  deleteWorkloadIdentity(scope: Scope, name: string): Promise<void>
  readonly oauth2Providers: Oauth2Providers
  readonly apiKeyProviders: ApiKeyProviders
  readonly tokenVaults: TokenVaults
  readonly secrets: Secrets
  readonly workloadTokens: WorkloadTokens
  readonly resourceTokens: ResourceTokens
  readonly userAuthorization: UserAuthorization
  /** Ports of gateways and agent runtimes. */
  readonly linked: LinkedIdentities
  readonly outbound: OutboundTokens
  readonly tagged: TaggedIdentities
  /** Which kind of credential provider the ARN names, if there is one. */
  providerKind(providerArn: string): 'OAUTH' | 'API_KEY' | undefined
  callbackUrl(provider: { readonly callbackId: string }): string
  serveBrowser(request: BrowserRequest): Promise<Answer>
}

export interface IdentityOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly log: Log
  /** Scheme and authority at which users' browsers reach this host; asked each time. */
  readonly publicUrl: () => string
  /** Where an address that AWS would form is served here; the address itself when it is not. */
  readonly rewriteUrl?: (url: string) => string
  /** Authorization servers on loopback and private addresses, also without TLS. */
  readonly allowLoopback: boolean
  /** A workload identity that is not there is made when a token is asked for it. */
  readonly createMissingWorkloadIdentities: boolean
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** Identity with what the store knows of it. Who has read some of the rows already passes them on. */
export async function openIdentity(
  options: IdentityOptions,
  loadedRows?: IdentityRows,
): Promise<Identity> {
  const { store, sealer, publicUrl, rewriteUrl = (url) => url, now = Date.now } = options
  const rows = loadedRows ?? (await loadIdentityRows(store))
  const secrets = await loadSecrets(store, sealer, now)
  const sessions = await loadAuthorizationSessions(store, sealer, now)
  const tokenVaults = await loadTokenVaults(store, now)
  const vault = openUserTokenVault(store, sealer)
  const ownSecrets = createProviderSecrets(secrets)
  const identities = createWorkloadIdentities({ rows, store, now })
  const oauth2Providers = createOauth2Providers({
    rows: rows.oauth2Providers,
    secrets: ownSecrets,
    sessions,
    vault,
    now,
  })
  const apiKeyProviders = createApiKeyProviders({
    rows: rows.apiKeyProviders,
    secrets: ownSecrets,
    now,
  })
  const flows = createTokenFlows({
    ...options,
    identities,
    oauth2Providers,
    apiKeyProviders,
    secrets: ownSecrets,
    sessions,
    vault,
    rewriteUrl,
    now,
  })
  const workloadTokens = createWorkloadTokens({
    identities,
    sealer,
    verifyUserToken: flows.verifyUserToken,
    createMissing: options.createMissingWorkloadIdentities,
    now,
  })

  return {
    workloadIdentities: identities,
    async deleteWorkloadIdentity(scope, name) {
      const { workloadIdentityArn } = identities.get(scope, name)
      const tokens = await vault.describeRemovals({ workloadIdentityArn })
      await identities.delete(scope, name, tokens)
    },
    oauth2Providers,
    apiKeyProviders,
    tokenVaults,
    secrets,
    workloadTokens,
    resourceTokens: flows.resourceTokens,
    userAuthorization: flows.userAuthorization,
    linked: createLinkedIdentities(rows),
    outbound: flows.outbound,
    tagged: createTaggedIdentities({
      workloadIdentities: identities,
      oauth2Providers,
      apiKeyProviders,
    }),
    providerKind: (providerArn) => findProviderKind(providerArn, rows),
    callbackUrl: ({ callbackId }) => `${publicUrl()}${CALLBACK_PREFIX}${callbackId}`,
    serveBrowser: (request) => flows.serveBrowser(request),
  }
}
