import fc from 'fast-check'
import { test } from 'vitest'
import {
  formatRefusal,
  MetaKey,
  ProtocolRefusal,
  readInbound,
  REVISIONS,
  type InboundHeaders,
  type InboundRules,
} from './index.ts'

const rules: InboundRules = {
  revisions: REVISIONS,
  methods: new Set(['initialize', 'ping', 'server/discover', 'tools/list', 'tools/call']),
}

const envelope = {
  [MetaKey.revision]: '2026-07-28',
  [MetaKey.clientCapabilities]: {},
  [MetaKey.clientInfo]: { name: 'app', version: '1.0' },
}

interface Sent {
  readonly headers?: InboundHeaders
  readonly body: unknown
}

function read({ headers = {}, body }: Sent, served = rules) {
  return readInbound(headers, typeof body === 'string' ? body : JSON.stringify(body), served)
}

/** What the peer gets instead of an answer. */
function refusal(sent: Sent, served = rules) {
  try {
    return { served: read(sent, served) }
  } catch (error) {
    if (!(error instanceof ProtocolRefusal)) throw error
    const { message: _, ...rest } = JSON.parse(formatRefusal(error)).error
    return { status: error.status, ...rest, ...(error.id !== undefined && { id: error.id }) }
  }
}

function modern(method: string, params: object = {}, meta: object = {}): Sent {
  return {
    headers: {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...('name' in params && { 'mcp-name': String(params.name) }),
    },
    body: {
      jsonrpc: '2.0',
      id: 7,
      method,
      params: { ...params, _meta: { ...envelope, ...meta } },
    },
  }
}

function legacy(method: string, params?: object, revision?: string): Sent {
  return {
    headers: { ...(revision && { 'mcp-protocol-version': revision }) },
    body: { jsonrpc: '2.0', id: 'a', method, params },
  }
}

function withHeaders(sent: Sent, headers: InboundHeaders): Sent {
  return { ...sent, headers: { ...sent.headers, ...headers } }
}

test('modern requests are read with their progress token and log level', ({ expect }) => {
  const call = modern(
    'tools/call',
    { name: 'greet', arguments: { name: 'Ann' } },
    { progressToken: 3, [MetaKey.logLevel]: 'warning' },
  )
  expect(read(call)).toMatchObject({
    kind: 'request',
    era: 'modern',
    revision: '2026-07-28',
    id: 7,
    method: 'tools/call',
    params: { name: 'greet', arguments: { name: 'Ann' } },
    progressToken: 3,
    logLevel: 'warning',
  })
})

test('a stray Mcp-Session-Id does not change the era', ({ expect }) => {
  const listed = withHeaders(modern('tools/list'), { 'mcp-session-id': 'abc' })
  expect(read(listed)).toMatchObject({ era: 'modern', method: 'tools/list' })
})

test('Mcp-Method on a legacy message does not change the era', ({ expect }) => {
  const listed = withHeaders(legacy('tools/list'), { 'mcp-method': 'tools/list' })
  expect(read(listed)).toMatchObject({ era: 'legacy', revision: '2025-03-26' })
  const first = legacy('initialize', { protocolVersion: '2025-11-25' })
  expect(read(withHeaders(first, { 'mcp-method': 'initialize' }))).toMatchObject({ era: 'legacy' })
})

test.for(['ping', 'initialize', 'logging/setLevel', 'resources/subscribe', 'no/such'])(
  'modern %s is 404, −32601 and the id is echoed',
  (method, { expect }) => {
    const all = { ...rules, methods: new Set([...rules.methods, 'resources/subscribe']) }
    expect(refusal(modern(method), all)).toEqual({ status: 404, code: -32601, id: 7 })
  },
)

test.for(['2025-11-25', '2099-01-01'])(
  'an envelope naming %s is 400, −32022 and what discover names is named',
  (revision, { expect }) => {
    const sent = modern('tools/list', {}, { [MetaKey.revision]: revision })
    expect(refusal(withHeaders(sent, { 'mcp-protocol-version': revision }))).toEqual({
      status: 400,
      code: -32022,
      data: { supported: ['2026-07-28'], requested: revision },
      id: 7,
    })
  },
)

test('modern notifications need no headers', ({ expect }) => {
  const method = 'notifications/cancelled'
  const body = { jsonrpc: '2.0', method, params: { _meta: { [MetaKey.revision]: '2026-07-28' } } }
  expect(read({ body })).toMatchObject({ kind: 'notification', era: 'modern', method })
  const bare = { jsonrpc: '2.0', method }
  const headers = { 'mcp-protocol-version': '2026-07-28' }
  expect(read({ headers, body: bare })).toMatchObject({ kind: 'notification', era: 'modern' })
})

