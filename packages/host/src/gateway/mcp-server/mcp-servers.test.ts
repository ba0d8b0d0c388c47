import type { IncomingMessage, ServerResponse } from 'node:http'
import { test } from 'vitest'
import { HostError } from '../../kernel/host-error.ts'
import { silentLog } from '../../kernel/log.ts'
import { DEFAULT_SCOPE } from '../../kernel/scope.ts'
import { openStore } from '../../store/store.ts'
import { gatewaysOptions, testAuthorizer } from '../../../test/support/test-gateway.ts'
import { startMcpServer } from '../../../test/support/mcp-server.ts'
import type { UnreadGatewayInput } from '../gateway-operations.ts'
import { openGateways, type GatewaysOptions } from '../gateways.ts'
import type { TokenRequest } from '../outbound-tokens.ts'
import type { TargetRecord } from '../target-record.ts'

const ROLE = 'arn:aws:iam::000000000000:role/gateway'
const VAULT = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:token-vault/default'
const OAUTH_ARN = `${VAULT}/oauth2credentialprovider/p`
const API_KEY_ARN = `${VAULT}/apikeycredentialprovider/k`
const TOKENS = {
  customJWTAuthorizer: {
    discoveryUrl: 'http://127.0.0.1:1/.well-known/openid-configuration',
    allowedClients: ['client'],
  },
}

async function open(rest: Partial<GatewaysOptions> = {}) {
  const gateways = await openGateways(
    gatewaysOptions({
      log: silentLog,
      functions: {
        checkInvoker: () => Promise.resolve(),
        invoke: () => Promise.reject(new Error('no functions here')),
      },
      providers: {
        kindOf: (arn) =>
          arn === OAUTH_ARN ? 'OAUTH' : arn === API_KEY_ARN ? 'API_KEY' : undefined,
      },
      allowLoopback: true,
      synchronizationRetriesMs: [],
      ...rest,
    }),
  )
  return { ...gateways, control: await gateways.control() }
}

/** A gateway with one target, and a client's view of it. */
async function makeTarget(
  gateways: Awaited<ReturnType<typeof open>>,
  mcpServer: object,
  rest: { readonly credentials?: object; readonly target?: object; readonly gateway?: object } = {},
) {
  const input = { name: 'tools', roleArn: ROLE, authorizerType: 'NONE', exceptionLevel: 'DEBUG' }
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, {
    ...input,
    ...rest.gateway,
  } as UnreadGatewayInput)
  const target = await gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, {
    name: 'remote',
    targetConfiguration: { mcp: { mcpServer } },
    ...(rest.credentials && { credentialProviderConfigurations: [rest.credentials] }),
    ...rest.target,
  })
  const { targetId } = target
  const send = async (method: string, params?: object, headers: Record<string, string> = {}) => {
    const answer = await gateways.serve(gatewayId, {
      method: 'POST',
      path: '/mcp',
      query: 'trace=7',
      headers: {
        'content-type': 'application/json',
        'mcp-protocol-version': '2025-11-25',
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      requestId: 'r',
      resourceMetadataUrl: '',
    })
    return JSON.parse(String(answer.body)) as {
      readonly result?: Record<string, unknown>
      readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
    }
  }
  return {
    gatewayId,
    targetId,
    target,
    send,
    call: (name = 'greet', whom = 'Ada', headers = {}) =>
      send('tools/call', { name: `remote___${name}`, arguments: { name: whom } }, headers),
    get: () => gateways.control.getTarget(DEFAULT_SCOPE, gatewayId, targetId),
    update: (changed: object) =>
      gateways.control.updateTarget(DEFAULT_SCOPE, gatewayId, targetId, {
        targetConfiguration: { mcp: { mcpServer: changed } },
      }),
    synchronize: () => gateways.control.synchronizeTarget(DEFAULT_SCOPE, gatewayId, targetId),
    settled: () => settled(() => gateways.control.getTarget(DEFAULT_SCOPE, gatewayId, targetId)),
  }
}

/** The target once nothing is being read any more. */
async function settled(get: () => TargetRecord): Promise<TargetRecord> {
  for (let turn = 0; turn < 500; turn++) {
    const target = get()
    if (!target.status.endsWith('ING')) return target
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`the target is ${get().status} for too long`)
}

