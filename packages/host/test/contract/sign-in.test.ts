// People sign in: a browser without a screen, and OAuth clients that know nothing of us.
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as TransportV2,
} from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import { test } from 'vitest'
import type { NewPoolClient } from '../../src/issuer/pool-clients.ts'
import { openStore } from '../../src/store/store.ts'
import { openBrowser, type Visit } from '../support/browser.ts'
import { createTestClient, SCOPES, startOAuthWorld } from '../support/oauth-world.ts'
import { memoryOAuthProvider } from '../support/oauth-provider.ts'

type World = Awaited<ReturnType<typeof startOAuthWorld>>

const CALLBACK = 'http://127.0.0.1:9/callback'
const ADA = { username: 'ada', password: 'Lovelace-1815' }
const INSECURE = { [oauth.allowInsecureRequests]: true }

async function createAda({ issuer }: World) {
  const { users } = await issuer.people()
  await users.create({
    username: ADA.username,
    attributes: { email: 'ada@example.com', email_verified: 'true', name: 'Ada' },
  })
  return users.setPassword(ADA.username, ADA.password, { isPermanent: true })
}

async function createApplication(
  world: World,
  { secret = false, ...settings }: Partial<NewPoolClient> & { secret?: boolean } = {},
) {
  await createTestClient(world) // makes the resource server as well
  return world.issuer.clients.create(
    {
      clientName: 'Shop',
      callbackUrls: [CALLBACK],
      logoutUrls: ['http://127.0.0.1:9/bye'],
      scopes: ['openid', 'email', ...SCOPES],
      allowedOAuthFlows: ['code'],
      allowsOAuth: true,
      ...settings,
    },
    secret ? { secret: 'generate' } : {},
  )
}

async function authorizeUrl(world: World, clientId: string, more: Record<string, string> = {}) {
  const verifier = oauth.generateRandomCodeVerifier()
  const parameters = {
    client_id: clientId,
    redirect_uri: CALLBACK,
    response_type: 'code',
    state: 'the state',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  }
  const url = `${world.issuerUrl}/oauth2/authorize?${new URLSearchParams(parameters).toString()}`
  return { url, verifier }
}

async function askToken(world: World, parameters: Record<string, string>) {
  const response = await fetch(world.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  })
  const body = (await response.json()) as Record<string, string>
  return { status: response.status, body }
}

/** The code for a person who signs in at once. */
async function signInFor(world: World, clientId: string, more: Record<string, string> = {}) {
  const { url, verifier } = await authorizeUrl(world, clientId, more)
  const browser = openBrowser(world.url)
  const done = await browser.submit(await browser.open(url), 'sign-in', ADA)
  return { browser, verifier, code: done.leftFor?.searchParams.get('code') ?? '', done }
}

async function tokensFor(world: World, clientId: string, more: Record<string, string> = {}) {
  const { verifier, code } = await signInFor(world, clientId, more)
  const { body } = await askToken(world, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  })
  return body
}

