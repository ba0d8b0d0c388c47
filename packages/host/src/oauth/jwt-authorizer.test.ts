import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { test } from 'vitest'
import { jsonLog, silentLog } from '../kernel/log.ts'
import type { CustomJwtAuthorizer } from './custom-jwt-authorizer.ts'
import { createGuardedFetch, createJsonReader } from '../http/guarded-fetch.ts'
import { createJwtAuthorizer, type JwtAuthorizerOptions } from './jwt-authorizer.ts'
import { OAuthRefusal } from './oauth-refusal.ts'

/** Any UTF-16, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

const WELL_KNOWN = '/.well-known/openid-configuration'
const readJson = createJsonReader(createGuardedFetch({ allowLocal: true }))
const START = Date.UTC(2026, 0, 2)

interface TestKey {
  readonly alg: string
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']
  readonly jwk: JWK
}

async function createKey(kid: string, alg = 'RS256'): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

const KEY = await createKey('one')
const OTHER_KEY = await createKey('two')

/** An issuer that counts what it is asked. */
async function startIssuer() {
  const state = { keys: [KEY.jwk], isDown: false, reads: { discovery: 0, jwks: 0 } }
  const server = createServer((request, response) => {
    const isDiscovery = request.url === WELL_KNOWN
    state.reads[isDiscovery ? 'discovery' : 'jwks']++
    if (state.isDown) return void response.writeHead(503).end()
    const { keys } = state
    return void response.end(
      JSON.stringify(isDiscovery ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { issuer, state, [Symbol.asyncDispose]: close }
}

async function startWorld(
  rules: Partial<CustomJwtAuthorizer> = { allowedClients: ['c'] },
  options: Partial<JwtAuthorizerOptions> = {},
) {
  const { issuer, state, ...rest } = await startIssuer()
  const clock = { now: START }
  const authorizer = createJwtAuthorizer(
    { discoveryUrl: `${issuer}${WELL_KNOWN}`, ...rules },
    { log: silentLog, readJson, now: () => clock.now, ...options },
  )
  const claims = { iss: issuer, client_id: 'c', exp: START / 1_000 + 3_600 }
  const token = (changes: object = {}, key = KEY, header: object = {}) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid ?? '', ...header })
      .sign(key.privateKey)
  const refusal = async (authorization: string | undefined): Promise<OAuthRefusal> => {
    try {
      await authorizer.authorize(authorization)
    } catch (error) {
      if (error instanceof OAuthRefusal) return error
      throw error
    }
    throw new Error('It was not refused')
  }
  return { issuer, state, clock, authorizer, claims, token, refusal, ...rest }
}

test('a good token names its caller, and from then on answers without a promise', async ({
  expect,
}) => {
  await using world = await startWorld()
  const header = `Bearer ${await world.token({ sub: 's', scope: 'a b' })}`
  const first = world.authorizer.authorize(header)
  expect(first).toBeInstanceOf(Promise)
  const caller = await first
  expect(caller).toMatchObject({
    issuer: world.issuer,
    subject: 's',
    clientId: 'c',
    scopes: ['a', 'b'],
  })
  expect(world.authorizer.authorize(header)).toBe(caller)
  expect(world.state.reads).toEqual({ discovery: 1, jwks: 1 })
})

test('every allowed kind of signature is accepted', async ({ expect }) => {
  await using world = await startWorld()
  const algorithms = ['RS384', 'RS512', 'PS256', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
  const keys = await Promise.all(algorithms.map((alg) => createKey(alg, alg)))
  world.state.keys = keys.map(({ jwk }) => jwk)
  for (const key of keys) {
    const header = `Bearer ${await world.token({}, key)}`
    expect(await world.authorizer.authorize(header)).toMatchObject({ clientId: 'c' })
  }
})

test('a token with its signature taken from elsewhere is refused', async ({ expect }) => {
  await using world = await startWorld()
  const good = await world.token()
  const [head, body, signature] = good.split('.') as [string, string, string]
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const otherBody = encode({ ...world.claims, client_id: 'c', admin: true })
  const none = encode({ alg: 'none', kid: 'one' })
  const hmac = { alg: 'HS256', kid: 'one' }
  const secret = new TextEncoder().encode(JSON.stringify(KEY.jwk))
  const mac = await new SignJWT(world.claims).setProtectedHeader(hmac).sign(secret)
  const forged = {
    'another body': `${head}.${otherBody}.${signature}`,
    'another signature': `${head}.${body}.${(await world.token({ a: 1 })).split('.')[2]}`,
    'no signature': `${head}.${body}.`,
    'alg none': `${none}.${body}.`,
    'alg none, signed': `${none}.${body}.${signature}`,
    'alg NoNe': `${encode({ alg: 'NoNe' })}.${body}.`,
    'a MAC of the public key': mac,
    'another key under the same name': await world.token({}, OTHER_KEY, { kid: 'one' }),
    'another key under its own name': await world.token({}, OTHER_KEY),
    'a key in the header': await world.token({}, OTHER_KEY, { kid: 'one', jwk: OTHER_KEY.jwk }),
    'an unknown critical extension': await new SignJWT(world.claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 })
      .sign(KEY.privateKey, { crit: { x: true } }),
    'two parts': `${head}.${body}`,
    'five parts': `${good}.a.b`,
    'a body that is no object': `${head}.${encode([])}.${signature}`,
    'no token at all': '...',
  }
  const messages = await Promise.all(
    Object.entries(forged).map(async ([name, token]) => {
      const { status, reason, message } = await world.refusal(`Bearer ${token}`)
      return [name, status, reason, message]
    }),
  )
  const refused = Object.keys(forged).map((name) => [name, 401, 'invalid', 'Invalid Bearer token'])
  expect(messages).toEqual(refused)
  expect(world.state.reads.jwks).toBe(1) // an unknown key right after reading asks nothing new
})

test('dates count, give or take a few seconds', async ({ expect }) => {
  await using world = await startWorld()
  const seconds = START / 1_000
  const passes = async (changes: object) => {
    const header = `Bearer ${await world.token(changes)}`
    return world.refusal(header).then(
      ({ message }) => message,
      () => 'passes',
    )
  }
  expect(await passes({ exp: seconds - 5 })).toBe('passes')
  expect(await passes({ exp: seconds - 60 })).toBe('The token has expired.')
  expect(await passes({ exp: undefined })).toBe('Invalid Bearer token')
  expect(await passes({ exp: 'tomorrow' })).toBe('Invalid Bearer token')
  expect(await passes({ nbf: seconds + 5 })).toBe('passes')
  expect(await passes({ nbf: seconds + 60 })).toBe('Invalid Bearer token')
})

test('a token of another issuer is refused, however well it is signed', async ({ expect }) => {
  await using world = await startWorld()
  for (const iss of ['https://evil.example', `${world.issuer}/`, undefined, [world.issuer]]) {
    const { message } = await world.refusal(`Bearer ${await world.token({ iss })}`)
    expect(message).toBe("Claim 'iss' value mismatch with configuration.")
  }
})

test('what the configuration asks for is checked after the signature', async ({ expect }) => {
  await using world = await startWorld({ allowedScopes: ['a'], allowedClients: ['c'] })
  const wrongClient = await world.token({ client_id: 'd' })
  expect(await world.refusal(`Bearer ${wrongClient}`)).toMatchObject({
    reason: 'invalid',
    message: "Claim 'client_id' value mismatch with configuration.",
  })
  expect(await world.refusal(`Bearer ${await world.token({ scope: 'b' })}`)).toMatchObject({
    reason: 'insufficient',
    status: 403,
  })
  expect(await world.refusal(`Bearer ${wrongClient.slice(0, -4)}AAAA`)).toMatchObject({
    message: 'Invalid Bearer token',
  })
})

test('a header without a bearer token is told apart from one with a bad token', async ({
  expect,
}) => {
  await using world = await startWorld()
  const reasons = async (header: string | undefined) => (await world.refusal(header)).reason
  expect(await reasons(undefined)).toBe('missing')
  expect(await reasons('')).toBe('missing')
  expect(await reasons('Basic YTpi')).toBe('missing')
  expect(await reasons('AWS4-HMAC-SHA256 Credential=x')).toBe('missing')
  expect(await reasons('Bearer')).toBe('invalid')
  expect(await reasons('Bearer a b')).toBe('invalid')
  expect(await reasons(`Bearer ${'a'.repeat(17_000)}`)).toBe('invalid')
  expect(world.state.reads.discovery).toBe(0)
})

test('no header makes the authorizer fail with anything but a refusal', async ({ expect }) => {
  await using world = await startWorld()
  const part = fc.oneof(
    fc.base64String(),
    fc.json().map((it) => Buffer.from(it).toString('base64url')),
  )
  const header = fc.oneof(
    anyText,
    fc.tuple(part, part, part).map((parts) => `Bearer ${parts.join('.')}`),
    fc.string().map((it) => `Bearer ${it}`),
  )
  await fc.assert(
    fc.asyncProperty(header, async (it) => {
      expect((await world.refusal(it)).status).toBe(401)
    }),
    { numRuns: 300 },
  )
  expect(world.state.reads.discovery).toBeLessThanOrEqual(1)
})

test('an expired token leaves the cache', async ({ expect }) => {
  await using world = await startWorld()
  const header = `Bearer ${await world.token({ exp: START / 1_000 + 60 })}`
  await world.authorizer.authorize(header)
  world.clock.now += 59_999
  expect(world.authorizer.authorize(header)).not.toBeInstanceOf(Promise)
  world.clock.now += 60_000
  expect((await world.refusal(header)).message).toBe('The token has expired.')
})

test('many callers with one new token share one verification', async ({ expect }) => {
  await using world = await startWorld()
  const header = `Bearer ${await world.token()}`
  const callers = await Promise.all(
    Array.from({ length: 20 }, async () => world.authorizer.authorize(header)),
  )
  expect(new Set(callers).size).toBe(1)
  expect(world.state.reads).toEqual({ discovery: 1, jwks: 1 })
})

test('a new key is found at once; a flood of made-up ones costs one look in a while', async ({
  expect,
}) => {
  await using world = await startWorld()
  await world.authorizer.authorize(`Bearer ${await world.token()}`)
  world.clock.now += 60_000
  world.state.keys = [OTHER_KEY.jwk]
  expect(
    await world.authorizer.authorize(`Bearer ${await world.token({}, OTHER_KEY)}`),
  ).toBeTruthy()
  expect(world.state.reads.jwks).toBe(2)

  const flood = Array.from({ length: 100 }, (_, index) =>
    world.token({}, OTHER_KEY, { kid: `made-up-${index}` }),
  )
  const forged = await Promise.all(flood)
  await Promise.all(forged.map((token) => world.refusal(`Bearer ${token}`)))
  expect(world.state.reads.jwks).toBe(2)
  world.clock.now += 60_000
  await Promise.all(forged.map((token) => world.refusal(`Bearer ${token}`)))
  expect(world.state.reads.jwks).toBe(3)
  // In the middle of it, good tokens pass.
  expect(
    await world.authorizer.authorize(`Bearer ${await world.token({ a: 1 }, OTHER_KEY)}`),
  ).toBeTruthy()
})

test('keys are read again when they are old, and a withdrawn one stops working', async ({
  expect,
}) => {
  await using world = await startWorld()
  await world.authorizer.authorize(`Bearer ${await world.token()}`)
  world.state.keys = [OTHER_KEY.jwk]
  world.clock.now += 11 * 60_000
  expect((await world.refusal(`Bearer ${await world.token({ a: 1 })}`)).reason).toBe('invalid')
  expect(world.state.reads).toEqual({ discovery: 2, jwks: 2 })
})

test('an issuer that is down refuses new tokens, says so once, and is tried again', async ({
  expect,
}) => {
  const lines: string[] = []
  await using world = await startWorld(undefined, { log: jsonLog((line) => lines.push(line)) })
  world.state.isDown = true
  const header = `Bearer ${await world.token()}`
  const { message, status } = await world.refusal(header)
  expect({ message, status }).toEqual({
    message: 'The token cannot be verified: the keys of the issuer cannot be read.',
    status: 401,
  })
  await world.refusal(header)
  expect(world.state.reads.discovery).toBe(1)
  expect(lines.map((line) => (JSON.parse(line) as { error: string }).error)).toEqual([
    `GET ${world.issuer}${WELL_KNOWN} failed: the answer has status 503`,
  ])
  world.state.isDown = false
  world.clock.now += 3_000
  expect(await world.authorizer.authorize(header)).toBeTruthy()
})

test('an issuer that goes down is trusted for a while, not for ever', async ({ expect }) => {
  await using world = await startWorld()
  await world.authorizer.authorize(`Bearer ${await world.token()}`)
  world.state.isDown = true
  world.clock.now += 30 * 60_000
  expect(await world.authorizer.authorize(`Bearer ${await world.token({ a: 1 })}`)).toBeTruthy()
  expect(await world.authorizer.authorize(`Bearer ${await world.token({ a: 2 })}`)).toBeTruthy()
  expect(world.state.reads.discovery).toBe(2)
  world.clock.now += 31 * 60_000
  const late = await world.token({ a: 3, exp: START / 1_000 + 86_400 })
  expect((await world.refusal(`Bearer ${late}`)).message).toMatch(/cannot be read/)
})

test.for<[why: string, discovery: object, jwks: unknown]>([
  ['without an issuer', { issuer: undefined }, { keys: [] }],
  ['without a key set', { jwks_uri: undefined }, { keys: [] }],
  ['with a key set elsewhere that is none', {}, { keys: 'none' }],
  ['with a key set that is no web address', { jwks_uri: 'file:///etc/passwd' }, { keys: [] }],
])('a discovery document %s refuses every token', async ([, changes, jwks], { expect }) => {
  await using source = await startDocuments((url) => ({
    [WELL_KNOWN]: { issuer: url, jwks_uri: `${url}/jwks`, ...changes },
    '/jwks': jwks,
  }))
  const config = { discoveryUrl: `${source.url}${WELL_KNOWN}`, allowedClients: ['c'] }
  const authorizer = createJwtAuthorizer(config, { log: silentLog, readJson })
  await authorizer.prepare()
  await expect(authorizer.authorize('Bearer a.b.c')).rejects.toThrow(/cannot be read/)
})

async function startDocuments(describe: (url: string) => Record<string, unknown>) {
  const server = createServer((request, response) =>
    response.end(JSON.stringify(describe(url)[request.url ?? ''] ?? null)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, [Symbol.asyncDispose]: close }
}

test('an address that AWS would form is read where it is served here', async ({ expect }) => {
  await using source = await startIssuer()
  const aws = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI'
  const authorizer = createJwtAuthorizer(
    { discoveryUrl: `${aws}${WELL_KNOWN}`, allowedClients: ['c'] },
    { log: silentLog, readJson, rewriteUrl: (url) => url.replace(aws, source.issuer) },
  )
  expect(authorizer.authorizationServers()).toEqual([source.issuer])
  const token = await new SignJWT({ iss: source.issuer, client_id: 'c' })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setExpirationTime('1h')
    .sign(KEY.privateKey)
  expect(await authorizer.authorize(`Bearer ${token}`)).toMatchObject({ clientId: 'c' })
})

test('scopes are advertised under the names that clients know', ({ expect }) => {
  const authorizer = createJwtAuthorizer(
    {
      discoveryUrl: `https://a.example${WELL_KNOWN}`,
      allowedScopes: ['tools/read', 'tools/write', 'constructor'],
      advertisedScopeMapping: { 'tools/read': 'read' },
    },
    { log: silentLog, readJson },
  )
  expect(authorizer.scopes).toEqual(['read', 'tools/write', 'constructor'])
})
