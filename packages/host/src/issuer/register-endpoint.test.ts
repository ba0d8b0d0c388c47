import fc from 'fast-check'
import { test } from 'vitest'
import { startPool } from '../../test/support/pool-world.ts'

const GOOD = { redirect_uris: ['https://app.example/callback'] }

const parse = (body: unknown) => JSON.parse(String(body)) as Record<string, unknown>

test('a client registers with what it may have, and no more', async ({ expect }) => {
  await using world = await startPool()
  const { status, body } = await world.register({
    ...GOOD,
    client_name: 'Claude Code (weather) ☂',
    grant_types: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid tools/read tools/admin offline_access',
    unknown: { next: 'year' },
  })
  expect(status).toBe(201)
  expect(parse(body)).toEqual({
    client_id: expect.stringMatching(/^[a-z0-9]{26}$/),
    client_id_issued_at: Math.floor(world.clock.now / 1_000),
    client_name: 'Claude Code weather',
    redirect_uris: GOOD.redirect_uris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'openid tools/read',
  })
})

test.for([
  ['http://app.example/'],
  ['https://user:password@app.example/'],
  ['https://app.example/#part'],
  ['javascript:alert(1)'],
  ['app://callback'],
  ['http://localhost.evil.example/'],
  ['http://127.0.0.1@evil.example/'],
  ['https://app.example/', 7],
  [],
  Array.from({ length: 11 }, (_, index) => `https://app.example/${index}`),
])('the addresses %j are refused', async (redirectUris, { expect }) => {
  await using world = await startPool()
  const { status, body } = await world.register({ redirect_uris: redirectUris })
  expect([status, parse(body)['error']]).toEqual([400, 'invalid_redirect_uri'])
})

test('no metadata makes the endpoint throw', async ({ expect }) => {
  await using world = await startPool()
  const metadata = fc.oneof(
    fc.jsonValue(),
    fc.record({
      redirect_uris: fc.oneof(fc.jsonValue(), fc.constant(GOOD.redirect_uris)),
      client_name: fc.jsonValue(),
      scope: fc.jsonValue(),
      grant_types: fc.jsonValue(),
    }),
  )
  await fc.assert(
    fc.asyncProperty(metadata, async (it) => {
      world.clock.now += 2_000
      expect([201, 400]).toContain((await world.register(it)).status)
    }),
    { numRuns: 300 },
  )
})

test('registrations are slowed down, and make room when nobody ever used them', async ({
  expect,
}) => {
  await using world = await startPool()
  const { clients } = world.pool
  const registered = () => clients.list().filter(({ origin }) => origin === 'registration')
  await world.register(GOOD)
  const [first] = registered()
  await clients.markUsed(first?.clientId ?? '')
  const statuses: number[] = []
  for (let index = 0; index < 40; index++) statuses.push((await world.register(GOOD)).status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(29)
  expect(statuses.at(-1)).toBe(429)
  for (let index = 0; index < 500; index++) {
    world.clock.now += 2_000
    expect((await world.register(GOOD)).status).toBe(201)
  }
  expect(registered()).toHaveLength(500)
  expect(registered()[0]).toMatchObject({ clientId: first?.clientId, isUsed: true })
})