test('a person signs in, and the application learns who it is', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { sub } = await createAda(world)
  const { clientId } = await createApplication(world)
  const { url, verifier } = await authorizeUrl(world, clientId, { nonce: 'n-1' })
  const browser = openBrowser(world.url)
  const page = await browser.open(url)
  expect(page.html).toContain('to continue to Shop')
  const wrong = await browser.submit(page, 'sign-in', { ...ADA, password: 'wrong' })
  expect([wrong.status, wrong.html.includes('Incorrect username or password.')]).toEqual([
    401,
    true,
  ])
  expect(wrong.html).toContain('value="ada"')
  const { leftFor } = await browser.submit(wrong, 'sign-in', ADA)
  expect(`${leftFor?.origin}${leftFor?.pathname}`).toBe(CALLBACK)
  expect(leftFor?.searchParams.get('state')).toBe('the state')
  expect(leftFor?.searchParams.get('iss')).toBe(world.issuerUrl)

  const grant = {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: leftFor?.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    code_verifier: verifier,
  }
  const { status, body } = await askToken(world, grant)
  expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 3_600])
  const keys = createRemoteJWKSet(new URL(`${world.issuerUrl}/.well-known/jwks.json`))
  const { payload: id, protectedHeader } = await jwtVerify(body['id_token'] ?? '', keys, {
    issuer: world.issuerUrl,
    audience: clientId,
  })
  expect(id).toMatchObject({
    sub,
    token_use: 'id',
    nonce: 'n-1',
    'cognito:username': 'ada',
    email: 'ada@example.com',
    email_verified: true,
  })
  const accessToken = body['access_token'] ?? ''
  expect(decodeProtectedHeader(accessToken).kid).not.toBe(protectedHeader.kid)
  const { payload: access } = await jwtVerify(accessToken, keys, { issuer: world.issuerUrl })
  expect(access).toMatchObject({
    sub,
    token_use: 'access',
    client_id: clientId,
    username: 'ada',
    version: 2,
    scope: `openid email ${SCOPES.join(' ')}`,
    origin_jti: id['origin_jti'],
  })
  expect(access.aud).toBeUndefined()

  const info = await fetch(`${world.issuerUrl}/oauth2/userInfo`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  expect(await info.json()).toEqual({
    sub,
    username: 'ada',
    email: 'ada@example.com',
    email_verified: 'true',
  })
  // A second look at the code ends what the first one began.
  expect((await askToken(world, grant)).body).toEqual({ error: 'invalid_grant' })
  const refreshed = await askToken(world, {
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: body['refresh_token'] ?? '',
  })
  expect(refreshed.body).toEqual({ error: 'invalid_grant' })
})

test('a browser that has signed in is not asked again, until it is to be or signs out', async ({
  expect,
}) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const { clientId } = await createApplication(world)
  const { browser } = await signInFor(world, clientId)
  const again = await authorizeUrl(world, clientId)
  expect((await browser.open(again.url)).leftFor?.searchParams.get('code')).toMatch(/^[\w-]{43}$/)
  const silent = await authorizeUrl(world, clientId, { prompt: 'none' })
  expect((await browser.open(silent.url)).leftFor?.searchParams.has('code')).toBe(true)
  const forced = await authorizeUrl(world, clientId, { prompt: 'login' })
  expect((await browser.open(forced.url)).html).toContain('Sign in')
  const tooOld = await authorizeUrl(world, clientId, { max_age: '0' })
  await expect
    .poll(async () => (await browser.open(tooOld.url)).html, { interval: 200, timeout: 5_000 })
    .toContain('Sign in')

  const logout = `${world.issuerUrl}/logout?client_id=${clientId}&logout_uri=`
  const elsewhere = await browser.open(`${logout}https://evil.example/`)
  expect([elsewhere.status, elsewhere.leftFor]).toEqual([400, undefined])
  const bye = await browser.open(`${logout}http://127.0.0.1:9/bye`)
  expect(bye.leftFor?.href).toBe('http://127.0.0.1:9/bye')
  const after = await browser.open(silent.url)
  expect(after.leftFor?.searchParams.get('error')).toBe('login_required')
})

test('a temporary password is good for choosing another one', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { clientId } = await createApplication(world)
  const temporaryPassword = 'Temporary-1'
  const { users } = await world.issuer.people()
  await users.create({ username: 'ada', temporaryPassword })
  const { url } = await authorizeUrl(world, clientId)
  const browser = openBrowser(world.url)
  const page = await browser.open(url)
  const question = await browser.submit(page, 'sign-in', { ...ADA, password: temporaryPassword })
  expect([question.leftFor, question.html.includes('Choose a new password')]).toEqual([
    undefined,
    true,
  ])
  const weak = await browser.submit(question, 'new-password', { password: 'short' })
  expect(weak.html).toContain('Password did not conform with policy: Password not long enough')
  const done = await browser.submit(weak, 'new-password', { password: ADA.password })
  expect(done.leftFor?.searchParams.has('code')).toBe(true)
  const replayed = await browser.submit(weak, 'new-password', { password: 'Another-1815' })
  expect(replayed.leftFor).toBeUndefined()
  expect((await signInFor(world, clientId)).code).not.toBe('')
})

