// A real MCP client in front of an authorizer: it finds its token through the 401 alone.
import {
  auth,
  Client,
  ClientCredentialsProvider,
  discoverOAuthProtectedResourceMetadata,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'
import { test } from 'vitest'
import { createTestClient, SCOPES, startOAuthWorld } from '../support/oauth-world.ts'

type World = Awaited<ReturnType<typeof startOAuthWorld>>

async function callWhoami({ mcpUrl, issuerUrl }: World, clientId: string, clientSecret: string) {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const credentials = { clientId, clientSecret, expectedIssuer: issuerUrl }
  const authProvider = new ClientCredentialsProvider(credentials)
  await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { authProvider }))
  try {
    const { content } = await client.callTool({ name: 'whoami' })
    return { content, tokens: authProvider.tokens() }
  } finally {
    await client.close()
  }
}

test('a client with credentials finds issuer, scopes and token, and calls', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { clientId, clientSecret } = await createTestClient(world)
  const { content, tokens } = await callWhoami(world, clientId, clientSecret)
  expect(content).toEqual([{ type: 'text', text: clientId }])
  expect(tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3_600 })
  const caller = await world.authorizer.authorize(`Bearer ${tokens?.access_token}`)
  expect(caller).toMatchObject({
    issuer: world.issuerUrl,
    subject: clientId,
    scopes: SCOPES,
    claims: { aud: world.mcpUrl }, // the client binds its token to the resource (RFC 8707)
  })
})

test('an authorizer that asks for the audience takes the token of such a client', async ({
  expect,
}) => {
  const probe = await startOAuthWorld()
  const port = Number(new URL(probe.url).port)
  await probe[Symbol.asyncDispose]()
  const rules = { allowedAudience: [`http://127.0.0.1:${port}/mcp`] }
  await using world = await startOAuthWorld({ port, rules })
  const { clientId, clientSecret } = await createTestClient(world)
  expect((await callWhoami(world, clientId, clientSecret)).content).toHaveLength(1)
  const plain = await fetch(world.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  })
  const { access_token: token } = (await plain.json()) as { access_token: string }
  await expect(world.authorizer.authorize(`Bearer ${token}`)).rejects.toThrow(
    "Claim 'aud' value mismatch with configuration.",
  )
})

test('the metadata document is one that clients accept', async ({ expect }) => {
  await using world = await startOAuthWorld()
  expect(await discoverOAuthProtectedResourceMetadata(world.mcpUrl)).toEqual({
    resource: world.mcpUrl,
    authorization_servers: [world.issuerUrl],
    scopes_supported: SCOPES,
    bearer_methods_supported: ['header'],
  })
})

test('a wrong secret ends in the words of the issuer', async ({ expect }) => {
  await using world = await startOAuthWorld()
  const { clientId } = await createTestClient(world)
  await expect(callWhoami(world, clientId, 'wrong')).rejects.toMatchObject({
    message: expect.stringContaining('invalid_client_secret'),
  })
})

test('challenges over HTTP: no token, a bad one, one that lacks the scope', async ({ expect }) => {
  await using world = await startOAuthWorld({ rules: { allowedScopes: ['tools/other'] } })
  const { clientId, clientSecret } = await createTestClient(world, ['tools/read'])
  const credentials = { clientId, clientSecret, expectedIssuer: world.issuerUrl }
  const provider = new ClientCredentialsProvider({ ...credentials, scope: 'tools/read' })
  await auth(provider, { serverUrl: world.mcpUrl, scope: 'tools/read' })
  const token = provider.tokens()?.access_token ?? ''
  const ask = async (headers: Record<string, string>) => {
    const response = await fetch(world.mcpUrl, { method: 'POST', headers })
    return [response.status, response.headers.get('www-authenticate')]
  }
  const metadata = `resource_metadata="${world.url}/.well-known/oauth-protected-resource/mcp"`
  expect(await ask({})).toEqual([401, `Bearer ${metadata}, scope="tools/other"`])
  expect(await ask({ authorization: 'Bearer nonsense' })).toEqual([
    401,
    `Bearer error="invalid_token", scope="tools/other", ${metadata}`,
  ])
  expect(await ask({ authorization: `Bearer ${token}` })).toEqual([
    403,
    `Bearer error="insufficient_scope", scope="tools/other", ${metadata}`,
  ])
})