test.for<[unknown[]]>([
  [[]],
  [[modern('tools/list').body]],
  [[legacy('ping').body, legacy('ping').body]],
])('a batch is 400, −32600 without an id', ([body], { expect }) => {
  expect(refusal({ body })).toEqual({ status: 400, code: -32600 })
})

test.for([
  ['2025-11-25', '2025-11-25'],
  ['2025-06-18', '2025-06-18'],
  ['2025-03-26', '2025-03-26'],
  ['2024-11-05', '2024-11-05'],
  ['1999-01-01', '2025-11-25'],
  ['2026-07-28', '2025-11-25'],
  [undefined, '2025-11-25'],
])('initialize naming %s is served as %s', ([protocolVersion, revision], { expect }) => {
  expect(read(legacy('initialize', { protocolVersion }))).toMatchObject({ era: 'legacy', revision })
})

test('initialize with a modern header is 400, −32020', ({ expect }) => {
  const sent = legacy('initialize', { protocolVersion: '2025-11-25' }, '2026-07-28')
  expect(refusal(sent)).toEqual({ status: 400, code: -32020, id: 'a' })
})

test('a modern header without an envelope is 400, −32602 and names what is missing', ({
  expect,
}) => {
  expect(refusal(legacy('tools/list', {}, '2026-07-28'))).toEqual({
    status: 400,
    code: -32602,
    data: { missing: [MetaKey.revision, MetaKey.clientCapabilities] },
    id: 'a',
  })
})

test('an unserved legacy revision is 400 with the code the endpoint wants', ({ expect }) => {
  const data = { requested: '2025-01-01', supported: REVISIONS }
  const sent = legacy('tools/list', {}, '2025-01-01')
  expect(refusal(sent)).toEqual({ status: 400, code: -32000, data, id: 'a' })
  const recorded = { ...rules, refusedRevisionCode: -32600 }
  expect(refusal(sent, recorded)).toEqual({ status: 400, code: -32600, data, id: 'a' })
})

test('a missing header means 2025-03-26, which may not be served', ({ expect }) => {
  expect(read(legacy('tools/list'))).toMatchObject({ era: 'legacy', revision: '2025-03-26' })
  const supported = ['2026-07-28', '2025-11-25']
  expect(refusal(legacy('tools/list'), { ...rules, revisions: supported })).toEqual({
    status: 400,
    code: -32000,
    data: { requested: '2025-03-26', supported },
    id: 'a',
  })
})

test('a modern-only endpoint refuses the handshake and names what it serves', ({ expect }) => {
  const supported = ['2026-07-28']
  const sent = legacy('initialize', { protocolVersion: '2025-11-25' })
  expect(refusal(sent, { ...rules, revisions: supported })).toEqual({
    status: 400,
    code: -32000,
    data: { requested: '2025-11-25', supported },
    id: 'a',
  })
})

test('unknown legacy methods are errors of an ordinary answer', ({ expect }) => {
  const unknown = { status: 200, code: -32601, id: 'a' }
  expect(refusal(legacy('no/such'))).toEqual(unknown)
  expect(refusal(legacy('server/discover'))).toEqual(unknown)
})

test('posted responses are recognised', ({ expect }) => {
  expect(read({ body: { jsonrpc: '2.0', id: 1, result: {} } })).toEqual({ kind: 'response' })
  expect(read({ body: { jsonrpc: '2.0', id: 1, error: { code: 1, message: '' } } })).toEqual({
    kind: 'response',
  })
})

test.for([
  ['{', { status: 400, code: -32700 }],
  ['', { status: 400, code: -32700 }],
  ['"text"', { status: 400, code: -32600 }],
  [
    { id: 1, method: 'ping' },
    { status: 400, code: -32600 },
  ],
  [
    { jsonrpc: '2.0', id: null, method: 'ping' },
    { status: 400, code: -32600 },
  ],
  [
    { jsonrpc: '2.0', id: 1.5, method: 'ping' },
    { status: 400, code: -32600 },
  ],
  [
    { jsonrpc: '2.0', id: 1 },
    { status: 400, code: -32600, id: 1 },
  ],
  [
    { jsonrpc: '2.0', id: 1, method: 4 },
    { status: 400, code: -32600, id: 1 },
  ],
  [
    { jsonrpc: '2.0', id: 1, method: 'ping', params: [] },
    { status: 400, code: -32600, id: 1 },
  ],
])('%j is refused', ([body, answer], { expect }) => {
  expect(refusal({ body })).toEqual(answer)
})

const call = modern('tools/call', { name: 'greet' })

