import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import type { InvocationOutcome } from './function-invoker.ts'
import {
  GREET,
  LAMBDA_ARN,
  REQUEST_ID,
  targetInput,
  testGateway,
} from '../../test/support/test-gateway.ts'

const CALL = { name: 'greeter___greet', arguments: { name: 'Ada' } }
const SERVER_INFO = { name: 'agentcore-gateway', version: '1.0.0' }
const GENERIC = 'An internal error occurred. Please retry later.'
const DEBUG = { exceptionLevel: 'DEBUG' } as const

const text = (it: string, isError: boolean) => ({ content: [{ type: 'text', text: it }], isError })

async function resultOf(answer: Promise<{ body: unknown }>): Promise<unknown> {
  const { result } = (await answer).body as { result: unknown }
  return result
}

test('a function gets the bare arguments, and who asked in six keys', async ({ expect }) => {
  const { legacy, invocations } = await testGateway()
  await legacy('tools/call', CALL)
  expect(invocations).toEqual([
    {
      lambdaArn: LAMBDA_ARN,
      payload: '{"name":"Ada"}',
      requestId: REQUEST_ID,
      context: {
        custom: {
          bedrockAgentCoreMessageVersion: '1.0',
          bedrockAgentCoreAwsRequestId: REQUEST_ID,
          bedrockAgentCoreMcpMessageId: 1,
          bedrockAgentCoreGatewayId: 'test-0000000000',
          bedrockAgentCoreTargetId: 'TARGET0001',
          bedrockAgentCoreToolName: 'greeter___greet',
        },
      },
    },
  ])
})

test('a message id that is a text stays a text', async ({ expect }) => {
  const { send, invocations } = await testGateway()
  const id = 'a "quoted" id'
  await send({ body: JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: CALL }) })
  expect(invocations).toMatchObject([{ context: { custom: { bedrockAgentCoreMcpMessageId: id } } }])
})

test('arguments that are left out are an empty object', async ({ expect }) => {
  const tools = [{ ...GREET, inputSchema: { type: 'object' } }]
  const { legacy, invocations } = await testGateway({ tools })
  await legacy('tools/call', { name: 'greeter___greet' })
  expect(invocations).toMatchObject([{ payload: '{}' }])
})

test.for<[string, string]>([
  ['"Hello, \\"Ada\\""', 'Hello, "Ada"'],
  ['{"statusCode":200,"body":"{}"}', '{"statusCode":200,"body":"{}"}'],
  ['{"content":[{"type":"text","text":"x"}]}', '{"content":[{"type":"text","text":"x"}]}'],
  ['[ 1, 12345678901234567890, 1.0 ]', '[ 1, 12345678901234567890, 1.0 ]'],
  ['true', 'true'],
  ['null', 'null'],
  ['', 'null'],
])('a function that returns %s shows as %s', async ([payload, shown], { expect }) => {
  const { legacy, modern } = await testGateway({ invoke: { kind: 'returned', payload } })
  expect(await resultOf(legacy('tools/call', CALL))).toEqual(text(shown, false))
  expect(await resultOf(modern('tools/call', CALL))).toEqual({
    ...text(shown, false),
    resultType: 'complete',
    _meta: { 'io.modelcontextprotocol/serverInfo': SERVER_INFO },
  })
})

test('an object is structured content where the tool promised one', async ({ expect }) => {
  const tools = [{ ...GREET, outputSchema: { type: 'object' } }]
  const { legacy } = await testGateway({ tools, invoke: { kind: 'returned', payload: '{"n":1}' } })
  const structuredContent = { n: 1 }
  const shown = { ...text('{"n":1}', false), structuredContent }
  expect(await resultOf(legacy('tools/call', CALL))).toEqual(shown)
  const list = await testGateway({ tools, invoke: { kind: 'returned', payload: '[1]' } })
  expect(await resultOf(list.legacy('tools/call', CALL))).toEqual(text('[1]', false))
})

test('structured content that is no object exists since 2026-07-28', async ({ expect }) => {
  const tools = [{ ...GREET, outputSchema: { type: 'string' } }]
  const { legacy, modern } = await testGateway({ tools })
  expect(await resultOf(legacy('tools/call', CALL))).toEqual(text('Hello', false))
  expect(await resultOf(modern('tools/call', CALL))).toMatchObject({ structuredContent: 'Hello' })
})

