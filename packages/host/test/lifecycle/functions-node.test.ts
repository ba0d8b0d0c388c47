import { test } from 'vitest'
import { startFunctionWorld } from '../support/function-world.ts'

const clientContext = JSON.stringify({ custom: { bedrockAgentCoreToolName: 'web___search' } })

test('a handler gets event and context, and its value comes back as JSON', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const { description } = await world.put({
    files: {
      'index.mjs': `export const handler = async (event, context) => ({
        event, name: context.functionName, id: context.awsRequestId, arn: context.invokedFunctionArn,
        memory: context.memoryLimitInMB, custom: context.clientContext.custom,
        hasTime: context.getRemainingTimeInMillis() > 9000, stream: typeof context.logStreamName,
      })`,
    },
  })
  expect(description).toBeUndefined()
  const event = { text: 'Grüße 🌍\n"quoted"', nested: [1, null] }
  const outcome = await world.invoke(event, { requestId: 'r-1', clientContext })
  expect(outcome).toEqual({ kind: 'returned', payload: expect.any(String) })
  expect(JSON.parse('payload' in outcome ? outcome.payload : '')).toEqual({
    event,
    name: 'it',
    id: 'r-1',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:it',
    memory: '256',
    custom: { bedrockAgentCoreToolName: 'web___search' },
    hasTime: true,
    stream: 'string',
  })
})

test('a payload may be pretty-printed', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': 'export const handler = async (event) => event.a' } })
  const outcome = await world.functions.invoke('it', '{\n  "a": [\n    1\n  ]\n}', {
    requestId: 'r',
  })
  expect(outcome).toEqual({ kind: 'returned', payload: '[1]' })
})

test.for([
  ['an async function', 'exports.handler = async () => 1', '1'],
  ['a function that returns a value', 'exports.handler = () => ({ a: 1 })', '{"a":1}'],
  ['a callback', 'exports.handler = (e, c, done) => setTimeout(() => done(null, 2), 1)', '2'],
  [
    'a callback that does not wait for the event loop',
    `exports.handler = (e, context, done) => {
      context.callbackWaitsForEmptyEventLoop = false
      setInterval(() => {}, 1000)
      done(null, 3)
    }`,
    '3',
  ],
  ['nothing at all', 'exports.handler = () => {}', 'null'],
  ['an async function without a value', 'exports.handler = async () => {}', 'null'],
  [
    'a response stream',
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('"first ')
      stream.end('second"')
    })`,
    '"first second"',
  ],
] as const)('a handler may answer by %s', async ([, source, payload], { expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.cjs': source } })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload })
})

test.for([
  ['CommonJS', 'index.handler', { 'index.js': 'exports.handler = () => 1' }],
  [
    'a module by its package.json',
    'index.handler',
    { 'index.js': 'export const handler = () => 1', 'package.json': '{"type":"module"}' },
  ],
  ['TypeScript', 'server.handler', { 'server.ts': 'export const handler = (n: number) => 1' }],
  [
    'a folder and a nested export',
    'src/app.a.b',
    { 'src/app.mjs': 'export const a = { b: () => 1 }' },
  ],
  [
    'a default export',
    'index.default.handler',
    { 'index.mts': 'export default { handler: () => 1 }' },
  ],
  ['a package', 'tool.handler', { 'node_modules/tool/index.js': 'exports.handler = () => 1' }],
] as const)('a handler is found in %s', async ([, handler, files], { expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files, handler })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '1' })
})

test.for([
  ['Runtime.ImportModuleError', 'nowhere.handler', 'export const handler = 1'],
  ['Runtime.HandlerNotFound', 'index.other', 'export const handler = 1'],
  ['Runtime.HandlerNotFound', 'index.handler', 'export const handler = 1'],
  ['Runtime.MalformedHandlerName', 'index', 'export const handler = 1'],
  ['Runtime.UserCodeSyntaxError', 'index.handler', 'export const handler = ;'],
  ['Runtime.ExitError', 'index.handler', 'console.error("no key"); process.exit(4)'],
  ['RangeError: too far', 'index.handler', 'throw new RangeError("too far")'],
  [
    'Runtime.UnhandledPromiseRejection',
    'index.handler',
    'Promise.reject(1); await new Promise(() => setTimeout(() => {}, 1e6))',
  ],
] as const)(
  'code that does not start is refused with %s',
  async ([type, handler, source], { expect }) => {
    await using world = await startFunctionWorld()
    const put = world.put({ files: { 'index.mjs': source }, handler })
    await expect(put).rejects.toMatchObject({
      code: 'ERR_TARGET_FAILED',
      message: expect.stringContaining(type),
    })
    await expect(world.invoke({})).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  },
)

test.for([
  ['an error', 'throw new TypeError("no")', { errorType: 'TypeError', errorMessage: 'no' }],
  ['a string', 'throw "no"', { errorType: 'string', errorMessage: 'no' }],
  [
    'a rejection that nobody handles',
    'Promise.reject(new Error("lost")); await new Promise((done) => setTimeout(done, 1e4))',
    { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
  ],
  [
    'an exception outside of any promise',
    'setTimeout(() => { throw new RangeError("later") }); await new Promise((done) => setTimeout(done, 1e4))',
    { errorType: 'RangeError', errorMessage: 'later' },
  ],
  [
    'a promise that nothing can settle',
    'await new Promise(() => {})',
    {
      errorType: 'Runtime.NodeJsExit',
      errorMessage:
        'The handler returned a promise that was never settled, and nothing is left that could settle it',
    },
  ],
  [
    'a value that is not JSON',
    'return 1n',
    {
      errorType: 'Runtime.MarshalError',
      errorMessage:
        'Unable to stringify response body: TypeError: Do not know how to serialize a BigInt',
    },
  ],
] as const)(
  'a handler that ends in %s threw, and the next call is served',
  async ([, body, error], { expect }) => {
    await using world = await startFunctionWorld()
    const source = `export const handler = async (event) => { if (event.fine) return 1; ${body} }`
    await world.put({ files: { 'index.mjs': source } })
    expect(await world.invoke({})).toEqual({
      kind: 'threw',
      ...error,
      stackTrace: expect.any(Array),
    })
    expect(await world.invoke({ fine: true })).toEqual({ kind: 'returned', payload: '1' })
  },
)

test('a stack trace ends where the code of the author ends', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({
    files: { 'index.mjs': 'export const handler = () => { throw new Error("x") }' },
  })
  const outcome = await world.invoke({})
  const stack = 'stackTrace' in outcome ? outcome.stackTrace : []
  expect(stack).toEqual(['Error: x', expect.stringContaining('index.mjs:1:')])
})

test('a handler that exits or is killed exited', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = (event) => event.kill ? process.kill(process.pid, 'SIGKILL') : process.exit(7)`
  await world.put({ files: { 'index.mjs': source } })
  expect(await world.invoke({})).toEqual({ kind: 'exited', exitCode: 7, signal: null })
  expect(await world.invoke({ kill: 1 })).toEqual({
    kind: 'exited',
    exitCode: null,
    signal: 'SIGKILL',
  })
})

