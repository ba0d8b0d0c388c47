// App clients of one pool. They are kept in memory, secrets sealed: a token request reads no row.
import { HostError } from '../kernel/host-error.ts'
import { randomText } from '../kernel/ids.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'
import { MAX_CLIENTS, MAX_SECRETS } from './compat.ts'
import {
  DEFAULT_CLIENT,
  readClientRow,
  type ClientOrigin,
  type ClientRow,
  type ClientSecret,
  type PoolClient,
  type PoolClientSettings,
} from './pool-client.ts'
import { createTurns } from '../kernel/turns.ts'
import { CLIENT_POOL_KIND, poolRows } from './rows.ts'
import { isSameSecret } from './secret-hash.ts'

export type NewPoolClient = Pick<PoolClientSettings, 'clientName'> & Partial<PoolClientSettings>

export interface OpenedSecret {
  readonly secretId: string
  readonly value: string
  readonly createdAt: string
}

export interface CreateClientOptions {
  /** Default: none, a public client. */
  readonly secret?: 'generate' | { readonly value: string }
  readonly origin?: ClientOrigin
}

export interface PoolClients {
  create(client: NewPoolClient, options?: CreateClientOptions): Promise<PoolClient>
  /** Replaces every setting: what is left out is as in a new client. */
  update(clientId: string, client: NewPoolClient): Promise<PoolClient>
  delete(clientId: string): Promise<void>
  find(clientId: string): PoolClient | undefined
  get(clientId: string): PoolClient
  /** In the order of creation. */
  list(): readonly PoolClient[]
  /** The client when the secret is one of its own. Says which of the two was wrong: an id is no secret. */
  authenticate(
    clientId: string,
    clientSecret: string | undefined,
  ): PoolClient | 'unknown client' | 'wrong secret'
  /** A person let the client in; those that registered themselves for nothing may be removed. */
  markUsed(clientId: string): Promise<void>
  openSecrets(client: PoolClient): readonly OpenedSecret[]
  addSecret(clientId: string, value?: string): Promise<OpenedSecret>
  deleteSecret(clientId: string, secretId: string): Promise<void>
  /** The rows to remove with the pool. */
  rows(): readonly StoreChange[]
}

interface PoolClientsOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly poolId: string
  readonly now: () => number
  /** Every `identifier/scope` of the pool's resource servers. */
  readonly hasScope: (scope: string) => boolean
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Lengths as Cognito's ids and secrets have them in practice. */
const ID_LENGTH = 26
const SECRET_LENGTH = 51