/** A door where everybody gets the same answer. */
const closed = (status: number) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status).end()
  return true
}

const oauth = (grantType?: string) => ({
  credentialProviderType: 'OAUTH',
  credentialProvider: {
    oauthCredentialProvider: {
      providerArn: OAUTH_ARN,
      scopes: ['a/read'],
      ...(grantType && { grantType }),
    },
  },
})

test('the tools of a server are read once, listed, and called under their own names', async ({
  expect,
}) => {
  await using server = await startMcpServer(['greet', 'inner___wave'])
  await using gateways = await open()
  const { target, settled, send, call } = await makeTarget(gateways, { endpoint: server.url })
  expect(target).toMatchObject({ status: 'CREATING', credentialProviderConfigurations: [] })
  const ready = await settled()
  expect(ready).toMatchObject({ status: 'READY', lastSynchronizedAt: expect.any(Date) })
  const asked = server.asked.length
  expect((await send('tools/list')).result?.['tools']).toMatchObject([
    {
      name: 'remote___greet',
      title: 'Greeter',
      description: 'Does greet',
      inputSchema: { type: 'object', properties: { name: { minLength: 2 } } },
    },
    { name: 'remote___inner___wave' },
  ])
  expect(server.asked).toHaveLength(asked)
  expect((await call()).result).toEqual({
    content: [{ type: 'text', text: 'greet Ada' }],
    structuredContent: { whom: 'Ada', big: 1 },
    isError: false,
  })
  expect((await call('inner___wave')).result).toMatchObject({ isError: false })
  expect((await call('greet', 'nobody')).result).toMatchObject({
    content: [{ type: 'text', text: 'No' }],
    isError: true,
  })
  // One connection for all of them, and none that only waits.
  expect(server.sessions.size).toBe(1)
  expect(server.asked.filter(({ method }) => method === 'GET')).toEqual([])
  await gateways[Symbol.asyncDispose]()
  expect(server.sessions.size).toBe(0)
})

test('a server that forgot its sessions is connected to again, unnoticed', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open()
  const { settled, call } = await makeTarget(gateways, { endpoint: server.url })
  await settled()
  await call()
  server.forgetSessions()
  expect((await call()).result).toMatchObject({ isError: false })
  server.forgetSessions()
  const racing = await Promise.all([call(), call(), call()])
  for (const { result } of racing) expect(result).toMatchObject({ isError: false })
})

test('a server that cannot be read makes a target that says why', async ({ expect }) => {
  await using gateways = await open()
  const { settled, send, update, get } = await makeTarget(gateways, {
    endpoint: 'http://127.0.0.1:1/mcp',
  })
  expect(await settled()).toMatchObject({
    status: 'FAILED',
    statusReasons: [
      'The tools of the MCP server http://127.0.0.1:1/mcp could not be read: it cannot be reached (ECONNREFUSED)',
    ],
  })
  expect((await send('tools/list')).result).toEqual({ tools: [] })
  await using server = await startMcpServer()
  expect(await update({ endpoint: server.url })).toMatchObject({ status: 'UPDATING' })
  expect(await settled()).toMatchObject({
    status: 'READY',
    targetConfiguration: { mcp: { mcpServer: { endpoint: server.url } } },
  })
  expect(get().statusReasons).toBeUndefined()
})

test.for<[string, (request: IncomingMessage, response: ServerResponse) => void, RegExp]>([
  ['refuses everybody', (_, it) => it.writeHead(403).end('go away'), /HTTP status 403$/],
  ['is a web page', (_, it) => it.end('<p>Hello</p>'), /does not answer as an MCP server does$/],
  [
    'answers with junk',
    (_, it) => it.writeHead(200, { 'content-type': 'application/json' }).end('{"a":'),
    /does not answer as an MCP server does$/,
  ],
  [
    'sends us elsewhere',
    (_, it) => it.writeHead(307, { location: 'http://169.254.169.254/' }).end(),
    /could not be read: /,
  ],
  [
    'never stops',
    (_, it) => {
      it.writeHead(200, { 'content-type': 'application/json' })
      const more = () => {
        while (it.write(Buffer.alloc(1024 * 1024, ' ')));
      }
      it.on('drain', more)
      more()
    },
    /more than 10485760 bytes$/,
  ],
])('a server that %s is not believed', async ([, door, reason], { expect }) => {
  await using server = await startMcpServer()
  server.door = (request, response) => {
    door(request, response)
    return true
  }
  await using gateways = await open()
  const { settled } = await makeTarget(gateways, { endpoint: server.url })
  const { status, statusReasons } = await settled()
  expect(status).toBe('FAILED')
  expect(statusReasons?.[0]).toMatch(reason)
  expect(statusReasons?.[0]).not.toContain('go away')
})