test('a handler that takes too long is timed out, also one that never yields', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async (event) => {
    console.log('begun')
    while (event.spin) {}
    await new Promise((done) => setTimeout(done, event.ms ?? 1e6))
    return process.pid
  }`
  await world.put({ files: { 'index.mjs': source }, timeoutMs: 300 })
  expect(await world.invoke({}, { requestId: 'waits' })).toEqual({
    kind: 'timed-out',
    limitMs: 300,
  })
  expect(await world.invoke({ spin: 1 }, { requestId: 'spins' })).toEqual({
    kind: 'timed-out',
    limitMs: 300,
  })
  expect(await world.invoke({ ms: 1 })).toMatchObject({ kind: 'returned' })
  expect(world.lines.map(({ requestId, line }) => [requestId, line])).toEqual([
    ['waits', 'begun'],
    ['spins', 'begun'],
    [expect.any(String), 'begun'],
  ])
})

test('a response of more than 6 MB is too large, and just less is not', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async (event) => event.text.repeat(event.count)`
  await world.put({ files: { 'index.mjs': source } })
  const largest = await world.invoke({ text: 'x', count: 6_291_554 })
  expect('payload' in largest && largest.payload.length).toBe(6_291_556)
  const asBytes = await world.invoke({ text: 'ü', count: 3_200_000 })
  expect(asBytes).toEqual({ kind: 'too-large', bytes: 6_400_002 })
  const request = world.functions.invoke('it', `"${'x'.repeat(6_291_555)}"`, { requestId: 'r' })
  await expect(request).rejects.toMatchObject({ code: 'ERR_LIMIT_EXCEEDED' })
})

test('a function that takes more memory than it has is ended, and the log says why', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const source = `const kept = []
  export const handler = async (event) => {
    for (let mb = 0; mb < event.mb; mb += 10) kept.push(Buffer.alloc(10 << 20, 1))
    await new Promise((done) => setTimeout(done, 1e4))
  }`
  await world.put({ files: { 'index.mjs': source }, memorySizeMb: 128 })
  const outcome = await world.invoke({ mb: 150 })
  expect(outcome).toEqual({ kind: 'exited', exitCode: null, signal: 'SIGKILL' })
  expect(await world.logWith('signal: SIGKILL')).toMatch(
    /\d+ MB of memory are in use, the function may have 128 MB/,
  )
})

test('a handler made by defineServer says what its tools are', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async () => 1
  handler.describeTools = async () => ({ tools: [{ name: 'search' }], losses: [] })`
  const put = await world.put({ files: { 'index.mjs': source } })
  expect(put).toEqual({ description: { tools: [{ name: 'search' }], losses: [] } })
})

test('a handler that writes to the pipes of its runtime only harms itself', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `import { writeSync } from 'node:fs'
  export const handler = async (event) => {
    if (event.harm) writeSync(4, 'nonsense\\n')
    await new Promise((done) => setTimeout(done, 50))
    return 1
  }`
  await world.put({ files: { 'index.mjs': source } })
  expect(await world.invoke({ harm: true })).toMatchObject({ kind: 'exited', signal: 'SIGKILL' })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '1' })
})
