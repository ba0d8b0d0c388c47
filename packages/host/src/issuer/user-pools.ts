// Every user pool of the host. The start reads which pools there are; what a pool holds is read when it
// is first asked for, so that a thousand pools cost a start nothing.
import { jsonAnswer, type Answer } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import { randomText } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import { MAX_POOLS } from './compat.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { domainId, findLocalUrl, type PoolDomain } from './pool-addresses.ts'
import type { PoolDomains } from './pool-domains.ts'
import { CLIENT_POOL_KIND, DOMAIN_KIND, USER_POOL_KIND } from './rows.ts'
import type { UserPoolRecord, UserPoolSettings } from './user-pool-record.ts'
import { openUserPool, type UserPool } from './user-pool.ts'

export interface UserPoolsOptions {
  readonly store: Store
  readonly sealer: Sealer
  /** Scheme and authority that clients use; asked for each answer. */
  readonly baseUrl: () => string
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Only what Cognito itself offers (user-pool.ts says what that takes away). Default false. */
  readonly strictCognito?: boolean
  /** Lets people of this machine sign in to the host's own pool without a password. Default false. */
  readonly developerSignIn?: boolean
  readonly nextKeyDelayMs?: number
}

export interface NewUserPool {
  readonly name: string
  readonly settings?: Partial<UserPoolSettings>
  readonly tags?: Readonly<Record<string, string>>
}

export interface UserPools extends AsyncDisposable {
  has(poolId: string): boolean
  /** A request to a pool; 404 when there is no such pool. */
  serve(poolId: string, request: IssuerRequest): Promise<Answer>
  /** The pool behind `{prefix}.auth.{region}.amazoncognito.com`. */
  findByDomain(prefix: string, region: string): string | undefined
  /** Where an address that AWS would form for a pool is served here. */
  findLocalUrl(url: URL): string | undefined
  /** The domain of a pool, if it has one. */
  findDomain(poolId: string): PoolDomain | undefined
  domains(): Promise<PoolDomains>

  create(scope: Scope, pool: NewUserPool): Promise<UserPoolRecord>
  /** Refuses a pool that `scope` does not have. */
  get(scope: Scope, poolId: string): UserPoolRecord
  /** In the order of creation. */
  list(scope: Scope): readonly UserPoolRecord[]
  update(
    scope: Scope,
    poolId: string,
    changes: {
      readonly name?: string
      readonly settings: UserPoolSettings
      readonly tags?: Readonly<Record<string, string>>
    },
  ): Promise<UserPoolRecord>
  writeTags(poolId: string, tags: Readonly<Record<string, string>>): Promise<void>
  delete(scope: Scope, poolId: string): Promise<void>

  /** The pool itself, opened at the first call. */
  open(poolId: string): Promise<UserPool>
  /** The pool of a client, for the operations that name only the client. */
  openForClient(clientId: string): Promise<UserPool>
  /** The host's own pool under a known id; made, or taken over from version 0.1, when it has no row. */
  ensureOwn(
    scope: Scope,
    pool: { readonly poolId: string; readonly name: string },
  ): Promise<UserPool>
}

const POOL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** Long enough for a host to have started. */
const NEXT_KEY_DELAY_MS = 3_000

/** The id of a new pool: its Region and nine alphanumerics, as seen in practice. */
export function createUserPoolId(region: string): string {
  return `${region}_${randomText(POOL_ALPHABET, 9)}`
}

