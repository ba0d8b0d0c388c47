// The issuer over HTTP, seen by clients that know OAuth and not us.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { discoverAuthorizationServerMetadata } from '@modelcontextprotocol/client'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { test } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { createTestClient, SCOPES, startOAuthWorld } from '../support/oauth-world.ts'

type World = Awaited<ReturnType<typeof startOAuthWorld>>
type Client = Awaited<ReturnType<typeof createTestClient>>

async function askToken(
  { tokenUrl }: World,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ grant_type: 'client_credentials', ...parameters }),
  })
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, cacheControl: response.headers.get('cache-control'), body }
}

const basic = ({ clientId, clientSecret }: Client) => ({
  authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
})

async function tokenOf(world: World, client: Client): Promise<string> {
  const { body } = await askToken(world, {}, basic(client))
  return String(body['access_token'])
}

test('basic and post authentication give the same kind of token', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const client = await createTestClient(world)
  const { clientId: client_id, clientSecret: client_secret } = client
  const answers = [
    await askToken(world, {}, basic(client)),
    await askToken(world, { client_id, client_secret }),
    await askToken(world, { scope: SCOPES.join(' '), resource: world.mcpUrl }, basic(client)),
  ]
  for (const answer of answers) {
    expect(answer).toEqual({
      status: 200,
      cacheControl: 'no-store',
      body: {
        access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_in: 3_600,
        token_type: 'Bearer',
      },
    })
  }
})

test('refusals are 400 with the error, and are not cached', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const client = await createTestClient(world)
  const wrong = basic({ ...client, clientSecret: 'wrong' })
  const cases: [Record<string, string>, Record<string, string>, string][] = [
    [{}, {}, 'invalid_request'],
    [{}, wrong, 'invalid_client'],
    [{ grant_type: 'password' }, basic(client), 'unsupported_grant_type'],
    [{ grant_type: 'refresh_token' }, basic(client), 'unauthorized_client'],
    [{ scope: 'openid' }, basic(client), 'invalid_scope'],
  ]
  for (const [parameters, headers, error] of cases) {
    const { status, cacheControl, body } = await askToken(world, parameters, headers)
    expect({ status, cacheControl, error: body['error'] }).toEqual({
      status: 400,
      cacheControl: 'no-store',
      error,
    })
  }
  const get = await fetch(world.tokenUrl)
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
})

test('strictly, the discovery document is that of Cognito, and satisfies the MCP client', async ({
  expect,
}) => {
  await using world = await startOAuthWorld({ pools: { strictCognito: true } })
  const { issuerUrl, tokenUrl } = world
  expect(await discoverAuthorizationServerMetadata(issuerUrl)).toMatchObject({
    issuer: issuerUrl,
    token_endpoint: tokenUrl,
  })
  expect(await (await fetch(world.discoveryUrl)).json()).toEqual({
    issuer: issuerUrl,
    jwks_uri: `${issuerUrl}/.well-known/jwks.json`,
    authorization_endpoint: `${issuerUrl}/oauth2/authorize`,
    token_endpoint: tokenUrl,
    userinfo_endpoint: `${issuerUrl}/oauth2/userInfo`,
    end_session_endpoint: `${issuerUrl}/logout`,
    revocation_endpoint: `${issuerUrl}/oauth2/revoke`,
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  })
})

test('a generic JOSE library verifies a token through discovery', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const client = await createTestClient(world)
  const discovery = (await (await fetch(world.discoveryUrl)).json()) as { jwks_uri: string }
  const keys = createRemoteJWKSet(new URL(discovery.jwks_uri))
  const { payload, protectedHeader } = await jwtVerify(await tokenOf(world, client), keys, {
    issuer: world.issuerUrl,
    algorithms: ['RS256'],
  })
  expect(payload).toMatchObject({ sub: client.clientId, token_use: 'access' })
  const { keys: published } = (await (await fetch(discovery.jwks_uri)).json()) as {
    keys: object[]
  }
  expect(published).toContainEqual({
    alg: 'RS256',
    e: 'AQAB',
    kid: protectedHeader.kid,
    kty: 'RSA',
    n: expect.stringMatching(/^[\w-]{342}$/),
    use: 'sig',
  })
})

test('a rotation refuses no token, old or new, and nobody has to read the keys again', async ({
  expect,
}) => {
  await using world = await startOAuthWorld({ rules: { allowedScopes: SCOPES } })
  const client = await createTestClient(world)
  const jwksUrl = `${world.issuerUrl}/.well-known/jwks.json`
  const publishedKeys = async () => ((await (await fetch(jwksUrl)).json()) as { keys: [] }).keys
  await expect.poll(publishedKeys).toHaveLength(2)

  const old = await tokenOf(world, client)
  await world.authorizer.prepare()
  const reads = () => world.asked.filter((it) => it === 'GET {issuer}/.well-known/jwks.json').length
  const before = reads()
  await world.issuer.rotateKeys()
  const fresh = await tokenOf(world, client)
  expect(decodeProtectedHeader(fresh).kid).not.toBe(decodeProtectedHeader(old).kid)
  expect(await world.authorizer.authorize(`Bearer ${fresh}`)).toMatchObject({
    clientId: client.clientId,
  })
  expect(await world.authorizer.authorize(`Bearer ${old}`)).toMatchObject({
    clientId: client.clientId,
  })
  expect(reads()).toBe(before)
})

test('after a restart the client still gets tokens, and old tokens are still good', async ({
  expect,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'catamaran-issuer-'))
  try {
    const file = join(folder, 'catamaran.db')
    const first = await runOnce(file, 0, async (world) => {
      const client = await createTestClient(world)
      return { client, token: await tokenOf(world, client), port: Number(new URL(world.url).port) }
    })
    await runOnce(file, first.port, async (world) => {
      expect(await world.authorizer.authorize(`Bearer ${first.token}`)).toBeTruthy()
      const { status, body } = await askToken(world, {}, basic(first.client))
      expect(status).toBe(200)
      expect(
        await world.authorizer.authorize(`Bearer ${String(body['access_token'])}`),
      ).toBeTruthy()
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})

async function runOnce<T>(file: string, port: number, work: (world: World) => Promise<T>) {
  await using store = openStore(file)
  await using world = await startOAuthWorld({ store, port })
  return await work(world)
}
