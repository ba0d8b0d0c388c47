import { test } from 'vitest'
import { startPool, POOL_ID } from '../../test/support/pool-world.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { openStore } from '../store/store.ts'
import { localIssuer } from '../server/local-issuer.ts'

const OTHER = { accountId: '111122223333', region: 'eu-west-1' }

test('a data directory of version 0.1 goes on working', async ({ expect }) => {
  await using store = openStore(':memory:')
  const { sealer } = await startPool()
  const kind = `issuer/${POOL_ID}/client`
  const clientId = 'a'.repeat(26)
  // What `up` of 0.1 wrote.
  await store.put('local-issuer', 'default', { poolId: POOL_ID, clientId })
  await store.put(`issuer/${POOL_ID}/resource-server`, 'catamaran', {
    identifier: 'catamaran',
    scopes: [{ scopeName: 'invoke', scopeDescription: 'Call the tools hosted here' }],
  })
  await store.put(kind, clientId, {
    clientId,
    clientName: 'catamaran-up',
    scopes: ['catamaran/invoke'],
    allowedOAuthFlows: ['client_credentials'],
    accessTokenValiditySeconds: 3_600,
    sealedSecret: sealer.seal('the secret', `${kind}/${clientId}`),
  })
  await using world = await startPool({ store })
  const { userPools, ask } = world
  const { client } = await localIssuer({ userPools, store, baseUrl: () => 'http://localhost' })
  expect(client).toMatchObject({ clientId, clientSecret: 'the secret' })
  const { status } = await ask('/oauth2/token', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${btoa(`${clientId}:the secret`)}`,
    },
    body: 'grant_type=client_credentials',
  })
  expect(status).toBe(200)
})

test('the local pool is the same after a restart, also when its first start was cut short', async ({
  expect,
}) => {
  await using store = openStore(':memory:')
  const start = async () => {
    await using world = await startPool({ store })
    const { userPools } = world
    const { poolId, client } = await localIssuer({ userPools, store, baseUrl: () => '' })
    return [poolId, client.clientId, client.clientSecret, userPools.list(DEFAULT_SCOPE).length]
  }
  const first = await start()
  expect(await start()).toEqual(first)
  await store.delete('local-issuer', 'default')
  expect(await start()).toEqual(first)
})

test('a pool is seen in its own account and Region only', async ({ expect }) => {
  await using world = await startPool()
  const { userPools } = world
  const { poolId } = await userPools.create(OTHER, { name: 'theirs' })
  expect(poolId).toMatch(/^eu-west-1_[0-9A-Za-z]{9}$/)
  expect(userPools.list(OTHER).map(({ name }) => name)).toEqual(['theirs'])
  expect(() => userPools.get(DEFAULT_SCOPE, poolId)).toThrow(`User pool ${poolId} does not exist.`)
  expect(userPools.get(OTHER, poolId)).toMatchObject({ origin: 'api' })
})

test('the host keeps its own pool, whoever wants it gone', async ({ expect }) => {
  await using world = await startPool()
  const { userPools } = world
  await expect(userPools.delete(DEFAULT_SCOPE, POOL_ID)).rejects.toMatchObject({
    code: 'ERR_CONFLICT',
  })
})

test('a deleted pool leaves no row', async ({ expect }) => {
  await using world = await startPool()
  const { userPools, store } = world
  const { poolId } = await userPools.create(DEFAULT_SCOPE, { name: 'gone' })
  const pool = await userPools.open(poolId)
  await pool.resourceServers.create({ identifier: 'a', scopes: [] })
  const { clientId } = await pool.clients.create({ clientName: 'c' })
  await (await pool.people()).users.create({ username: 'ada' })
  await pool.prepareKeys()
  await pool.rotateKeys()
  await userPools.delete(DEFAULT_SCOPE, poolId)
  const kinds = ['client', 'resource-server', 'user', 'refresh-token'].map(
    (kind) => `issuer/${poolId}/${kind}`,
  )
  const rows = await Promise.all(kinds.map((kind) => store.list(kind)))
  expect(rows.flat()).toEqual([])
  expect(await store.get('issuer-keys', poolId)).toBeUndefined()
  expect(await store.get('user-pool-client', clientId)).toBeUndefined()
  expect(userPools.has(poolId)).toBe(false)
  await expect(userPools.open(poolId)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})

test('making a pool makes no key, and a thousand pools are read at once', async ({ expect }) => {
  await using store = openStore(':memory:')
  {
    await using world = await startPool({ store })
    const start = performance.now()
    for (let index = 0; index < 999; index++) {
      await world.userPools.create(DEFAULT_SCOPE, { name: `pool ${index}` })
    }
    expect(performance.now() - start).toBeLessThan(2_000)
    await expect(world.userPools.create(DEFAULT_SCOPE, { name: 'one more' })).rejects.toMatchObject(
      { code: 'ERR_LIMIT_EXCEEDED' },
    )
  }
  const start = performance.now()
  await using world = await startPool({ store })
  expect(performance.now() - start).toBeLessThan(500)
  expect(world.userPools.list(DEFAULT_SCOPE)).toHaveLength(1_000)
  expect(await store.list('issuer-keys')).toEqual([])
})

test('addresses that AWS would form are found here, when the pool is here', async ({ expect }) => {
  await using world = await startPool()
  const { userPools } = world
  const domain = { prefix: 'shop', region: 'us-east-1', poolId: POOL_ID, managedLoginVersion: 1 }
  await (await userPools.domains()).create(domain)
  const base = `http://127.0.0.1:4420/issuer/${POOL_ID}`
  const find = (url: string) => userPools.findLocalUrl(new URL(url))
  const discovery = '/.well-known/openid-configuration'
  expect(find(`https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}${discovery}`)).toBe(
    `${base}${discovery}`,
  )
  expect(find(`https://cognito-idp.us-east-1.amazonaws.com/${POOL_ID}`)).toBe(base)
  expect(find('https://shop.auth.us-east-1.amazoncognito.com/oauth2/token?a=b')).toBe(
    `${base}/oauth2/token?a=b`,
  )
  for (const url of [
    `https://cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}/x`,
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_000000000/x',
    'https://other.auth.us-east-1.amazoncognito.com/oauth2/token',
    'https://shop.auth.eu-west-1.amazoncognito.com/oauth2/token',
    'https://shop.auth.us-east-1.amazoncognito.com.evil.example/',
  ]) {
    expect(find(url), url).toBeUndefined()
  }
})
