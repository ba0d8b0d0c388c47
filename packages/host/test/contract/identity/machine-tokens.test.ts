import {
  GetResourceOauth2TokenCommand,
  GetWorkloadAccessTokenForJWTCommand,
  type GetResourceOauth2TokenCommandInput,
} from '@aws-sdk/client-bedrock-agentcore'
import type { CustomOauth2ProviderConfigInput } from '@aws-sdk/client-bedrock-agentcore-control'
import { describe, test } from 'vitest'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startAuthorizationServer,
} from '../../support/authorization-server.ts'
import {
  createProvider,
  createWorkload,
  PROVIDER,
  workloadToken,
  WORKLOAD,
} from '../../support/identity-fixtures.ts'
import { startIdentityWorld, type IdentityWorldOptions } from '../../support/identity-world.ts'

async function startWorld(
  config: Partial<CustomOauth2ProviderConfigInput> = {},
  options: IdentityWorldOptions = {},
) {
  const world = await startIdentityWorld(options)
  const server = await startAuthorizationServer()
  const clients = world.clients()
  await createProvider(clients, server, config)
  await createWorkload(clients)
  const workloadIdentityToken = await workloadToken(clients)
  return {
    world,
    server,
    clients,
    async ask(input: Partial<GetResourceOauth2TokenCommandInput> = {}) {
      const command = new GetResourceOauth2TokenCommand({
        workloadIdentityToken,
        resourceCredentialProviderName: PROVIDER,
        scopes: ['read', 'write'],
        oauth2Flow: 'M2M',
        ...input,
      })
      return (await clients.data.send(command)).accessToken
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await world[Symbol.asyncDispose]()
    },
  }
}

describe('machine to machine', () => {
  test('the token request says what was asked for, and who asks', async ({ expect }) => {
    await using it = await startWorld()
    expect(
      await it.ask({
        resources: ['https://a.example', 'https://b.example'],
        audiences: ['api'],
        customParameters: { tenant: 'blue' },
      }),
    ).toMatch(/^access-/)
    const [call] = it.server.tokenCalls
    expect([...(call?.parameters ?? [])].map((pair) => pair.join(' ')).sort()).toEqual([
      'audience api',
      'grant_type client_credentials',
      'resource https://a.example',
      'resource https://b.example',
      'scope read write',
      'tenant blue',
    ])
    expect(call?.authorization).toMatch(/^Basic /)
  })

  test('the client authenticates in the body when the provider says so', async ({ expect }) => {
    await using it = await startWorld({ clientAuthenticationMethod: 'CLIENT_SECRET_POST' })
    await it.ask({ scopes: [] })
    const [call] = it.server.tokenCalls
    expect(call?.authorization).toBeUndefined()
    expect(Object.fromEntries(call?.parameters ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
    })
  })

  test('a token serves until a minute before its end, for the same purpose only', async ({
    expect,
  }) => {
    await using it = await startWorld()
    const first = await it.ask()
    expect(await it.ask({ scopes: ['write', 'read'] })).toBe(first)
    it.world.clock.nowMs += 3_539_000
    const again = { workloadIdentityToken: await workloadToken(it.clients) }
    expect(await it.ask(again)).toBe(first)
    it.world.clock.nowMs += 1_001
    expect(await it.ask(again)).not.toBe(first)
    expect(it.server.tokenCalls).toHaveLength(2)
    await it.ask({ ...again, scopes: ['read'] })
    await it.ask({ ...again, audiences: ['api'] })
    await it.ask({ ...again, resources: ['https://a.example'] })
    await it.ask({ ...again, customParameters: { tenant: 'blue' } })
    expect(it.server.tokenCalls).toHaveLength(6)
  })

  test('a token without an end is not kept', async ({ expect }) => {
    await using it = await startWorld()
    it.server.expiresInS = undefined
    expect(await it.ask()).not.toBe(await it.ask())
  })

  test('many who ask at once share one request', async ({ expect }) => {
    await using it = await startWorld()
    const tokens = await Promise.all(Array.from({ length: 50 }, () => it.ask()))
    expect(new Set(tokens).size).toBe(1)
    expect(it.server.tokenCalls).toHaveLength(1)
  })

  test('a refusal says why, and nothing that was sent', async ({ expect }) => {
    await using it = await startWorld()
    it.server.override = () => ({
      status: 400,
      body: JSON.stringify({
        error: 'invalid_scope',
        error_description: `no\u0000\u001b[31m \r\nsuch ${CLIENT_SECRET} ${'x'.repeat(5_000)}`,
      }),
    })
    const refusal = await it.ask().catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringMatching(
        /^The authorization server refused: invalid_scope \(no \[31m such \[redacted\] x+…\)$/,
      ) as string,
    })
    expect(it.world.logged()).not.toContain(CLIENT_SECRET)
    it.server.override = undefined
    expect(await it.ask()).toMatch(/^access-/)
  })

  test.for([
    ['refuses with 200, as GitHub does', 200, { error: 'bad_verification_code' }, /bad_verific/],
    ['answers with a page', 502, undefined, /status 502, and neither a token nor an OAuth error/],
    ['answers without a token', 200, { token_type: 'bearer' }, /neither a token nor/],
    ['answers with too much', 200, { access_token: 'x'.repeat(600_000) }, /longer than/],
  ] as const)('a server that %s is a refusal', async ([, status, body, words], { expect }) => {
    await using it = await startWorld()
    const text = body === undefined ? '<html>SECRET-PAGE</html>' : JSON.stringify(body)
    it.server.override = () => ({ status, body: text })
    const refusal = await it.ask().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ name: 'ValidationException' })
    expect(refusal).toMatchObject({ message: expect.stringMatching(words) as string })
    expect(String(refusal)).not.toContain('SECRET-PAGE')
  })

  test('a token type of the vendor own, or none, is understood', async ({ expect }) => {
    await using it = await startWorld()
    const odd = { access_token: 'xoxb-1', token_type: 'bot', scope: ['a'], refresh_token: null }
    it.server.override = () => ({ status: 200, body: JSON.stringify(odd) })
    expect(await it.ask()).toBe('xoxb-1')
  })

  test('an authorization server on this machine is refused where that is switched off', async ({
    expect,
  }) => {
    await using it = await startWorld({}, { allowLoopback: false })
    await expect(it.ask()).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('does not connect to its own machine') as string,
    })
  })

  test('parameters of the protocol cannot be replaced', async ({ expect }) => {
    await using it = await startWorld()
    for (const name of ['grant_type', 'client_id', 'code', 'scope']) {
      await expect(it.ask({ customParameters: { [name]: 'x' } })).rejects.toMatchObject({
        name: 'ValidationException',
        message: `customParameters must not contain ${name}`,
      })
    }
    expect(it.server.tokenCalls).toEqual([])
  })
})

