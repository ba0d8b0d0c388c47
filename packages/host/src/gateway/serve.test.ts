import type { IncomingHttpHeaders } from 'node:http'
import fc from 'fast-check'
import { test } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { GREET, testAuthorizer, testGateway } from '../../test/support/test-gateway.ts'

const CALL = { name: 'greeter___greet', arguments: { name: 'Ada' } }
const protectedGateway = { gateway: { authorizerType: 'CUSTOM_JWT' } } as const
const authorizerFor = () => testAuthorizer(['a/read', 'a/write'])

function error(code: number, rest: object = {}) {
  return { jsonrpc: '2.0', ...rest, error: { code } }
}

test('a call without a token is challenged, before anything else is looked at', async ({
  expect,
}) => {
  const { send, legacy } = await testGateway({ ...protectedGateway, authorizerFor })
  const challenged = {
    status: 401,
    headers: {
      'content-type': 'application/json',
      'www-authenticate':
        'Bearer resource_metadata="http://host/.well-known/oauth-protected-resource/mcp", scope="a/read a/write"',
    },
    body: { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Missing Bearer token' } },
  }
  expect(await legacy('tools/call', CALL)).toEqual(challenged)
  expect(await send({ method: 'GET' })).toEqual(challenged)
  expect(await send({ body: undefined })).toEqual(challenged)
  expect(await send({ body: 'not JSON' })).toEqual(challenged)
})

test('a bad token is 401 and says so, a good one without the scope is 403', async ({ expect }) => {
  const { legacy } = await testGateway({ ...protectedGateway, authorizerFor })
  const metadata = 'resource_metadata="http://host/.well-known/oauth-protected-resource/mcp"'
  const bad = await legacy('ping', {}, { authorization: 'Bearer bad' })
  expect(bad).toMatchObject({
    status: 401,
    headers: {
      'www-authenticate': `Bearer error="invalid_token", scope="a/read a/write", ${metadata}`,
    },
    body: { id: null, error: { code: -32001, message: 'Invalid Bearer token' } },
  })
  const narrow = await legacy('ping', {}, { authorization: 'Bearer narrow' })
  expect(narrow).toMatchObject({
    status: 403,
    headers: {
      'www-authenticate': `Bearer error="insufficient_scope", scope="a/read a/write", ${metadata}`,
    },
    body: {
      id: null,
      error: {
        code: -32002,
        message: 'Authorization error - One of these scopes is needed: a/read',
      },
    },
  })
  const good = await legacy('ping', {}, { authorization: 'Bearer good' })
  expect(good).toMatchObject({ status: 200, body: { result: {} } })
})

test.for(['GET', 'DELETE', 'PUT', 'HEAD'])(
  '%s is 405: there are no sessions',
  async (method, { expect }) => {
    const { send } = await testGateway()
    expect(await send({ method })).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  },
)

test('a body that is too long is 413', async ({ expect }) => {
  const { send } = await testGateway()
  expect(await send({ body: undefined })).toMatchObject({ status: 413, body: error(-32600) })
})

test.for(['text/plain', 'application/jsonp', '', undefined])(
  'content type %s is 415',
  async (contentType, { expect }) => {
    const { send } = await testGateway()
    const headers = { 'content-type': contentType }
    expect(await send({ headers, body: '{}' })).toMatchObject({ status: 415, body: error(-32600) })
  },
)

test.for(['application/json;charset=utf-8', 'Application/JSON ; charset=utf-8'])(
  'content type %s is JSON',
  async (contentType, { expect }) => {
    const { legacy } = await testGateway()
    const sent = await legacy('ping', {}, { 'content-type': contentType })
    expect(sent).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: { jsonrpc: '2.0', id: 1, result: {} },
    })
  },
)

test.for<[string, number]>([
  ['{', -32700],
  ['[]', -32600],
  ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
  ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
  ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
  ['7', -32600],
])('%s is 400, %i', async ([body, code], { expect }) => {
  const { send } = await testGateway()
  expect(await send({ body })).toMatchObject({ status: 400, body: error(code) })
})

test.for([
  '{"jsonrpc":"2.0","method":"notifications/initialized"}',
  '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}',
  '{"jsonrpc":"2.0","id":1,"result":{}}',
])('%s is accepted, with nothing to say', async (body, { expect }) => {
  const { send } = await testGateway()
  expect(await send({ body })).toEqual({ status: 202, headers: undefined, body: undefined })
})

