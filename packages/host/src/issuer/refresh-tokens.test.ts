import { test } from 'vitest'
import { openStore } from '../store/store.ts'
import { readClientRow, type PoolClient } from './pool-client.ts'
import { createRefreshTokens } from './refresh-tokens.ts'

const GRANT = { clientId: 'shop', sub: 'ada', scopes: ['openid'], authTimeSeconds: 1 }

function start(settings: Partial<PoolClient> = {}) {
  const clock = { now: 0 }
  const store = openStore(':memory:')
  const tokens = createRefreshTokens(store, 'pool', () => clock.now)
  const client = { ...readClientRow({ clientId: 'shop', clientName: 'Shop' }), ...settings }
  return { clock, store, tokens, client }
}

test('a token is good for its own client until it expires', async ({ expect }) => {
  const { clock, store, tokens, client } = start({ refreshTokenValiditySeconds: 60 })
  const { token, grant } = await tokens.create(GRANT, client)
  expect(await tokens.use(token, client)).toEqual({ grant })
  expect(await tokens.use(token, { ...client, clientId: 'other' })).toBeUndefined()
  for (const wrong of ['', 'x.y', `${token}x`, token.slice(0, -1), `${grant.origin}.`]) {
    expect(await tokens.use(wrong, client)).toBeUndefined()
  }
  clock.now = 60_000
  expect(await tokens.use(token, client)).toBeUndefined()
  await tokens.removeExpired()
  expect(await store.list('issuer/pool/refresh-token')).toEqual([])
})

test('a rotated token works for the grace period; used later, it ends the whole grant', async ({
  expect,
}) => {
  const { clock, tokens, client } = start({ refreshTokenRotation: { graceSeconds: 10 } })
  const { token: first, grant } = await tokens.create(GRANT, client)
  const { nextToken: second = '' } = (await tokens.use(first, client)) ?? {}
  expect(second).not.toBe(first)
  clock.now = 9_999
  expect(await tokens.use(first, client)).toEqual({ grant })
  clock.now = 10_000
  expect(await tokens.use(first, client)).toBeUndefined()
  expect(await tokens.use(second, client)).toBeUndefined()
  expect(await tokens.isAlive(grant.origin)).toBe(false)
})

test('revoking ends the grant, and only for its own client', async ({ expect }) => {
  const { tokens, client } = start()
  const { token, grant } = await tokens.create(GRANT, client)
  expect(await tokens.revoke(token, { ...client, clientId: 'other' })).toBe(false)
  expect(await tokens.isAlive(grant.origin)).toBe(true)
  expect(await tokens.revoke(token, client)).toBe(true)
  expect(await tokens.isAlive(grant.origin)).toBe(false)
})

test('a grant that is revoked while its token is used stays revoked', async ({ expect }) => {
  const { tokens, client } = start({ refreshTokenRotation: { graceSeconds: 10 } })
  const { token, grant } = await tokens.create(GRANT, client)
  await Promise.all([tokens.use(token, client), tokens.revokeOrigin(grant.origin)])
  expect(await tokens.isAlive(grant.origin)).toBe(false)
})