describe('workload access tokens', () => {
  test('one that is too old, changed or of another account is refused', async ({ expect }) => {
    await using it = await startWorld()
    const token = await workloadToken(it.clients)
    const changed = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    await expect(it.ask({ workloadIdentityToken: changed })).rejects.toMatchObject({
      name: 'UnauthorizedException',
    })
    const other = it.world.clients({ accountId: '123456789012' })
    await createWorkload(other)
    await expect(
      it.ask({ workloadIdentityToken: await workloadToken(other) }),
    ).rejects.toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } })
    it.world.clock.nowMs += 15 * 60_000
    await expect(it.ask({ workloadIdentityToken: token })).rejects.toMatchObject({
      name: 'UnauthorizedException',
      message: 'The workload access token has expired',
    })
  })

  test('a provider that is not there is not found', async ({ expect }) => {
    await using it = await startWorld()
    await expect(it.ask({ resourceCredentialProviderName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    })
  })
})

describe('on behalf of', () => {
  const flow = { oauth2Flow: 'ON_BEHALF_OF_TOKEN_EXCHANGE' } as const

  async function startExchange(
    config: NonNullable<CustomOauth2ProviderConfigInput['onBehalfOfTokenExchangeConfig']>,
  ) {
    const it = await startWorld({ onBehalfOfTokenExchangeConfig: config })
    const userToken = await it.server.signUserToken('alice')
    const { workloadAccessToken: workloadIdentityToken } = await it.clients.data.send(
      new GetWorkloadAccessTokenForJWTCommand({ workloadName: WORKLOAD, userToken }),
    )
    return { ...it, userToken, user: { ...flow, workloadIdentityToken } }
  }

  test('a user token is exchanged (RFC 8693), once for many', async ({ expect }) => {
    await using it = await startExchange({ grantType: 'TOKEN_EXCHANGE' })
    const first = await it.ask({ ...it.user, audiences: ['api'] })
    expect(await it.ask({ ...it.user, audiences: ['api'] })).toBe(first)
    expect(it.server.tokenCalls.map(({ parameters }) => Object.fromEntries(parameters))).toEqual([
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: it.userToken,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        scope: 'read write',
        audience: 'api',
      },
    ])
  })

  test('the workload acts with a token of its own, when the provider says so', async ({
    expect,
  }) => {
    await using it = await startExchange({
      grantType: 'TOKEN_EXCHANGE',
      tokenExchangeGrantTypeConfig: { actorTokenContent: 'M2M', actorTokenScopes: ['act'] },
    })
    const subjectType = { subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' }
    await it.ask({ ...it.user, customParameters: subjectType })
    const [actor, exchange] = it.server.tokenCalls.map((call) =>
      Object.fromEntries(call.parameters),
    )
    expect(actor).toEqual({ grant_type: 'client_credentials', scope: 'act' })
    expect(exchange).toMatchObject({
      ...subjectType,
      actor_token: expect.stringMatching(/^access-/) as string,
      actor_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    })
  })

  test('a user token is an assertion (RFC 7523)', async ({ expect }) => {
    await using it = await startExchange({ grantType: 'JWT_AUTHORIZATION_GRANT' })
    await it.ask({ ...it.user, customParameters: { requested_token_use: 'on_behalf_of' } })
    expect(Object.fromEntries(it.server.tokenCalls[0]?.parameters ?? [])).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: it.userToken,
      scope: 'read write',
      requested_token_use: 'on_behalf_of',
    })
  })

  test('without a user token, or without a configuration, it is refused', async ({ expect }) => {
    await using it = await startExchange({ grantType: 'TOKEN_EXCHANGE' })
    const workloadIdentityToken = await workloadToken(it.clients, 'alice')
    await expect(it.ask({ ...flow, workloadIdentityToken })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await using plain = await startWorld()
    await expect(plain.ask(flow)).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('the user token does not stand in a refusal that repeats it', async ({ expect }) => {
    await using it = await startExchange({ grantType: 'TOKEN_EXCHANGE' })
    it.server.override = ({ parameters }) => ({
      status: 400,
      body: JSON.stringify({
        error: 'invalid_request',
        error_description: `bad ${parameters.get('subject_token')}`,
      }),
    })
    await expect(it.ask(it.user)).rejects.toMatchObject({
      message: 'The authorization server refused: invalid_request (bad [redacted])',
    })
  })
})
