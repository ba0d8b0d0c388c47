import type { Answer } from '../http/exchange.ts'
import { findProviderKind, loadIdentityRows } from './identity-rows.ts'
import type { Identity, IdentityOptions } from './identity.ts'
import { createLinkedIdentities, type LinkedIdentities } from './linked-identities.ts'
import type { OutboundTokens } from './outbound-tokens.ts'
import type { BrowserRequest } from './serve-browser.ts'
import { createServiceTokens, type ServiceTokens } from './service-tokens.ts'

/** What a start needs of Identity, and the way to the rest. */
export interface PreparedIdentity {
  /** All of it, loaded when it is first asked for. */
  whole(): Promise<Identity>
  readonly linked: LinkedIdentities
  readonly outbound: OutboundTokens
  readonly callerTokens: ServiceTokens
  /** Which kind of credential provider the ARN names, if there is one. */
  providerKind(providerArn: string): 'OAUTH' | 'API_KEY' | undefined
  serveBrowser(request: BrowserRequest): Promise<Answer>
}

/** Identity for a host that starts: its rows are read, its code is not until somebody needs it. */
export async function prepareIdentity(options: IdentityOptions): Promise<PreparedIdentity> {
  const { sealer, now = Date.now } = options
  const rows = await loadIdentityRows(options.store)
  let loading: Promise<Identity> | undefined
  const whole = () =>
    (loading ??= import('./identity.ts')
      .then(({ openIdentity }) => openIdentity(options, rows))
      .catch((error: unknown) => {
        loading = undefined // the next one who asks tries again
        throw error
      }))
  return {
    whole,
    linked: createLinkedIdentities(rows),
    outbound: {
      oauth2Token: async (request) => (await whole()).outbound.oauth2Token(request),
      apiKey: async (request) => (await whole()).outbound.apiKey(request),
    },
    callerTokens: createServiceTokens({ rows, sealer, now }),
    providerKind: (providerArn) => findProviderKind(providerArn, rows),
    serveBrowser: async (request) => (await whole()).serveBrowser(request),
  }
}
