// Nobody is sent to a stranger's address, nobody's text becomes markup, and nothing is ever a 500,
// whatever arrives at the pages.
import fc from 'fast-check'
import { test } from 'vitest'
import type { Answer } from '../http/exchange.ts'
import { CALLBACK, startPool } from '../../test/support/pool-world.ts'

const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString()
}

function request(clientId: string) {
  return {
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }
}

function location({ headers }: Answer): string {
  return String(headers?.['location'])
}

const hostileUris = fc.constantFrom(
  'https://evil.example/callback',
  'https://app.example/callback/',
  'https://app.example/callback?x=1',
  'https://app.example/callback#x',
  'https://app.example@evil.example/callback',
  'https://app.example/callback\r\nset-cookie: a=b',
  '//evil.example',
  'javascript:alert(1)',
  ' https://app.example/callback',
  'https://app.example/callback ',
  'HTTPS://APP.EXAMPLE/callback',
)

test('an address that is not registered gets a page, never a redirect', async ({ expect }) => {
  await using world = await startPool()
  const { clientId } = await world.createApplication()
  const uri = fc.oneof(hostileUris, anyText)
  await fc.assert(
    fc.asyncProperty(uri, fc.constantFrom('/oauth2/authorize', '/login'), async (it, path) => {
      fc.pre(it !== CALLBACK)
      const answer = await world.ask(path, {
        query: query({ ...request(clientId), redirect_uri: it }),
      })
      expect([answer.status, answer.headers?.['location']]).toEqual([400, undefined])
      expect(String(answer.body)).not.toContain('evil')
    }),
    { numRuns: 300 },
  )
})

test('whatever else is wrong goes back to the application, and only there', async ({ expect }) => {
  await using world = await startPool()
  const { clientId } = await world.createApplication()
  const cases: [string, Record<string, string>][] = [
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { code_challenge: '', code_challenge_method: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_scope', { scope: 'tools/write' }],
    ['invalid_scope', { scope: 'email' }],
    ['invalid_target', { resource: '/relative' }],
    ['request_not_supported', { request: 'ey.ey.x' }],
    ['login_required', { prompt: 'none' }],
  ]
  for (const [error, change] of cases) {
    const asked = query({ ...request(clientId), ...change, state: '<&>' })
    const target = new URL(location(await world.ask('/oauth2/authorize', { query: asked })))
    expect(`${target.origin}${target.pathname}`).toBe(CALLBACK)
    expect(target.searchParams.get('error')).toBe(error)
    expect(target.searchParams.get('state')).toBe('<&>')
  }
  const twice = `${query(request(clientId))}&client_id=${clientId}`
  expect(await world.ask('/oauth2/authorize', { query: twice })).toMatchObject({ status: 400 })
})

test('no text of a caller becomes markup or a header', async ({ expect }) => {
  await using world = await startPool()
  const hostile = fc.oneof(
    anyText,
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "' onfocus='x",
      '</style><img src=x>',
      '\r\nx: y',
    ),
  )
  const { clientId } = await world.createApplication()
  const paths = fc.constantFrom('/oauth2/authorize', '/login', '/logout')
  const fields = fc.record({
    path: paths,
    method: fc.constantFrom('GET', 'POST'),
    name: fc.constantFrom('state', 'scope', 'nonce', 'resource', 'client_id', 'prompt', 'x'),
    value: hostile,
    username: hostile,
    password: fc.constant(''),
    action: fc.constantFrom('sign-in', 'allow', 'deny', 'developer', 'new-password', 'x'),
    cookie: hostile,
  })
  await fc.assert(
    fc.asyncProperty(fields, async ({ path, method, name, value, cookie, ...form }) => {
      const answer = await world.ask(path, {
        method,
        query: query({ ...request(clientId), [name]: value }),
        headers: { ...FORM, cookie },
        body: query({ ...form, _csrf: value }),
      })
      expect([200, 302, 400, 401, 403, 405]).toContain(answer.status)
      const body = String(answer.body)
      expect(body).not.toMatch(/<script|<img|onfocus='/i)
      expect(JSON.stringify(answer.headers)).not.toMatch(/[\r\n]|\\r|\\n/)
      if (answer.status === 302)
        expect(location(answer)).toMatch(/^(?:https:\/\/app\.|(?:\.\.\/)?login\?[\x21-\x7e]*$)/)
    }),
    { numRuns: 500 },
  )
})

test('a page may not be framed, stored, scripted or told about elsewhere', async ({ expect }) => {
  await using world = await startPool()
  const { clientId } = await world.createApplication()
  const { headers = {}, body } = await world.ask('/login', { query: query(request(clientId)) })
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringMatching(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'$/,
    ),
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  })
  expect(String(headers['set-cookie'])).toMatch(
    /^catamaran-form=[\w-]{43}; HttpOnly; SameSite=Lax$/,
  )
  for (const part of ['lang="en"', 'autocomplete="username"', 'autocomplete="current-password"']) {
    expect(String(body)).toContain(part)
  }
})

test('a form of another site changes nothing', async ({ expect }) => {
  await using world = await startPool({ developerSignIn: true })
  const { clientId } = await world.createApplication()
  const asked = query(request(clientId))
  const page = await world.ask('/login', { query: asked, remoteAddress: '127.0.0.1' })
  const cookie = String(page.headers?.['set-cookie']).split(';')[0] ?? ''
  const token = /name="_csrf"\s+value="([^"]+)"/.exec(String(page.body))?.[1] ?? ''
  const submit = (headers: Record<string, string>, csrf = token, remoteAddress = '127.0.0.1') =>
    world.ask('/login', {
      method: 'POST',
      query: asked,
      headers: { ...FORM, host: '127.0.0.1:4420', cookie, ...headers },
      body: query({ action: 'developer', _csrf: csrf }),
      remoteAddress,
    })
  const statuses = [
    await submit({}, 'forged'),
    await submit({}, ''),
    await submit({ cookie: '' }),
    await submit({ cookie: `catamaran-form=${'a'.repeat(43)}` }),
    await submit({ origin: 'https://evil.example' }),
    await submit({ origin: 'null' }),
    await submit({ 'sec-fetch-site': 'cross-site' }),
    await submit({}, token, '192.0.2.7'),
    await submit({ 'x-forwarded-for': '192.0.2.7' }),
  ].map(({ status }) => status)
  expect(statuses).toEqual(statuses.map(() => 403))
  const good = await submit({ origin: 'http://127.0.0.1:4420', 'sec-fetch-site': 'same-origin' })
  expect(location(good)).toMatch(/^https:\/\/app\.example\/callback\?code=/)
})

test('what is strict asks nobody for PKCE, and knows no loopback ports', async ({ expect }) => {
  await using world = await startPool({ strictCognito: true })
  const { clientId } = await world.pool.clients.create({
    clientName: 'Shop',
    callbackUrls: ['http://localhost:3000/callback'],
    scopes: ['openid'],
    allowedOAuthFlows: ['code'],
    allowsOAuth: true,
  })
  const authorize = (port: number) =>
    world.ask('/oauth2/authorize', {
      query: query({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: `http://localhost:${port}/callback`,
      }),
    })
  expect(location(await authorize(3_000))).toMatch(/^\.\.\/login\?/)
  expect((await authorize(3_001)).status).toBe(400)
})