test('an unknown tool is a protocol error with status 200', async ({ expect }) => {
  const { legacy, modern, invocations } = await testGateway()
  for (const name of ['greeter___nobody', 'nobody___greet', 'greet', '', 'greeter__greet', '___']) {
    const body = {
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32602, message: `Unknown tool: ${name}` },
    }
    expect(await legacy('tools/call', { name })).toMatchObject({ status: 200, body })
    expect(await modern('tools/call', { name })).toMatchObject({ status: 200, body })
  }
  expect(invocations).toEqual([])
})

test('a tool name may have underscores of its own, also in front', async ({ expect }) => {
  const tools = [{ ...GREET, name: '___greet___all' }]
  const { legacy } = await testGateway({ tools })
  const call = { ...CALL, name: 'greeter______greet___all' }
  expect(await resultOf(legacy('tools/call', call))).toEqual(text('Hello', false))
})

test.for<[unknown]>([[undefined], [7], [null]])(
  'a call of %s is refused',
  async ([name], { expect }) => {
    const { legacy } = await testGateway()
    expect(await legacy('tools/call', { name })).toMatchObject({
      status: 200,
      body: { id: 1, error: { code: -32602 } },
    })
  },
)

test.for<[unknown]>([[null], [[]], ['{}'], [7]])(
  'arguments %j are refused',
  async ([args], { expect }) => {
    const { legacy, invocations } = await testGateway()
    const sent = await legacy('tools/call', { ...CALL, arguments: args })
    expect(sent).toMatchObject({ status: 200, body: { id: 1, error: { code: -32602 } } })
    expect(invocations).toEqual([])
  },
)

test('arguments that do not fit are a result the model can read', async ({ expect }) => {
  const { legacy, invocations } = await testGateway()
  const told =
    'ValidationException - Parameter validation failed: Invalid request parameters:\n' +
    "- Missing required field(s): 'name'"
  const sent = legacy('tools/call', { ...CALL, arguments: {} })
  expect(await resultOf(sent)).toEqual(text(told, true))
  expect(invocations).toEqual([])
})

