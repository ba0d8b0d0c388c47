import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { UserPool } from '../issuer/user-pool.ts'
import { createUserPoolId, type UserPools } from '../issuer/user-pools.ts'
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
  readonly userPools: UserPools
  readonly store: Store
  readonly baseUrl: () => string
}

const RESOURCE_SERVER = 'catamaran'
const SCOPES = [`${RESOURCE_SERVER}/invoke`]
const POOL_NAME = 'catamaran'
const CLIENT_NAME = 'catamaran-up'

/** The host's own user pool with one resource server and one client; the same after a restart. */
export async function localIssuer({ userPools, store, baseUrl }: LocalIssuerOptions): Promise<{
  readonly poolId: string
  readonly client: LocalClient
}> {
  const known = await store.get<{ poolId: string; clientId: string }>('local-issuer', 'default')
  // A host that was killed at its very first start may have got no further than the pool.
  const unfinished = userPools.list(DEFAULT_SCOPE).find(({ origin }) => origin === 'app')
  const poolId = known?.poolId ?? unfinished?.poolId ?? createUserPoolId(DEFAULT_SCOPE.region)
  const pool = await userPools.ensureOwn(DEFAULT_SCOPE, { poolId, name: POOL_NAME })
  await pool.prepareKeys()
  const client = pool.clients.find(known?.clientId ?? '') ?? (await createLocalClient(pool))
  const { clientId } = client
  if (clientId !== known?.clientId) await store.put('local-issuer', 'default', { poolId, clientId })
  const [secret] = pool.clients.openSecrets(client)
  const issuer = `${baseUrl()}/issuer/${poolId}`
  return {
    poolId,
    client: {
      issuer,
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      tokenUrl: `${issuer}/oauth2/token`,
      clientId,
      clientSecret: secret?.value ?? '',
      scopes: SCOPES,
    },
  }
}

async function createLocalClient({ resourceServers, clients }: UserPool) {
  if (resourceServers.find(RESOURCE_SERVER) === undefined) {
    await resourceServers.create({
      identifier: RESOURCE_SERVER,
      name: RESOURCE_SERVER,
      scopes: [{ scopeName: 'invoke', scopeDescription: 'Call the tools hosted here' }],
    })
  }
  const unfinished = clients.list().find(({ origin }) => origin === 'app')
  if (unfinished !== undefined) return unfinished
  return clients.create(
    {
      clientName: CLIENT_NAME,
      scopes: SCOPES,
      allowedOAuthFlows: ['client_credentials'],
      allowsOAuth: true,
    },
    { secret: 'generate', origin: 'app' },
  )
}