test.for<[string, object]>([
  ['clientCapabilities', { [MetaKey.clientCapabilities]: [] }],
  ['clientCapabilities missing', { [MetaKey.clientCapabilities]: undefined }],
  ['clientInfo', { [MetaKey.clientInfo]: { name: 'app' } }],
  ['protocolVersion', { [MetaKey.revision]: 20260728 }],
])('a broken %s is 400, −32602', ([, meta], { expect }) => {
  expect(refusal(modern('tools/list', {}, meta))).toEqual({ status: 400, code: -32602, id: 7 })
})

test.for<[InboundHeaders]>([
  [{ 'mcp-protocol-version': '2025-11-25' }],
  [{ 'mcp-protocol-version': undefined }],
  [{ 'mcp-protocol-version': ['2026-07-28', '2026-07-28'] }],
  [{ 'mcp-method': 'tools/list' }],
  [{ 'mcp-method': 'Tools/Call' }],
  [{ 'mcp-method': undefined }],
  [{ 'mcp-name': undefined }],
  [{ 'mcp-name': 'other' }],
  [{ 'mcp-name': '=?base64?Z3JlZX?=' }],
])('headers %j that disagree with the body are 400, −32020', ([headers], { expect }) => {
  expect(refusal(withHeaders(call, headers))).toEqual({ status: 400, code: -32020, id: 7 })
})

test('header values are compared without optional whitespace, decoded', ({ expect }) => {
  const padded = { 'mcp-protocol-version': ' 2026-07-28\t', 'mcp-name': '=?base64?Z3JlZXQ=?=' }
  expect(read(withHeaders(call, padded))).toMatchObject({ era: 'modern', method: 'tools/call' })
})

test('earlier checks win', ({ expect }) => {
  const everything = modern('no/such', {}, { [MetaKey.revision]: '2099-01-01' })
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': undefined }
  expect(refusal(withHeaders(everything, headers))).toMatchObject({ code: -32020 })
  const unserved = { 'mcp-protocol-version': undefined, 'mcp-method': undefined }
  expect(refusal(withHeaders(everything, unserved))).toMatchObject({ code: -32022 })
})

test('an unknown log level is −32602 in an ordinary answer', ({ expect }) => {
  const sent = modern('tools/list', {}, { [MetaKey.logLevel]: 'loud' })
  expect(refusal(sent)).toEqual({ status: 200, code: -32602, id: 7 })
})

const oddities = fc.oneof(fc.jsonValue(), fc.constantFrom('2.0', '2026-07-28', 'tools/call', {}))
const almostMessage = fc.record(
  {
    jsonrpc: fc.oneof(fc.constant('2.0'), oddities),
    id: oddities,
    method: fc.oneof(fc.constantFrom('initialize', 'tools/call', 'ping', '__proto__'), oddities),
    params: fc.oneof(
      fc.record(
        {
          name: oddities,
          protocolVersion: oddities,
          _meta: fc.oneof(
            fc.record(
              {
                [MetaKey.revision]: fc.oneof(fc.constantFrom(...REVISIONS), oddities),
                [MetaKey.clientCapabilities]: fc.oneof(fc.constant({}), oddities),
                [MetaKey.clientInfo]: oddities,
                [MetaKey.logLevel]: oddities,
                progressToken: oddities,
              },
              { requiredKeys: [] },
            ),
            oddities,
          ),
        },
        { requiredKeys: [] },
      ),
      oddities,
    ),
  },
  { requiredKeys: [] },
)
const anyHeader = fc.oneof(
  fc.constantFrom(undefined, '2026-07-28', '2025-11-25', 'tools/call', '=?base64?%?='),
  fc.string(),
  fc.array(fc.string()),
)
const anyHeaders = fc.record({
  'mcp-protocol-version': anyHeader,
  'mcp-method': anyHeader,
  'mcp-name': anyHeader,
})
const anyBody = fc.oneof(
  fc.string(),
  fc.json(),
  almostMessage.map((message) => JSON.stringify(message)),
)

test('whatever is sent, it is read or refused, and the refusal is a JSON-RPC error', ({
  expect,
}) => {
  fc.assert(
    fc.property(anyHeaders, anyBody, (headers, body) => {
      try {
        const { kind } = readInbound(headers, body, rules)
        expect(['request', 'notification', 'response']).toContain(kind)
      } catch (error) {
        if (!(error instanceof ProtocolRefusal)) throw error
        expect([200, 400, 404]).toContain(error.status)
        const answer = JSON.parse(formatRefusal(error))
        expect(answer).toMatchObject({ jsonrpc: '2.0', error: { code: error.code } })
        expect('id' in answer).toBe(error.id !== undefined)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('a legacy-only endpoint tells modern clients what a handshake may ask for', ({ expect }) => {
  const supported = ['2025-11-25', '2025-06-18']
  expect(refusal(modern('server/discover'), { ...rules, revisions: supported })).toEqual({
    status: 400,
    code: -32022,
    data: { supported, requested: '2026-07-28' },
    id: 7,
  })
})
