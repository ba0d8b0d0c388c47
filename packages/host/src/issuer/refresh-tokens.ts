// Refresh tokens: `{origin}.{secret}`. The row is found by the origin, which is the `origin_jti` of every
// token that comes from one sign-in, and holds only the secret's digest. What is stolen from the
// database is no token, and one row removed ends all that came from the sign-in.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Store } from '../store/store.ts'
import type { PoolClient } from './pool-client.ts'
import { createTurns } from '../kernel/turns.ts'
import { poolRows } from './rows.ts'
import { isSameSecret } from './secret-hash.ts'

/** What one sign-in allowed one client. */
export interface Grant {
  readonly origin: string
  readonly clientId: string
  readonly sub: string
  readonly scopes: readonly string[]
  readonly authTimeSeconds: number
  readonly resource?: string
}

type RefreshTokenRow = Grant & {
  readonly digest: string
  /** The token before, and until when it is taken: its answer may have been lost on the way. */
  readonly previous?: { readonly digest: string; readonly until: number }
  readonly expiresAt: number
}

export interface RefreshTokens {
  create(grant: Omit<Grant, 'origin'>, client: PoolClient): Promise<{ grant: Grant; token: string }>
  /** The grant, and the token to use next when they rotate; undefined when the token is not good. */
  use(token: string, client: PoolClient): Promise<{ grant: Grant; nextToken?: string } | undefined>
  /** The grant, without using the token. */
  find(token: string, client: PoolClient): Promise<Grant | undefined>
  /** Ends the grant of a token that is the client's own. */
  revoke(token: string, client: PoolClient): Promise<boolean>
  revokeOrigin(origin: string): Promise<void>
  isAlive(origin: string): Promise<boolean>
  removeExpired(): Promise<void>
  /** The rows to remove with the pool. */
  rows(): Promise<readonly { readonly kind: string; readonly id: string }[]>
}

const SECRET = /^[\w-]{43}$/
const ORIGIN = /^[0-9a-f-]{36}$/

export function createRefreshTokens(
  store: Store,
  poolId: string,
  now: () => number,
): RefreshTokens {
  const kind = poolRows(poolId).refreshToken
  const oneAtATime = createTurns()

  const find = async (token: string, client: PoolClient) => {
    const { origin, secret } = splitToken(token)
    const row = origin === undefined ? undefined : await store.get<RefreshTokenRow>(kind, origin)
    if (row === undefined || row.clientId !== client.clientId || row.expiresAt <= now()) return
    return { row, digest: digestOf(secret) }
  }

  const use: RefreshTokens['use'] = async (token, client) => {
    const found = await find(token, client)
    if (found === undefined) return undefined
    const { row, digest } = found
    const { digest: current, previous, expiresAt: _, ...grant } = row
    const { refreshTokenRotation: rotation } = client
    if (isSameSecret(digest, current)) {
      if (rotation === undefined) return { grant }
      const secret = randomBytes(32).toString('base64url')
      const until = now() + rotation.graceSeconds * 1_000
      const next = { ...row, digest: digestOf(secret), previous: { digest: current, until } }
      await store.put(kind, row.origin, next)
      return { grant, nextToken: `${row.origin}.${secret}` }
    }
    if (previous === undefined || !isSameSecret(digest, previous.digest)) return undefined
    if (previous.until > now()) return { grant }
    // Used again long after it was replaced: one of the two users stole it (RFC 9700 §4.14.2).
    await store.delete(kind, row.origin)
    return undefined
  }

  return {
    async create(asked, client) {
      const grant = { ...asked, origin: randomUUID() }
      const secret = randomBytes(32).toString('base64url')
      const expiresAt = now() + client.refreshTokenValiditySeconds * 1_000
      const row: RefreshTokenRow = { ...grant, digest: digestOf(secret), expiresAt }
      await store.put(kind, grant.origin, row)
      return { grant, token: `${grant.origin}.${secret}` }
    },
    // In turn: of two uses at once, the second finds what the first one left.
    use: (token, client) => oneAtATime(() => use(token, client)),
    find: async (token, client) => (await find(token, client))?.row,
    // In turn as well: a use under way would write the row again.
    revoke: (token, client) =>
      oneAtATime(async () => {
        const found = await find(token, client)
        if (found === undefined || !isSameSecret(found.digest, found.row.digest)) return false
        return store.delete(kind, found.row.origin)
      }),
    revokeOrigin: (origin) => oneAtATime(async () => void (await store.delete(kind, origin))),
    isAlive: async (origin) => ORIGIN.test(origin) && (await store.get(kind, origin)) !== undefined,
    async removeExpired() {
      const rows = await store.list<RefreshTokenRow>(kind)
      const expired = rows.filter(({ expiresAt }) => expiresAt <= now())
      if (expired.length > 0) await store.write(expired.map(({ origin: id }) => ({ kind, id })))
    },
    rows: async () =>
      (await store.list<RefreshTokenRow>(kind)).map(({ origin: id }) => ({ kind, id })),
  }
}

function splitToken(token: string) {
  const [origin = '', secret = '', ...more] = token.split('.')
  const isToken = ORIGIN.test(origin) && SECRET.test(secret) && more.length === 0
  return { origin: isToken ? origin : undefined, secret }
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