test('a confidential client proves itself, with PKCE or without', async ({ expect }) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const client = await createApplication(world, { secret: true })
  const { clientId } = client
  const secret = world.issuer.clients.openSecrets(client)[0]?.value ?? ''
  const browser = openBrowser(world.url)
  const query = `client_id=${clientId}&redirect_uri=${CALLBACK}&response_type=code&scope=openid`
  const page = await browser.open(`${world.issuerUrl}/oauth2/authorize?${query}`)
  const { leftFor } = await browser.submit(page, 'sign-in', ADA)
  const grant = {
    grant_type: 'authorization_code',
    code: leftFor?.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
  }
  const bare = await askToken(world, { ...grant, client_id: clientId })
  expect(bare.body['error']).toBe('invalid_client')
  const good = await askToken(world, { ...grant, client_id: clientId, client_secret: secret })
  expect(good.status).toBe(200)
})

test('a code is worth nothing without what belongs to it', async ({ expect }) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const { clientId } = await createApplication(world)
  const other = await createApplication(world, { clientName: 'Other' })
  const changes: Record<string, string>[] = [
    { code_verifier: 'a'.repeat(43) },
    { code_verifier: '' },
    { redirect_uri: 'http://127.0.0.1:9/other' },
    { redirect_uri: '' },
    { client_id: other.clientId },
    { code: 'a'.repeat(43) },
  ]
  for (const change of changes) {
    const { verifier, code } = await signInFor(world, clientId)
    const { status, body } = await askToken(world, {
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: CALLBACK,
      code_verifier: verifier,
      ...change,
    })
    expect([status, body], JSON.stringify(change)).toEqual([400, { error: 'invalid_grant' }])
  }
})

test('resource binds the token of a person, and cannot be changed on the way', async ({
  expect,
}) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const { clientId } = await createApplication(world)
  const { access_token: token = '' } = await tokensFor(world, clientId, { resource: world.mcpUrl })
  const caller = await world.authorizer.authorize(`Bearer ${token}`)
  expect(caller.claims['aud']).toBe(world.mcpUrl)
  const { verifier, code } = await signInFor(world, clientId, { resource: world.mcpUrl })
  const { body } = await askToken(world, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
    resource: 'https://other.example/mcp',
  })
  expect(body['error']).toBe('invalid_target')
})