test('a list with names that no gateway can publish is refused', async ({ expect }) => {
  await using server = await startMcpServer(['greet', 'a'.repeat(250)])
  await using gateways = await open()
  const { settled } = await makeTarget(gateways, { endpoint: server.url })
  expect(await settled()).toMatchObject({
    status: 'FAILED',
    statusReasons: [expect.stringContaining('/tools/1/name: must have 256 or fewer characters')],
  })
})

test('a synchronization brings the new tools, and a failed one keeps the old', async ({
  expect,
}) => {
  await using server = await startMcpServer()
  await using gateways = await open()
  const { settled, synchronize, send, call } = await makeTarget(gateways, { endpoint: server.url })
  await settled()
  server.tools = ['greet', 'wave']
  expect(await synchronize()).toMatchObject({ status: 'SYNCHRONIZING' })
  await expect(synchronize()).rejects.toMatchObject({ code: 'ERR_CONFLICT' })
  expect((await settled()).tools).toHaveLength(2)
  server.door = closed(500)
  await synchronize()
  expect(await settled()).toMatchObject({
    status: 'SYNCHRONIZE_UNSUCCESSFUL',
    statusReasons: [expect.stringContaining('HTTP status 500')],
  })
  server.door = undefined
  expect((await send('tools/list')).result?.['tools']).toHaveLength(2)
  expect((await call('wave')).result).toMatchObject({ isError: false })
})

test('an update that fails leaves what was there', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open()
  const { settled, update, call } = await makeTarget(gateways, { endpoint: server.url })
  await settled()
  await update({ endpoint: 'http://127.0.0.1:1/mcp' })
  expect(await settled()).toMatchObject({
    status: 'UPDATE_UNSUCCESSFUL',
    targetConfiguration: { mcp: { mcpServer: { endpoint: server.url } } },
  })
  expect((await call()).result).toMatchObject({ isError: false })
})

test('what was being read when the host stopped is read at the next start', async ({ expect }) => {
  await using server = await startMcpServer()
  await using store = openStore(':memory:')
  server.door = () => true // says nothing
  const first = await open({ store })
  const { gatewayId, targetId } = await makeTarget(first, { endpoint: server.url })
  await first[Symbol.asyncDispose]()
  server.door = undefined
  await using second = await open({ store })
  const target = await settled(() => second.control.getTarget(DEFAULT_SCOPE, gatewayId, targetId))
  expect(target).toMatchObject({ status: 'READY', tools: [{ name: 'greet' }] })
})

test('a target that is deleted while it is read stays deleted', async ({ expect }) => {
  await using server = await startMcpServer()
  server.door = () => true
  await using gateways = await open()
  const { gatewayId, targetId } = await makeTarget(gateways, { endpoint: server.url })
  await gateways.control.deleteTarget(DEFAULT_SCOPE, gatewayId, targetId)
  expect(gateways.control.listTargets(DEFAULT_SCOPE, gatewayId)).toEqual([])
})

test('with a tool schema of its own a server is not asked', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open()
  const tools = [{ name: 'greet', inputSchema: { type: 'object', additionalProperties: false } }]
  const mcpToolSchema = { inlinePayload: JSON.stringify(tools) }
  const { target, synchronize, send, call } = await makeTarget(gateways, {
    endpoint: server.url,
    mcpToolSchema,
  })
  expect(target).toMatchObject({ status: 'READY' })
  expect(server.asked).toEqual([])
  expect((await send('tools/list')).result).toEqual({
    tools: [{ ...tools[0], name: 'remote___greet' }],
  })
  expect((await call()).result).toMatchObject({ isError: false })
  await expect(synchronize()).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})