export async function loadPoolClients(options: PoolClientsOptions): Promise<PoolClients> {
  const { store, sealer, poolId, now, hasScope } = options
  const kind = poolRows(poolId).client
  const stored = await store.list<ClientRow>(kind)
  const clients = new Map(stored.map((row) => [row.clientId, readClientRow(row)]))
  /** Of two changes at once, the second finds what the first one left. */
  const oneAtATime = createTurns()
  const timestamp = () => new Date(now()).toISOString()

  const find = (clientId: string) => clients.get(clientId)
  const get = (clientId: string): PoolClient => {
    const client = find(clientId)
    if (client !== undefined) return client
    const message = `User pool client ${clientId.slice(0, 128)} does not exist.`
    throw new HostError('ERR_NOT_FOUND', message)
  }
  const getOwn = (clientId: string): PoolClient => {
    const client = get(clientId)
    if (client.origin !== 'app') return client
    const message = `The client ${clientId} belongs to this host and cannot be changed`
    throw new HostError('ERR_CONFLICT', message)
  }
  /** Loaded when a client is made or changed, which no start does twice. */
  const check = async (settings: PoolClientSettings, hasSecret: boolean) => {
    const { checkPoolClient } = await import('./check-pool-client.ts')
    checkPoolClient(settings, { secret: hasSecret, scope: hasScope })
  }
  const save = async (client: PoolClient): Promise<PoolClient> => {
    await store.put(kind, client.clientId, client)
    clients.set(client.clientId, client)
    return client
  }
  // The context is that of version 0.1, where a client had one secret.
  const context = (clientId: string) => `${kind}/${clientId}`
  const sealSecret = (clientId: string, value: string, createdAt: string): ClientSecret => ({
    secretId: `${clientId}--${Math.floor(Date.parse(createdAt) / 1_000)}`,
    sealed: sealer.seal(value, context(clientId)),
    createdAt,
  })
  const open = (clientId: string, { secretId, sealed, createdAt }: ClientSecret): OpenedSecret => ({
    secretId,
    value: sealer.open(sealed, context(clientId)),
    createdAt,
  })

  return {
    create: (asked, { secret, origin = 'api' } = {}) =>
      oneAtATime(async () => {
        const settings = { ...DEFAULT_CLIENT, ...asked }
        await check(settings, secret !== undefined)
        if (clients.size >= MAX_CLIENTS) {
          throw new HostError('ERR_LIMIT_EXCEEDED', `A pool has at most ${MAX_CLIENTS} clients`)
        }
        const clientId = randomText(LOWER, ID_LENGTH)
        const createdAt = timestamp()
        const value = secret === 'generate' ? randomText(LOWER, SECRET_LENGTH) : secret?.value
        const secrets = value === undefined ? [] : [sealSecret(clientId, value, createdAt)]
        const client = { ...settings, clientId, secrets, origin, createdAt, updatedAt: createdAt }
        await store.write([
          { kind, id: clientId, value: client },
          { kind: CLIENT_POOL_KIND, id: clientId, value: { poolId } },
        ])
        clients.set(clientId, client)
        return client
      }),
    update: (clientId, asked) =>
      oneAtATime(async () => {
        const { secrets, origin, createdAt, isUsed } = getOwn(clientId)
        const settings = { ...DEFAULT_CLIENT, ...asked }
        await check(settings, secrets.length > 0)
        const lasting = { clientId, secrets, origin, createdAt, ...(isUsed && { isUsed }) }
        return save({ ...settings, ...lasting, updatedAt: timestamp() })
      }),
    delete: (clientId) =>
      oneAtATime(async () => {
        getOwn(clientId)
        await store.write([
          { kind, id: clientId },
          { kind: CLIENT_POOL_KIND, id: clientId },
        ])
        clients.delete(clientId)
      }),
    find,
    get,
    list: () => [...clients.values()],
    authenticate(clientId, clientSecret) {
      const client = find(clientId)
      if (client === undefined) return 'unknown client'
      const { secrets } = client
      if (secrets.length === 0) return clientSecret === undefined ? client : 'wrong secret'
      const isOwn = secrets.some((it) => isSameSecret(clientSecret ?? '', open(clientId, it).value))
      return isOwn ? client : 'wrong secret'
    },
    async markUsed(clientId) {
      const { origin, isUsed } = get(clientId)
      if (origin !== 'registration' || isUsed) return
      await oneAtATime(() => save({ ...get(clientId), isUsed: true }))
    },
    openSecrets: ({ clientId, secrets }) => secrets.map((secret) => open(clientId, secret)),
    addSecret: (clientId, value = randomText(LOWER, SECRET_LENGTH)) =>
      oneAtATime(async () => {
        const client = getOwn(clientId)
        if (client.secrets.length === 0) {
          throw new HostError('ERR_INVALID_INPUT', 'A client without a secret cannot be given one')
        }
        if (client.secrets.length >= MAX_SECRETS) {
          throw new HostError('ERR_LIMIT_EXCEEDED', `A client has at most ${MAX_SECRETS} secrets`)
        }
        const createdAt = timestamp()
        const secret = withFreeId(sealSecret(clientId, value, createdAt), client.secrets)
        await save({ ...client, secrets: [...client.secrets, secret], updatedAt: createdAt })
        return open(clientId, secret)
      }),
    deleteSecret: (clientId, secretId) =>
      oneAtATime(async () => {
        const client = getOwn(clientId)
        const secrets = client.secrets.filter((it) => it.secretId !== secretId)
        if (secrets.length === client.secrets.length) {
          throw new HostError('ERR_NOT_FOUND', 'Client secret does not exist.')
        }
        if (secrets.length === 0) {
          throw new HostError('ERR_INVALID_INPUT', 'The only secret of a client cannot be deleted')
        }
        await save({ ...client, secrets, updatedAt: timestamp() })
      }),
    rows: () =>
      [...clients.keys()].flatMap((id) => [
        { kind, id },
        { kind: CLIENT_POOL_KIND, id },
      ]),
  }
}

/** Two secrets made within a second get different ids. */
function withFreeId(secret: ClientSecret, others: readonly ClientSecret[]): ClientSecret {
  if (!others.some(({ secretId }) => secretId === secret.secretId)) return secret
  const [clientId, seconds] = secret.secretId.split('--')
  return withFreeId({ ...secret, secretId: `${clientId}--${Number(seconds) + 1}` }, others)
}
