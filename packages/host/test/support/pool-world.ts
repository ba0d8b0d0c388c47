// One user pool in memory, asked without a socket.
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { loadSealer } from '../../src/kernel/seal.ts'
import { openUserPools, type UserPoolsOptions } from '../../src/issuer/user-pools.ts'
import type { IssuerRequest } from '../../src/issuer/issuer-request.ts'
import { openStore } from '../../src/store/store.ts'

export const POOL_ID = 'us-east-1_AbCdEfGhI'
export const CALLBACK = 'https://app.example/callback'

/** A pool with a resource server `tools`, and a clock that stands still unless it is moved. */
export async function startPool(options: Partial<UserPoolsOptions> = {}) {
  const clock = { now: Date.UTC(2026, 0, 2, 3, 4, 5) }
  const store = options.store ?? openStore(':memory:')
  const sealer = await loadSealer({ key: Buffer.alloc(32, 7).toString('base64') })
  const userPools = await openUserPools({
    store,
    sealer,
    baseUrl: () => 'http://127.0.0.1:4420',
    log: silentLog,
    now: () => clock.now,
    nextKeyDelayMs: 60_000,
    ...options,
  })
  const pool = await userPools.ensureOwn(DEFAULT_SCOPE, { poolId: POOL_ID, name: 'test' })
  if (pool.resourceServers.find('tools') === undefined) {
    await pool.resourceServers.create({
      identifier: 'tools',
      scopes: [{ scopeName: 'read', scopeDescription: 'Look' }],
    })
  }
  const ask = (path: string, request: Partial<IssuerRequest> = {}) =>
    pool.serve({ method: 'GET', path, query: '', headers: {}, body: '', ...request })
  const register = (metadata: unknown) =>
    ask('/oauth2/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(metadata),
    })
  const createApplication = () =>
    pool.clients.create({
      clientName: 'Shop',
      callbackUrls: [CALLBACK],
      scopes: ['openid', 'tools/read'],
      allowedOAuthFlows: ['code'],
      allowsOAuth: true,
    })
  return {
    clock,
    store,
    sealer,
    userPools,
    pool,
    ask,
    register,
    createApplication,
    [Symbol.asyncDispose]: () => userPools[Symbol.asyncDispose](),
  }
}