test.for(['prompts/list', 'resources/read', 'completion/complete', 'logging/setLevel', 'toString'])(
  '%s is not served: 200 before 2026-07-28, 404 since',
  async (method, { expect }) => {
    const { legacy, modern } = await testGateway()
    expect(await legacy(method)).toMatchObject({ status: 200, body: error(-32601, { id: 1 }) })
    const withName = { 'mcp-name': 'a' }
    const params = { name: 'a', uri: 'a' }
    const sent = await modern(method, params, withName)
    expect(sent).toMatchObject({ status: 404, body: error(-32601, { id: 1 }) })
  },
)

test.for(['initialize', 'ping'])('%s is gone since 2026-07-28', async (method, { expect }) => {
  const { modern } = await testGateway()
  expect(await modern(method)).toMatchObject({ status: 404, body: error(-32601, { id: 1 }) })
})

test('server/discover is unknown before 2026-07-28', async ({ expect }) => {
  const { legacy } = await testGateway()
  expect(await legacy('server/discover')).toMatchObject({ status: 200, body: error(-32601) })
})

test.for(['2025-03-26', '2025-06-18', '2025-11-25', undefined])(
  'revision %s: tools can be called without a handshake',
  async (revision, { expect }) => {
    const { legacy } = await testGateway()
    const sent = await legacy('tools/call', CALL, { 'mcp-protocol-version': revision })
    expect(sent.body).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'Hello' }], isError: false },
    })
  },
)

const only = (...supportedVersions: string[]) =>
  ({ gateway: { protocolConfiguration: { mcp: { supportedVersions } } } }) as const

test.for<[string | undefined, string]>([
  ['2025-11-25', '2025-11-25'],
  [undefined, '2025-03-26'],
])(
  'revision %s is refused by a gateway that has another',
  async ([sent, requested], { expect }) => {
    const { legacy } = await testGateway(only('2025-06-18'))
    expect(await legacy('tools/list', {}, { 'mcp-protocol-version': sent })).toMatchObject({
      status: 400,
      body: { id: 1, error: { code: -32600, data: { requested, supported: ['2025-06-18'] } } },
    })
  },
)

test('2026-07-28 is refused by a gateway that has it not, so that clients fall back', async ({
  expect,
}) => {
  const { modern, legacy } = await testGateway(only('2025-03-26', '2025-11-25'))
  expect(await modern('server/discover')).toMatchObject({
    status: 400,
    body: {
      id: 1,
      error: {
        code: -32022,
        data: { requested: '2026-07-28', supported: ['2025-11-25', '2025-03-26'] },
      },
    },
  })
  const hello = await legacy('initialize', { protocolVersion: '2026-07-28' })
  expect(hello.body).toMatchObject({ result: { protocolVersion: '2025-11-25' } })
})

test('a gateway for 2026-07-28 alone has no handshake', async ({ expect }) => {
  const { legacy, modern } = await testGateway(only('2026-07-28'))
  expect(await legacy('initialize', { protocolVersion: '2025-11-25' })).toMatchObject({
    status: 400,
    body: { error: { code: -32600, data: { requested: '2025-11-25', supported: ['2026-07-28'] } } },
  })
  expect(await modern('tools/list')).toMatchObject({ status: 200 })
})

test('headers and body of a modern call must agree', async ({ expect }) => {
  const { modern, invocations } = await testGateway()
  const sent = await modern('tools/call', CALL, { 'mcp-name': 'greeter___other' })
  expect(sent).toMatchObject({ status: 400, body: error(-32020, { id: 1 }) })
  expect(invocations).toEqual([])
})

test('what clients and platforms add by mistake changes nothing', async ({ expect }) => {
  const { modern, legacy } = await testGateway()
  const stray = await modern('tools/call', CALL, { 'mcp-session-id': 'made-up' })
  expect(stray).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: expect.objectContaining({ result: expect.objectContaining({ isError: false }) }),
  })
  const early = await legacy('initialize', {}, { 'mcp-method': 'initialize', accept: '*/*' })
  expect(early).toMatchObject({ status: 200, body: { result: { protocolVersion: '2025-11-25' } } })
})

