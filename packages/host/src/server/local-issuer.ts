import { createIssuer, type Issuer } from '../issuer/issuer.ts'
import type { Log } from '../kernel/log.ts'
import { randomText } from '../kernel/ids.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'

/** The machine client that `up` makes, so that somebody can call in at once. */
export interface LocalClient {
  readonly issuer: string
  readonly discoveryUrl: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
}

interface LocalIssuerOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly baseUrl: () => string
  readonly log: Log
}

const RESOURCE_SERVER = 'catamaran'
const SCOPES = [`${RESOURCE_SERVER}/invoke`]
const CLIENT_NAME = 'catamaran-up'
const POOL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** The host's own user pool with one resource server and one client; the same after a restart. */
export async function localIssuer({ store, sealer, baseUrl, log }: LocalIssuerOptions): Promise<{
  readonly issuer: Issuer
  readonly client: LocalClient
}> {
  const known = await store.get<{ poolId: string; clientId: string }>('local-issuer', 'default')
  const poolId = known?.poolId ?? `${DEFAULT_SCOPE.region}_${randomText(POOL_ALPHABET, 9)}`
  const issuer = await createIssuer({ store, sealer, poolId, baseUrl, log })
  const client =
    known === undefined ? await createLocalClient(issuer) : await issuer.getClient(known.clientId)
  if (known === undefined) {
    await store.put('local-issuer', 'default', { poolId, clientId: client.clientId })
  }
  const { clientId, clientSecret } = client
  const issuerUrl = `${baseUrl()}/issuer/${poolId}`
  return {
    issuer,
    client: {
      issuer: issuerUrl,
      discoveryUrl: `${issuerUrl}/.well-known/openid-configuration`,
      tokenUrl: `${issuerUrl}/oauth2/token`,
      clientId,
      clientSecret,
      scopes: SCOPES,
    },
  }
}

async function createLocalClient(issuer: Issuer) {
  await issuer.createResourceServer({
    identifier: RESOURCE_SERVER,
    scopes: [{ scopeName: 'invoke', scopeDescription: 'Call the tools hosted here' }],
  })
  return issuer.createClient({ clientName: CLIENT_NAME, scopes: SCOPES })
}
