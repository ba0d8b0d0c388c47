import fc from 'fast-check'
import { test } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { loadSealer } from '../kernel/seal.ts'
import { openStore, type Store } from '../store/store.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { PoolClient } from './pool-client.ts'
import type { NewPoolClient } from './pool-clients.ts'
import { openUserPools } from './user-pools.ts'

/** Any UTF-16, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

const POOL = 'us-east-1_AbCdEfGhI'
const sealer = await loadSealer({ key: Buffer.alloc(32, 7).toString('base64') })
const tools = {
  identifier: 'tools',
  scopes: ['read', 'write'].map((scopeName) => ({ scopeName, scopeDescription: scopeName })),
}

/** A pool over a store of its own, or over a given one. */
async function startIssuer({
  store = openStore(':memory:'),
  now = Date.now,
  key = sealer,
  nextKeyDelayMs = 60_000,
} = {}) {
  const userPools = await openUserPools({
    store,
    sealer: key,
    baseUrl: () => 'http://127.0.0.1:4420',
    log: silentLog,
    now,
    nextKeyDelayMs,
    strictCognito: true,
  })
  const issuer = await userPools.ensureOwn(DEFAULT_SCOPE, { poolId: POOL, name: 'test' })
  const token = async (client: { clientId: string; clientSecret: string }, more = '') => {
    const { status, body } = await issuer.serve({
      method: 'POST',
      path: '/oauth2/token',
      query: '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=client_credentials&client_id=${client.clientId}&client_secret=${client.clientSecret}${more}`,
    })
    const answer = JSON.parse(String(body)) as Record<string, unknown>
    return { ...answer, status } as Record<string, unknown>
  }
  const kids = async () => {
    const request = { method: 'GET', path: '/.well-known/jwks.json', query: '', headers: {} }
    const { body } = await issuer.serve({ ...request, body: '' })
    return (JSON.parse(String(body)) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
  }
  const createClient = async (settings: NewPoolClient) => {
    const client = await issuer.clients.create({ ...MACHINE, ...settings }, { secret: 'generate' })
    return describe(client)
  }
  const describe = (client: PoolClient) => {
    const [secret] = issuer.clients.openSecrets(client)
    return { ...client, clientSecret: secret?.value ?? '' }
  }
  const stop = () => userPools[Symbol.asyncDispose]()
  return { issuer, store, token, kids, createClient, describe, [Symbol.asyncDispose]: stop }
}

const MACHINE = { allowedOAuthFlows: ['client_credentials'], allowsOAuth: true } as const

async function startWithClient(client: Partial<NewPoolClient> = {}, now = Date.now) {
  const started = await startIssuer({ now })
  await started.issuer.resourceServers.create(tools)
  const scopes = ['tools/read', 'tools/write']
  const created = await started.createClient({ clientName: 'test', scopes, ...client })
  return { ...started, client: created }
}

const claimsOf = (token: unknown) => decode(token, 1)
function decode(token: unknown, part: number): Record<string, unknown> {
  const text = Buffer.from(String(token).split('.')[part] ?? '', 'base64url').toString('utf8')
  return JSON.parse(text) as Record<string, unknown>
}

test('a client looks like one of Cognito, and its secret is shown only when asked for', async ({
  expect,
}) => {
  await using world = await startWithClient()
  const { issuer, client } = world
  expect(client).toMatchObject({
    clientId: expect.stringMatching(/^[a-z0-9]{26}$/),
    clientName: 'test',
    clientSecret: expect.stringMatching(/^[a-z0-9]{51}$/),
    scopes: ['tools/read', 'tools/write'],
    allowedOAuthFlows: ['client_credentials'],
    accessTokenValiditySeconds: 3_600,
  })
  const { clientSecret, ...described } = client
  expect(issuer.clients.get(client.clientId)).toEqual(described)
  expect(issuer.clients.list()).toEqual([described])
  const rows = JSON.stringify(await allRows(world.store))
  expect(rows).toContain(client.clientId)
  expect(rows).not.toContain(clientSecret)
})

async function allRows(store: Store) {
  const kinds = [`issuer/${POOL}/client`, `issuer/${POOL}/resource-server`, 'issuer-keys']
  return (await Promise.all(kinds.map((kind) => store.list(kind)))).flat()
}

test('private keys are sealed in the store', async ({ expect }) => {
  await using world = await startIssuer()
  await world.kids()
  const [row] = await world.store.list('issuer-keys')
  expect(row).toMatchObject({ current: { sealedPrivateKey: expect.stringMatching(/^v1\./) } })
  expect(JSON.stringify(row)).not.toMatch(/BEGIN|"d":|"MII/)
})

test('a token says what a token of Cognito says', async ({ expect }) => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
  await using world = await startWithClient({}, () => now)
  const { client } = world
  const { access_token: token, ...rest } = await world.token(client)
  expect(rest).toEqual({ status: 200, expires_in: 3_600, token_type: 'Bearer' })
  expect(decode(token, 0)).toEqual({ kid: (await world.kids())[0], alg: 'RS256' })
  const iat = Math.floor(now / 1_000)
  expect(claimsOf(token)).toEqual({
    sub: client.clientId,
    client_id: client.clientId,
    token_use: 'access',
    scope: 'tools/read tools/write',
    iss: `http://127.0.0.1:4420/issuer/${POOL}`,
    auth_time: iat,
    iat,
    exp: iat + 3_600,
    version: 2,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('resource becomes the audience, and scopes are what was asked for', async ({ expect }) => {
  await using world = await startWithClient({ accessTokenValiditySeconds: 300 })
  const { client } = world
  const answer = await world.token(client, '&resource=https://a.example/mcp&scope=tools/write')
  expect(answer).toMatchObject({ expires_in: 300 })
  expect(claimsOf(answer['access_token'])).toMatchObject({
    aud: 'https://a.example/mcp',
    scope: 'tools/write',
  })
  const doubled = await world.token(client, '&scope=tools/read+tools/write++tools/read')
  expect(claimsOf(doubled['access_token'])['scope']).toBe('tools/read tools/write')
})

test('every refusal is a 400 in the words of the protocol', async ({ expect }) => {
  await using world = await startWithClient()
  const { client, token } = world
  const secret = client.clientSecret
  const wrongSecret = { error: 'invalid_client', error_description: 'invalid_client_secret' }
  expect(await token({ ...client, clientSecret: `${secret}a` })).toEqual({
    status: 400,
    ...wrongSecret,
  })
  expect(await token({ ...client, clientSecret: '' })).toEqual({ status: 400, ...wrongSecret })
  expect(await token({ ...client, clientId: 'a'.repeat(26) })).toEqual({
    status: 400,
    error: 'invalid_client',
  })
  const errorOf = async (more: string) => (await token(client, more))['error']
  expect(await errorOf('&scope=tools/admin')).toBe('invalid_scope')
  expect(await errorOf('&scope=tools/read+openid')).toBe('invalid_scope')
  expect(await errorOf('&scope=a&scope=b')).toBe('invalid_request')
  expect(await errorOf('&client_id=x')).toBe('invalid_request')
  const grant = async (grantType: string) => {
    const { clientId, clientSecret } = client
    const { body } = await world.issuer.serve({
      method: 'POST',
      path: '/oauth2/token',
      query: '',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      },
      body: `grant_type=${grantType}`,
    })
    return JSON.parse(String(body)) as unknown
  }
  expect(await grant('password')).toEqual({ error: 'unsupported_grant_type' })
  expect(await grant('authorization_code')).toEqual({ error: 'unauthorized_client' })
  expect(await grant('refresh_token')).toEqual({ error: 'unauthorized_client' })
})

test('a client without the flow gets no token', async ({ expect }) => {
  await using world = await startWithClient({
    allowedOAuthFlows: ['code'],
    callbackUrls: ['https://app.example/'],
  })
  expect(await world.token(world.client)).toEqual({ status: 400, error: 'unauthorized_client' })
})

test('a deleted client gets no token', async ({ expect }) => {
  await using world = await startWithClient()
  const { clients } = world.issuer
  await clients.delete(world.client.clientId)
  expect(await world.token(world.client)).toEqual({ status: 400, error: 'invalid_client' })
  const { clientId } = world.client
  expect(() => clients.get(clientId)).toThrow(`User pool client ${clientId} does not exist.`)
  await expect(clients.delete(clientId)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})

test.for<[member: string, client: Partial<NewPoolClient>]>([
  ['clientName', { clientName: '' }],
  ['clientName', { clientName: 'a/b' }],
  ['AllowedOAuthScopes', { scopes: [] }],
  ['scope requested: tools/admin', { scopes: ['tools/admin'] }],
  ['scope requested: openid', { scopes: ['openid'] }],
  ['client_credentials', { allowedOAuthFlows: ['code', 'client_credentials'] }],
  ['CallbackURLs', { allowedOAuthFlows: ['code'] }],
  ['CallbackURLs', { allowedOAuthFlows: ['code'], callbackUrls: ['http://app.example/'] }],
  ['DefaultRedirectURI', { defaultRedirectUri: 'https://app.example/' }],
  ['accessTokenValiditySeconds', { accessTokenValiditySeconds: 299 }],
  ['accessTokenValiditySeconds', { accessTokenValiditySeconds: 86_401 }],
  ['accessTokenValiditySeconds', { accessTokenValiditySeconds: 300.5 }],
])('a client with a bad %s is refused: %j', async ([member, client], { expect }) => {
  await expect(startWithClient(client)).rejects.toThrow(member)
})

test('a resource server is made once, of names that a scope can carry', async ({ expect }) => {
  await using world = await startIssuer()
  const { issuer } = world
  const { resourceServers } = issuer
  await resourceServers.create(tools)
  expect(resourceServers.get('tools')).toEqual(tools)
  expect(resourceServers.find('other')).toBeUndefined()
  const create = (changes: object) => resourceServers.create({ ...tools, ...changes })
  await expect(create({})).rejects.toMatchObject({ code: 'ERR_CONFLICT' })
  const scope = (scopeName: string) => ({ scopeName, scopeDescription: '' })
  for (const changes of [
    { identifier: '' },
    { identifier: 'a b' },
    { identifier: 'b', scopes: [scope('a/b')] },
    { identifier: 'b', scopes: [scope('a'), scope('a')] },
    { identifier: 'b', scopes: Array.from({ length: 101 }, (_, index) => scope(`s${index}`)) },
  ]) {
    await expect(create(changes)).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
})

test('documents answer GET, the token endpoint POST, and nothing else is there', async ({
  expect,
}) => {
  await using world = await startIssuer()
  const answer = async (method: string, path: string) => {
    const request = { method, path, query: '', headers: {}, body: '' }
    const { status, headers } = await world.issuer.serve(request)
    return [status, headers?.['allow']]
  }
  expect(await answer('GET', '/.well-known/openid-configuration')).toEqual([200, undefined])
  expect(await answer('HEAD', '/.well-known/jwks.json')).toEqual([200, undefined])
  expect(await answer('POST', '/.well-known/jwks.json')).toEqual([405, 'GET, HEAD'])
  expect(await answer('GET', '/oauth2/token')).toEqual([405, 'POST'])
  expect(await answer('POST', '/oauth2/authorize')).toEqual([405, 'GET'])
  expect(await answer('constructor', '/oauth2/authorize')).toEqual([405, 'GET'])
  // Cognito has neither, so `strictCognito` has not either.
  expect(await answer('GET', '/.well-known/oauth-authorization-server')).toEqual([404, undefined])
  expect(await answer('POST', '/oauth2/register')).toEqual([404, undefined])
  expect(await answer('GET', '/')).toEqual([404, undefined])
})

test('a flood of requests is turned away, and leaves the issuer as it was', async ({ expect }) => {
  await using world = await startWithClient()
  const answers = await Promise.all(Array.from({ length: 600 }, () => world.token(world.client)))
  const statuses = answers.map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect(statuses.filter((status) => status === 200)).toHaveLength(512)
  expect(await world.token(world.client)).toMatchObject({ status: 200 })
})

test('no request makes the issuer throw', async ({ expect }) => {
  await using world = await startWithClient()
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'x'),
    path: fc.oneof(anyText, fc.constantFrom('/oauth2/token', '/.well-known/jwks.json', '/login')),
    query: anyText,
    headers: fc.record({
      'content-type': fc.constantFrom('application/x-www-form-urlencoded', 'text/plain', ''),
      authorization: anyText,
    }),
    body: fc.oneof(
      anyText,
      anyText.map((it) => `grant_type=client_credentials&client_id=${it}`),
    ),
  })
  await fc.assert(
    fc.asyncProperty(request, async (it) => {
      expect([200, 400, 404, 405]).toContain((await world.issuer.serve(it)).status)
    }),
    { numRuns: 200 },
  )
})

test('the next key is published before it signs, and the old one as long as its tokens live', async ({
  expect,
}) => {
  const clock = { now: Date.UTC(2026, 0, 2) }
  await using world = await startWithClient({}, () => clock.now)
  const kidOf = async () => decode((await world.token(world.client))['access_token'], 0)['kid']
  await world.issuer.rotateKeys()
  const [current, next, first, ...more] = await world.kids()
  expect(more).toEqual([])
  expect(new Set([current, next, first]).size).toBe(3)
  expect(await kidOf()).toBe(current)
  await world.issuer.rotateKeys()
  expect(await kidOf()).toBe(next)
  expect((await world.kids()).slice(2)).toEqual([current, first])
  clock.now += 86_400_001
  expect(await world.kids()).toHaveLength(2)
})

test('the next key appears by itself, without the first token waiting for it', async ({
  expect,
}) => {
  await using world = await startIssuer({ nextKeyDelayMs: 0 })
  const [first] = await world.kids()
  await expect.poll(world.kids).toEqual([first, expect.any(String)])
})

test('rotations at the same time happen one after the other', async ({ expect }) => {
  await using world = await startIssuer()
  await Promise.all([1, 2, 3].map(() => world.issuer.rotateKeys()))
  expect(new Set(await world.kids()).size).toBe(5)
})

test('after a restart everything is as before', async ({ expect }) => {
  await using store = openStore(':memory:')
  const before = await startIssuer({ store })
  await before.issuer.resourceServers.create(tools)
  const client = await before.createClient({ clientName: 'c', scopes: ['tools/read'] })
  await before.issuer.rotateKeys()
  const kids = await before.kids()
  await before[Symbol.asyncDispose]()
  await using after = await startIssuer({ store })
  expect(after.describe(after.issuer.clients.get(client.clientId))).toEqual(client)
  expect(await after.kids()).toEqual(kids)
  expect(await after.token(client)).toMatchObject({ status: 200 })
})

test('two issuers that start over one empty store agree on the key', async ({ expect }) => {
  await using store = openStore(':memory:')
  await using first = await startIssuer({ store })
  await using second = await startIssuer({ store })
  const [kids, others] = await Promise.all([first.kids(), second.kids()])
  expect(kids[0]).toBe(others[0])
})

test('keys of another master key are refused when they are first needed', async ({ expect }) => {
  await using store = openStore(':memory:')
  const before = await startIssuer({ store })
  await before.kids()
  await before[Symbol.asyncDispose]()
  const key = await loadSealer({ key: 'ab'.repeat(32) })
  await using after = await startIssuer({ store, key })
  await expect(after.issuer.prepareKeys()).rejects.toMatchObject({ code: 'ERR_CONFLICT' })
})

test('it can be stopped while its first key is being made, and twice', async ({ expect }) => {
  const { issuer } = await startIssuer()
  await issuer.prepareKeys()
  await issuer[Symbol.asyncDispose]()
  await expect(issuer[Symbol.asyncDispose]()).resolves.toBeUndefined()
})