test('a URL that names no gateway is 404', async ({ expect }) => {
  const { gateways } = await testGateway()
  const answer = await gateways.serve('other-0000000000', {
    method: 'POST',
    path: '/mcp',
    query: '',
    headers: {},
    body: '',
    requestId: 'r',
    resourceMetadataUrl: '',
  })
  expect(answer.status).toBe(404)
  expect(JSON.parse(String(answer.body))).toEqual({
    message: 'There is no gateway other-0000000000',
  })
})

test('what nobody expected is answered with the request id and logged with its cause', async ({
  expect,
}) => {
  const broken = {
    ...testAuthorizer(),
    authorize: () => Promise.reject(new Error('wires crossed')),
  }
  const { legacy, logged } = await testGateway({ ...protectedGateway, authorizerFor: () => broken })
  const { status, body } = await legacy('ping')
  expect({ status, body }).toEqual({
    status: 500,
    body: {
      jsonrpc: '2.0',
      error: {
        code: -32603,
        message: 'Unexpected error in request 11111111-2222-4333-8444-555555555555',
      },
    },
  })
  expect(logged).toEqual([
    expect.objectContaining({
      message: 'Unexpected error',
      cause: expect.stringContaining('wires'),
    }),
  ])
})

const junk = fc.oneof(fc.jsonValue(), fc.constantFrom('2.0', 'greeter___greet', null, {}))
const anyParams = fc.record(
  {
    name: fc.oneof(fc.constant('greeter___greet'), junk),
    arguments: fc.oneof(fc.record({ name: junk }), junk),
    cursor: junk,
    protocolVersion: junk,
    _meta: fc.oneof(
      junk,
      fc.record(
        {
          'io.modelcontextprotocol/protocolVersion': fc.oneof(fc.constant('2026-07-28'), junk),
          'io.modelcontextprotocol/clientCapabilities': fc.oneof(fc.constant({}), junk),
          progressToken: junk,
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
)
const anyMethod = fc.constantFrom(
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
)
const anyMessage = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant('2.0') }, junk),
    id: fc.oneof({ weight: 9, arbitrary: fc.integer() }, junk),
    method: fc.oneof({ weight: 9, arbitrary: anyMethod }, junk),
    params: fc.oneof({ weight: 9, arbitrary: anyParams }, junk),
  },
  { requiredKeys: ['jsonrpc', 'method'] },
)
const anyBody = fc.oneof(
  anyMessage.map((message) => JSON.stringify(message)),
  fc.json(),
  fc.string(),
  fc.constant(undefined),
)
const anyHeader = fc.oneof(
  fc.constantFrom('2026-07-28', '2025-11-25', 'tools/call', 'tools/list', 'greeter___greet'),
  fc.constantFrom('Bearer good', 'Bearer bad', undefined),
  fc.string(),
  fc.array(fc.string()),
)
const anyHeaders = fc.record(
  {
    'content-type': fc.oneof({ weight: 9, arbitrary: fc.constant('application/json') }, anyHeader),
    authorization: anyHeader,
    'mcp-protocol-version': anyHeader,
    'mcp-method': anyHeader,
    'mcp-name': anyHeader,
    'mcp-session-id': anyHeader,
  },
  { requiredKeys: [] },
)
const anyReturn = fc.oneof(fc.json(), fc.string())

test(
  'whatever is sent and whatever comes back, the answer is JSON-RPC and no 5xx',
  { timeout: 120_000 },
  async ({ expect }) => {
    const property = fc.asyncProperty(
      anyHeaders,
      anyBody,
      anyReturn,
      fc.constantFrom('NONE', 'CUSTOM_JWT'),
      async (headers, body, payload, authorizerType) => {
        const { send } = await testGateway({
          gateway: { authorizerType },
          tools: [{ ...GREET, outputSchema: { type: 'object' } }],
          invoke: { kind: 'returned', payload },
          log: silentLog,
        })
        const answer = await send({ headers: headers as IncomingHttpHeaders, body })
        expect(answer.status).toBeLessThan(500)
        if (answer.status !== 202) expect(answer.body).toMatchObject({ jsonrpc: '2.0' })
      },
    )
    await fc.assert(property, { numRuns: 2_000 })
  },
)