test('a token is shown, and another one is fetched when it is refused', async ({ expect }) => {
  await using server = await startMcpServer()
  const requests: TokenRequest[] = []
  let valid = 'first'
  await using gateways = await open({
    outbound: {
      async oauth2Token(request) {
        requests.push(request)
        return { accessToken: request.forceNew ? valid : 'first' }
      },
      apiKey: () => Promise.reject(new Error('no keys here')),
    },
  })
  server.door = (request, response) => {
    if (request.headers.authorization === `Bearer ${valid}`) return false
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
    return true
  }
  const { gatewayId, settled, call } = await makeTarget(
    gateways,
    { endpoint: server.url },
    { credentials: oauth() },
  )
  expect(await settled()).toMatchObject({ status: 'READY' })
  expect(requests[0]).toEqual({
    scope: DEFAULT_SCOPE,
    workloadName: gatewayId,
    providerArn: OAUTH_ARN,
    scopes: ['a/read'],
    grantType: 'CLIENT_CREDENTIALS',
  })
  valid = 'second'
  expect((await call()).result).toMatchObject({ isError: false })
  valid = 'never given'
  server.door = closed(401)
  expect((await call()).result).toMatchObject({
    isError: true,
    _meta: { debug: { type: 'DependencyFailedException' } },
  })
})

test('an exchanged token is the own one of each caller, and so is the connection', async ({
  expect,
}) => {
  await using server = await startMcpServer()
  const seen: (string | undefined)[] = []
  await using gateways = await open({
    authorizerFor: () => ({
      ...testAuthorizer(),
      authorize: () => ({ issuer: 'i', subject: 's', scopes: [], claims: {} }),
    }),
    outbound: {
      oauth2Token: async ({ grantType, userToken }) => ({
        accessToken: userToken === undefined ? grantType : `${grantType}-${userToken}`,
      }),
      apiKey: () => Promise.reject(new Error('no keys here')),
    },
  })
  server.door = ({ headers, method }) => {
    if (method === 'POST') seen.push(headers.authorization)
    return false
  }
  const gateway = { authorizerType: 'CUSTOM_JWT', authorizerConfiguration: TOKENS }
  const { settled, call } = await makeTarget(
    gateways,
    { endpoint: server.url },
    { credentials: oauth('TOKEN_EXCHANGE'), gateway },
  )
  await settled()
  expect(new Set(seen)).toEqual(new Set(['Bearer CLIENT_CREDENTIALS']))
  seen.length = 0
  await Promise.all(
    ['ada', 'bob'].map((user) => call('greet', user, { authorization: `Bearer ${user}` })),
  )
  expect(new Set(seen)).toEqual(new Set(['Bearer TOKEN_EXCHANGE-ada', 'Bearer TOKEN_EXCHANGE-bob']))
})

test('nobody gets the token of the gateway in the place of his own', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open({
    outbound: {
      oauth2Token: async () => ({ accessToken: 'a' }),
      apiKey: () => Promise.reject(new Error('no keys here')),
    },
  })
  const { settled, call } = await makeTarget(
    gateways,
    { endpoint: server.url },
    { credentials: oauth('TOKEN_EXCHANGE') },
  )
  await settled()
  const { result } = await call()
  expect(result).toMatchObject({ isError: true })
  expect(JSON.stringify(result)).toContain('needs a caller with a token')
})

test('who has to log in first is told where', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open({
    authorizerFor: () => ({
      ...testAuthorizer(),
      authorize: () => ({ issuer: 'i', subject: 's', scopes: [], claims: {} }),
    }),
    outbound: {
      oauth2Token: async () => ({
        authorizationUrl: 'https://login.example/a',
        sessionUri: 'urn:s',
      }),
      apiKey: () => Promise.reject(new Error('no keys here')),
    },
  })
  const tools = [{ name: 'greet', inputSchema: { type: 'object' } }]
  const mcpToolSchema = { inlinePayload: JSON.stringify(tools) }
  const gateway = { authorizerType: 'CUSTOM_JWT', authorizerConfiguration: TOKENS }
  const credentials = oauth('AUTHORIZATION_CODE')
  const mcpServer = { endpoint: server.url, mcpToolSchema }
  const { call, update } = await makeTarget(gateways, mcpServer, { credentials, gateway })
  const { error } = await call('greet', 'Ada', { authorization: 'Bearer ada' })
  expect(error).toMatchObject({
    code: -32042,
    data: {
      elicitations: [
        {
          mode: 'url',
          url: 'https://login.example/a',
          elicitationId: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      ],
    },
  })
  const old = { authorization: 'Bearer ada', 'mcp-protocol-version': '2025-06-18' }
  expect((await call('greet', 'Ada', old)).result).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('https://login.example/a') }],
  })
  const read = gateways.control.updateTarget(DEFAULT_SCOPE, '', '', {
    targetConfiguration: { mcp: { mcpServer: { endpoint: server.url } } },
    credentialProviderConfigurations: [credentials],
  })
  await expect(read).rejects.toBeInstanceOf(HostError)
  await expect(update({ endpoint: server.url })).resolves.toMatchObject({ status: 'UPDATING' })
})