test('a refresh token gives new tokens, fewer scopes if asked, and ends when revoked', async ({
  expect,
}) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const { clientId } = await createApplication(world)
  const { refresh_token: token = '', access_token: first = '' } = await tokensFor(world, clientId)
  const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: token }
  const { status, body } = await askToken(world, refresh)
  expect([status, body['refresh_token'], body['id_token']]).toEqual([
    200,
    undefined, // Cognito does not rotate unless the client says so
    expect.any(String),
  ])
  const narrow = await askToken(world, { ...refresh, scope: 'tools/read' })
  const caller = await world.authorizer.authorize(`Bearer ${narrow.body['access_token']}`)
  expect(caller.scopes).toEqual(['tools/read'])
  const wide = await askToken(world, { ...refresh, scope: 'tools/other' })
  expect(wide.body).toEqual({ error: 'invalid_scope' })

  const revoke = (parameters: Record<string, string>) =>
    fetch(`${world.issuerUrl}/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, ...parameters }),
    })
  expect((await revoke({})).status).toBe(400)
  expect(await (await revoke({ token: first })).json()).toEqual({ error: 'unsupported_token_type' })
  expect((await revoke({ token: 'unknown' })).status).toBe(200)
  expect((await revoke({ token })).status).toBe(200)
  expect((await askToken(world, refresh)).body).toEqual({ error: 'invalid_grant' })
  const info = await fetch(`${world.issuerUrl}/oauth2/userInfo`, {
    headers: { authorization: `Bearer ${first}` },
  })
  expect([info.status, info.headers.get('www-authenticate')]).toEqual([
    401,
    expect.stringContaining('invalid_token'),
  ])
})

test('a person who is disabled gets no more tokens', async ({ expect }) => {
  await using world = await startOAuthWorld()
  await createAda(world)
  const { clientId } = await createApplication(world)
  const { refresh_token: token = '' } = await tokensFor(world, clientId)
  await (await world.issuer.people()).users.setEnabled('ada', false)
  const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: token }
  expect((await askToken(world, refresh)).body).toEqual({ error: 'invalid_grant' })
  expect((await signInFor(world, clientId)).done.html).toContain('User is disabled.')
})

test('an independent OAuth client registers, logs in, refreshes and revokes', async ({
  expect,
}) => {
  await using world = await startOAuthWorld()
  const { sub } = await createAda(world)
  await createTestClient(world)
  const issuer = new URL(world.issuerUrl)
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    const found = await oauth.discoveryRequest(issuer, { algorithm, ...INSECURE })
    expect(await oauth.processDiscoveryResponse(issuer, found)).toMatchObject({
      code_challenge_methods_supported: ['S256'],
    })
  }
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE })
  const as = await oauth.processDiscoveryResponse(issuer, discovered)
  const registered = await oauth.dynamicClientRegistrationRequest(
    as,
    {
      client_name: 'Desk <b>top</b>',
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'none',
      scope: 'openid email tools/read',
    },
    INSECURE,
  )
  const client = await oauth.processDynamicClientRegistrationResponse(registered)
  expect(client).toMatchObject({ client_name: 'Desk b top b', scope: 'openid email tools/read' })

  const verifier = oauth.generateRandomCodeVerifier()
  const nonce = oauth.generateRandomNonce()
  const state = oauth.generateRandomState()
  const url = new URL(as.authorization_endpoint ?? '')
  for (const [name, value] of Object.entries({
    client_id: client.client_id,
    redirect_uri: CALLBACK, // another port than registered: a native client (RFC 8252 §7.3)
    response_type: 'code',
    scope: 'openid email tools/read',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })) {
    url.searchParams.set(name, value)
  }
  const browser = openBrowser(world.url)
  const question = await browser.submit(await browser.open(url), 'sign-in', ADA)
  expect(question.html).toContain('Allow access?')
  expect(question.html).toContain('a program on this computer (127.0.0.1:9)')
  const denied = await browser.submit(question, 'deny')
  expect(denied.leftFor?.searchParams.get('error')).toBe('access_denied')
  // Being signed in is no consent: it is asked for again.
  const allowed = await browser.submit(await browser.open(url), 'allow')
  const callback = oauth.validateAuthResponse(as, client, allowed.leftFor ?? url, state)
  const response = await oauth.authorizationCodeGrantRequest(
    as,
    client,
    oauth.None(),
    callback,
    CALLBACK,
    verifier,
    INSECURE,
  )
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  })
  const info = await oauth.userInfoRequest(as, client, tokens.access_token, INSECURE)
  expect(await oauth.processUserInfoResponse(as, client, sub, info)).toMatchObject({
    email: 'ada@example.com',
  })
  const refresh = (token: string) =>
    oauth.refreshTokenGrantRequest(as, client, oauth.None(), token, INSECURE)
  const refreshed = await oauth.processRefreshTokenResponse(
    as,
    client,
    await refresh(tokens.refresh_token ?? ''),
  )
  // Registered clients are public, so their refresh tokens rotate.
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
  const revoked = await oauth.revocationRequest(
    as,
    client,
    oauth.None(),
    refreshed.refresh_token ?? '',
    INSECURE,
  )
  await oauth.processRevocationResponse(revoked)
  expect((await refresh(refreshed.refresh_token ?? '')).status).toBe(400)
})

test('the current MCP client logs in by itself, from nothing but the URL', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { sub } = await createAda(world)
  await createTestClient(world)
  const provider = memoryOAuthProvider((url) => allow(world, url))
  const transport = () => new TransportV2(new URL(world.mcpUrl), { authProvider: provider })
  const first = transport()
  await expect(new ClientV2({ name: 'v2', version: '1' }).connect(first)).rejects.toThrow()
  await first.finishAuth(provider.callback())
  const client = new ClientV2({ name: 'v2', version: '1' })
  await client.connect(transport())
  expect((await client.callTool({ name: 'whoami' })).content).toEqual([{ type: 'text', text: sub }])
  await client.close()
})

test('the previous MCP client logs in by itself as well', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { sub } = await createAda(world)
  await createTestClient(world)
  const provider = memoryOAuthProvider((url) => allow(world, url))
  const transport = () => new TransportV1(new URL(world.mcpUrl), { authProvider: provider })
  const first = transport()
  const connecting = new ClientV1({ name: 'v1', version: '1' })
  await expect(connecting.connect(first)).rejects.toThrow('Unauthorized')
  await first.finishAuth(provider.callback().get('code') ?? '')
  const client = new ClientV1({ name: 'v1', version: '1' })
  await client.connect(transport())
  expect((await client.callTool({ name: 'whoami' })).content).toEqual([{ type: 'text', text: sub }])
  await client.close()
})

async function allow(world: World, url: URL): Promise<URL | undefined> {
  const browser = openBrowser(world.url)
  const question = await browser.submit(await browser.open(url), 'sign-in', ADA)
  return (await browser.submit(question, 'allow')).leftFor
}

test('strictly, an MCP client finds what it finds at Cognito: no way to register', async ({
  expect,
}) => {
  await using world = await startOAuthWorld({ pools: { strictCognito: true } })
  const provider = memoryOAuthProvider((url) => allow(world, url))
  const transport = new TransportV2(new URL(world.mcpUrl), { authProvider: provider })
  const client = new ClientV2({ name: 'v2', version: '1' })
  await expect(client.connect(transport)).rejects.toThrow()
  expect(() => provider.callback()).toThrow('nobody was asked')
  const { status } = await fetch(`${world.issuerUrl}/oauth2/register`, { method: 'POST' })
  expect(status).toBe(404)
})

test('a restart ends logins that are under way, and nothing that was given', async ({ expect }) => {
  await using store = openStore(':memory:')
  const before = await startOAuthWorld({ store })
  const port = Number(new URL(before.url).port)
  await createAda(before)
  const { clientId } = await createApplication(before)
  const { refresh_token: token = '', id_token: idToken = '' } = await tokensFor(before, clientId)
  const open = await signInFor(before, clientId)
  await before[Symbol.asyncDispose]()

  await using world = await startOAuthWorld({ store, port })
  // A connection that the first host closed may be tried once more.
  await expect.poll(() => fetch(world.discoveryUrl).catch(() => undefined)).toBeTruthy()
  const late = await askToken(world, {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: open.code,
    redirect_uri: CALLBACK,
    code_verifier: open.verifier,
  })
  expect(late.body).toEqual({ error: 'invalid_grant' })
  const refresh = { grant_type: 'refresh_token', client_id: clientId, refresh_token: token }
  expect((await askToken(world, refresh)).status).toBe(200)
  const keys = createRemoteJWKSet(new URL(`${world.issuerUrl}/.well-known/jwks.json`))
  await expect(jwtVerify(idToken, keys, { issuer: world.issuerUrl })).resolves.toBeTruthy()
  expect((await signInFor(world, clientId)).code).not.toBe('')
})

test('on this machine, and only when it was said so, a developer needs no password', async ({
  expect,
}) => {
  const visit = async (world: World): Promise<{ page: Visit; sent: Visit }> => {
    const { clientId } = await createApplication(world)
    const browser = openBrowser(world.url)
    const page = await browser.open((await authorizeUrl(world, clientId)).url)
    const sent = await browser.submit(
      page,
      page.html.includes('developer') ? 'developer' : '_csrf',
      {
        action: 'developer',
      },
    )
    return { page, sent }
  }
  await using closed = await startOAuthWorld()
  const refused = await visit(closed)
  expect([refused.page.html.includes('developer'), refused.sent.status]).toEqual([false, 403])
  await using open = await startOAuthWorld({ pools: { developerSignIn: true } })
  const { sent } = await visit(open)
  expect(sent.leftFor?.searchParams.has('code')).toBe(true)
  const { users } = await open.issuer.people()
  expect(users.list().map(({ username }) => username)).toEqual(['developer'])
})