export async function openUserPools(options: UserPoolsOptions): Promise<UserPools> {
  const { store, baseUrl, now = Date.now, strictCognito = false } = options
  const { developerSignIn = false, nextKeyDelayMs = NEXT_KEY_DELAY_MS } = options
  const stored = await store.list<UserPoolRecord>(USER_POOL_KIND)
  const records = new Map(stored.map((record) => [record.poolId, record]))
  const storedDomains = await store.list<PoolDomain>(DOMAIN_KIND)
  const domains = new Map(storedDomains.map((it) => [domainId(it.prefix, it.region), it]))
  const findDomain = (poolId: string) => [...domains.values()].find((it) => it.poolId === poolId)
  let loadedDomains: Promise<PoolDomains> | undefined
  const opened = new Map<string, Promise<UserPool>>()

  const find = (poolId: string): UserPoolRecord => {
    const record = records.get(poolId)
    if (record !== undefined) return record
    throw notFound(poolId)
  }
  const get = (scope: Scope, poolId: string): UserPoolRecord => {
    const record = find(poolId)
    // Somebody else's pool is as unknown as one that never was.
    if (scopeKey(record.scope) === scopeKey(scope)) return record
    throw notFound(poolId)
  }
  const save = async (record: UserPoolRecord): Promise<UserPoolRecord> => {
    await store.put(USER_POOL_KIND, record.poolId, record)
    records.set(record.poolId, record)
    return record
  }
  const refuseOwn = ({ origin, poolId }: UserPoolRecord) => {
    if (origin === 'api') return
    const message = `The user pool ${poolId} belongs to this host and cannot be changed`
    throw new HostError('ERR_CONFLICT', message)
  }
  const timestamp = () => new Date(now()).toISOString()
  const open = (poolId: string): Promise<UserPool> => {
    const known = opened.get(poolId)
    if (known !== undefined) return known
    const { origin } = find(poolId)
    const opening = openUserPool({
      ...options,
      poolId,
      now,
      nextKeyDelayMs,
      strictCognito,
      settings: () => find(poolId).settings,
      offersDeveloper: developerSignIn && origin === 'app',
    })
    opened.set(poolId, opening)
    opening.catch(() => opened.delete(poolId)) // tried again by who needs it next
    return opening
  }
  const close = async (poolId: string) => {
    const pool = await opened.get(poolId)?.catch(() => undefined) // told to whoever opened it
    opened.delete(poolId)
    await pool?.[Symbol.asyncDispose]()
  }

  return {
    has: (poolId) => records.has(poolId),
    async serve(poolId, request) {
      if (!records.has(poolId)) return jsonAnswer(404, { error: 'not_found' })
      return (await open(poolId)).serve(request)
    },
    findByDomain: (prefix, region) => domains.get(domainId(prefix, region))?.poolId,
    findLocalUrl: (url) =>
      findLocalUrl(url, { baseUrl, hasPool: (id) => records.has(id), domains }),
    findDomain,
    domains: async () => {
      loadedDomains ??= import('./pool-domains.ts').then((it) =>
        it.createPoolDomains(store, domains),
      )
      return loadedDomains
    },

    async create(scope, { name, ...rest }) {
      const own = [...records.values()].filter((it) => scopeKey(it.scope) === scopeKey(scope))
      if (own.length >= MAX_POOLS) {
        throw new HostError('ERR_LIMIT_EXCEEDED', `An account has at most ${MAX_POOLS} user pools`)
      }
      const poolId = createUserPoolId(scope.region)
      const { createPoolRecord } = await import('./user-pool-record.ts')
      return save(createPoolRecord({ poolId, scope, name, origin: 'api' }, timestamp(), rest))
    },
    get,
    list: (scope) =>
      [...records.values()].filter((record) => scopeKey(record.scope) === scopeKey(scope)),
    async update(scope, poolId, changes) {
      const record = get(scope, poolId)
      refuseOwn(record)
      return save({ ...record, ...changes, updatedAt: timestamp() })
    },
    async writeTags(poolId, tags) {
      await save({ ...find(poolId), tags })
    },
    async delete(scope, poolId) {
      const record = get(scope, poolId)
      refuseOwn(record)
      if (findDomain(poolId) !== undefined) {
        throw new HostError(
          'ERR_INVALID_INPUT',
          'User pool cannot be deleted. It has a domain configured that should be deleted first.',
        )
      }
      if (record.settings.isDeletionProtected) {
        throw new HostError(
          'ERR_INVALID_INPUT',
          'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
        )
      }
      const rows = await (await open(poolId)).rows()
      await store.write([...rows, { kind: USER_POOL_KIND, id: poolId }])
      records.delete(poolId)
      await close(poolId)
    },

    open: async (poolId) => open(poolId),
    async openForClient(clientId) {
      const row = await store.get<{ readonly poolId: string }>(CLIENT_POOL_KIND, clientId)
      if (row !== undefined && records.has(row.poolId)) return open(row.poolId)
      const message = `User pool client ${clientId} does not exist.`
      throw new HostError('ERR_NOT_FOUND', message)
    },
    async ensureOwn(scope, { poolId, name }) {
      if (!records.has(poolId)) {
        const { createPoolRecord } = await import('./user-pool-record.ts')
        await save(createPoolRecord({ poolId, scope, name, origin: 'app' }, timestamp()))
      }
      return open(poolId)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...opened.keys()].map(close))
    },
  }
}

function notFound(poolId: string): HostError {
  return new HostError('ERR_NOT_FOUND', `User pool ${poolId} does not exist.`)
}