test('an API key goes where the target says', async ({ expect }) => {
  await using server = await startMcpServer()
  await using gateways = await open({
    outbound: {
      oauth2Token: () => Promise.reject(new Error('no tokens here')),
      apiKey: async () => 'swordfish',
    },
  })
  const apiKey = (rest: object) => ({
    credentialProviderType: 'API_KEY',
    credentialProvider: { apiKeyCredentialProvider: { providerArn: API_KEY_ARN, ...rest } },
  })
  const kinds = [
    [{}, 'authorization', 'swordfish'],
    [{ credentialPrefix: 'Bearer' }, 'authorization', 'Bearer swordfish'],
    [{ credentialParameterName: 'x-api-key' }, 'x-api-key', 'swordfish'],
  ] as const
  for (const [index, [rest, name, value]] of kinds.entries()) {
    const { settled } = await makeTarget(
      gateways,
      { endpoint: server.url },
      { credentials: apiKey(rest), gateway: { name: `g${index}` } },
    )
    await settled()
    expect(server.asked.at(-1)?.headers[name]).toBe(value)
  }
})

test('credential providers must be there, and be of the kind that is named', async ({ expect }) => {
  await using gateways = await open()
  const wrong = (providerArn: string) => ({
    ...oauth(),
    credentialProvider: { oauthCredentialProvider: { providerArn, scopes: [] } },
  })
  const arns = [API_KEY_ARN, `${OAUTH_ARN}2`, OAUTH_ARN.replace('000000000000', '111111111111')]
  for (const [index, arn] of arns.entries()) {
    const make = makeTarget(
      gateways,
      { endpoint: 'http://127.0.0.1:1/mcp' },
      { credentials: wrong(arn), gateway: { name: `g${index}` } },
    )
    await expect(make).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
})

test.for([
  'http://169.254.169.254/latest',
  'https://169.254.169.254/latest',
  'http://127.0.0.1:1/mcp',
  'https://localhost/mcp',
  'https://[::1]/mcp',
  'http://mcp.example/mcp',
  'ftp://mcp.example/mcp',
  'https://user:password@mcp.example/mcp',
  'not a URL',
])('an operator’s host does not call %s', async (endpoint, { expect }) => {
  await using gateways = await open({ allowLoopback: false })
  await expect(makeTarget(gateways, { endpoint })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })
})

test('headers and query parameters that a target lists go along, with nothing else', async ({
  expect,
}) => {
  await using server = await startMcpServer()
  await using gateways = await open()
  const metadataConfiguration = {
    allowedRequestHeaders: ['X-Tenant'],
    allowedQueryParameters: ['trace'],
  }
  const { settled, call } = await makeTarget(
    gateways,
    { endpoint: server.url },
    { target: { metadataConfiguration } },
  )
  await settled()
  await call('greet', 'Ada', { 'x-tenant': 'blue', 'x-secret': 'red', cookie: 'a' })
  const posts = server.asked.filter(({ method }) => method === 'POST')
  expect(posts.at(-1)?.headers).toMatchObject({ 'x-tenant': 'blue' })
  expect(posts.at(-1)?.headers).not.toHaveProperty('x-secret')
  expect(posts.at(-1)?.headers).not.toHaveProperty('cookie')
})

test('a protocol error of the server is one of the gateway', async ({ expect }) => {
  await using server = await startMcpServer(['greet', 'wave'])
  await using gateways = await open()
  const { settled, call } = await makeTarget(gateways, { endpoint: server.url })
  await settled()
  await call()
  server.tools = ['greet']
  server.forgetSessions()
  const { error } = await call('wave')
  expect(error?.message).toContain('DependencyFailedException')
})