test('arguments that are too deep to be written again are such a result too', async ({
  expect,
}) => {
  const { send } = await testGateway()
  const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
  const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"greeter___greet","arguments":{"name":"Ada","more":${deep}}}}`
  expect(await send({ body })).toMatchObject({ status: 200, body: { result: { isError: true } } })
})

const FAILURES: [InvocationOutcome, string, string][] = [
  [
    {
      kind: 'threw',
      errorType: 'TypeError',
      errorMessage: 'no name',
      stackTrace: ['at a', 'at b'],
    },
    'TypeError',
    `Lambda function ${LAMBDA_ARN} failed with TypeError: no name`,
  ],
  [
    { kind: 'timed-out', limitMs: 3_000 },
    'Sandbox.Timedout',
    `Lambda function ${LAMBDA_ARN} timed out after 3 seconds. Raise the timeout of the function, or let it do less.`,
  ],
  [
    { kind: 'exited', exitCode: 7, signal: null },
    'Runtime.ExitError',
    `Lambda function ${LAMBDA_ARN} exited before it answered (exit code 7).`,
  ],
  [
    { kind: 'exited', exitCode: null, signal: 'SIGKILL' },
    'Runtime.ExitError',
    `Lambda function ${LAMBDA_ARN} exited before it answered (signal SIGKILL).`,
  ],
  [
    { kind: 'throttled' },
    'TooManyRequestsException',
    `Lambda function ${LAMBDA_ARN} was throttled: everything that may run it is busy. Retry later, or raise its concurrency.`,
  ],
  [
    { kind: 'too-large', bytes: 7_000_000 },
    'Function.ResponseSizeTooLarge',
    `Lambda function ${LAMBDA_ARN} returned 7000000 bytes, which is more than a response may have. Return less, or in parts.`,
  ],
  [
    { kind: 'init-failed', errorType: 'Runtime.ImportModuleError', errorMessage: 'no module a' },
    'Runtime.ImportModuleError',
    `Lambda function ${LAMBDA_ARN} did not start. Runtime.ImportModuleError: no module a`,
  ],
  [
    { kind: 'returned', payload: '{"cut":' },
    'Runtime.InvalidResponse',
    `Lambda function ${LAMBDA_ARN} returned something that is not JSON.`,
  ],
]

test.for(FAILURES)('%j is a result with isError', async ([invoke, type, told], { expect }) => {
  const quiet = await testGateway({ invoke })
  expect(await resultOf(quiet.legacy('tools/call', CALL))).toEqual(text(GENERIC, true))
  const debug = await testGateway({ invoke, gateway: DEBUG })
  expect(await resultOf(debug.legacy('tools/call', CALL))).toEqual({
    ...text(told, true),
    _meta: { debug: { type, text: told } },
  })
  const modern = await resultOf(debug.modern('tools/call', CALL))
  expect(modern).toMatchObject({ resultType: 'complete', _meta: { debug: { type, text: told } } })
})

test('the true cause is logged under the request id, at any level', async ({ expect }) => {
  const [invoke] = FAILURES[0]!
  const { legacy, logged } = await testGateway({ invoke })
  await legacy('tools/call', CALL)
  expect(logged).toEqual([
    {
      message: 'A tool call failed',
      requestId: REQUEST_ID,
      gatewayId: 'test-0000000000',
      tool: 'greeter___greet',
      lambdaArn: LAMBDA_ARN,
      errorType: 'TypeError',
      error: `Lambda function ${LAMBDA_ARN} failed with TypeError: no name`,
      cause: 'at a\nat b',
    },
  ])
})

test('an invocation that cannot be tried is a result too; only a refusal is quoted', async ({
  expect,
}) => {
  const refused = new HostError('ERR_NOT_FOUND', 'There is no function greeter.')
  const missing = await testGateway({ gateway: DEBUG, invoke: () => Promise.reject(refused) })
  expect(await resultOf(missing.legacy('tools/call', CALL))).toMatchObject(
    text(`Lambda function ${LAMBDA_ARN} could not be invoked. There is no function greeter.`, true),
  )
  const broken = await testGateway({
    gateway: DEBUG,
    invoke: () => {
      throw new Error('secret inside')
    },
  })
  expect(await resultOf(broken.legacy('tools/call', CALL))).toMatchObject(
    text(`Lambda function ${LAMBDA_ARN} could not be invoked. The log has the cause.`, true),
  )
  expect(broken.logged).toMatchObject([{ cause: expect.stringContaining('secret inside') }])
})

test('more than 6 MB do not come back', async ({ expect }) => {
  const limits = { maxPayloadBytes: 1_000, gateway: DEBUG }
  const returning = (payload: string) =>
    testGateway({ ...limits, invoke: { kind: 'returned', payload } })
  const fits = await returning(JSON.stringify('a'.repeat(998)))
  expect(await resultOf(fits.legacy('tools/call', CALL))).toMatchObject({ isError: false })
  const long = await returning(JSON.stringify('ä'.repeat(500)))
  expect(await resultOf(long.legacy('tools/call', CALL))).toMatchObject({
    isError: true,
    _meta: { debug: { type: 'Function.ResponseSizeTooLarge' } },
  })
})

test('a function that does not answer in time is given up', async ({ expect }) => {
  const never = () => new Promise<never>(() => {})
  const { legacy } = await testGateway({ gateway: DEBUG, timeoutMs: 1, invoke: never })
  expect(await resultOf(legacy('tools/call', CALL))).toMatchObject({
    isError: true,
    _meta: { debug: { type: 'GatewayTimeout' } },
  })
})

test('a caller that goes away cancels the call since 2026-07-28, and not before', async ({
  expect,
}) => {
  const { send, invocations } = await testGateway()
  const { signal } = new AbortController()
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: CALL })
  await send({ signal: () => signal, body })
  await send(modernCall(signal))
  expect(invocations.map((it) => (it as { signal?: unknown }).signal)).toEqual([undefined, signal])
})

test('a call that was cancelled is logged as that, however the function took it', async ({
  expect,
}) => {
  const controller = new AbortController()
  const { send, logged } = await testGateway({
    invoke: () => {
      controller.abort()
      return Promise.reject(new Error('aborted'))
    },
  })
  await send(modernCall(controller.signal))
  expect(logged).toMatchObject([{ message: 'A tool call failed', errorType: 'CallerGone' }])
})

test('a call under way ends as it began, whatever happens to its target', async ({ expect }) => {
  const started = Promise.withResolvers<void>()
  const { promise, resolve } = Promise.withResolvers<InvocationOutcome>()
  const { gateways, record, put, legacy } = await testGateway({
    tools: [{ ...GREET, outputSchema: { type: 'object' } }],
    invoke: () => {
      started.resolve()
      return promise
    },
  })
  const underWay = legacy('tools/call', CALL)
  await started.promise
  put([targetInput([{ ...GREET, name: 'other' }])])
  expect(await legacy('tools/call', CALL)).toMatchObject({ body: { error: { code: -32602 } } })
  gateways.removeGateway(record.gatewayId)
  resolve({ kind: 'returned', payload: '{"old":true}' })
  expect(await resultOf(underWay)).toMatchObject({ structuredContent: { old: true } })
})

function modernCall(signal: AbortSignal) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const params = { ...CALL, _meta }
  return {
    signal: () => signal,
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': CALL.name,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  }
}
