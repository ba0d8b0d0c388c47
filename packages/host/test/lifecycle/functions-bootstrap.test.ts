import { test } from 'vitest'
import { startFunctionWorld, until } from '../support/function-world.ts'

const runtime = 'provided.al2023'

// The tutorial of the Lambda developer guide ("Building a custom runtime"), with curl.
const SHELL = `#!/bin/sh
set -u
echo "loaded $_HANDLER"
API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
  HEADERS="$(mktemp)"
  EVENT=$(curl -sS -LD "$HEADERS" "$API/invocation/next") || exit 1
  ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  echo "event $EVENT"
  curl -sS "$API/invocation/$ID/response" -d "$EVENT" > /dev/null
done
`

/** A bootstrap in Node: \`api(method, path, body?, headers?)\` calls the Runtime API. */
function nodeBootstrap(body: string): string {
  return `#!${process.execPath}
    const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime'
    const api = async (method, path, body, headers = {}) => {
      const response = await fetch(base + path, { method, body, headers, duplex: 'half' })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
    }
    const next = async () => {
      const got = await api('GET', '/invocation/next')
      return { ...got, id: got.headers.get('lambda-runtime-aws-request-id') }
    }
    const main = async () => { ${body} }
    main()`
}

test('a shell script is a function', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { bootstrap: SHELL }, runtime, handler: 'any.thing' })
  for (const text of ['one', 'two']) {
    const outcome = await world.invoke({ text }, { requestId: text })
    expect(outcome).toEqual({ kind: 'returned', payload: JSON.stringify({ text }) })
  }
  const lines = world.lines.map(({ line, requestId }) => [requestId, line])
  expect(lines[0]).toEqual([undefined, 'loaded any.thing'])
  expect(lines.filter(([requestId]) => requestId !== undefined)).toEqual([
    ['one', 'event {"text":"one"}'],
    ['two', 'event {"text":"two"}'],
  ])
})

test('the bootstrap may be in a layer, and a later layer wins', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const answer = (text: string) =>
    nodeBootstrap(
      `for (;;) { const { id } = await next(); await api('POST', '/invocation/' + id + '/response', '"${text}"') }`,
    )
  await world.put({
    files: { '../one/bootstrap': answer('one'), '../two/bootstrap': answer('two') },
    runtime,
    layers: ['one', 'two'],
  })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '"two"' })
})

test('the next invocation comes with the headers of the Runtime API', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const body = `for (;;) {
    const { id, headers, text } = await next()
    const response = JSON.stringify({ headers: Object.fromEntries(headers), text })
    await api('POST', '/invocation/' + id + '/response', response)
  }`
  await world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime })
  const clientContext = JSON.stringify({ custom: { name: 'Grüße 🌍' } })
  const outcome = await world.invoke({ a: 'ü' }, { requestId: 'r-1', clientContext })
  const { headers, text } = JSON.parse('payload' in outcome ? outcome.payload : '{}')
  expect(text).toBe('{"a":"ü"}')
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': 'r-1',
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:000000000000:function:it',
  })
  expect(JSON.parse(headers['lambda-runtime-client-context'])).toEqual(JSON.parse(clientContext))
  expect(Number(headers['lambda-runtime-deadline-ms'])).toBeGreaterThan(1.7e12)
})

test('calls out of turn are refused, and change nothing', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const body = `
    const seen = []
    const see = async (...call) => { const { status, json } = await api(...call); seen.push([status, json().errorType]) }
    await see('POST', '/invocation/nothing/response', '1')
    await see('GET', '/nowhere')
    const { id } = await next()
    await see('POST', '/init/error', '{}')
    await see('GET', '/invocation/next')
    await see('POST', '/invocation/other/response', '1')
    await see('POST', '/invocation/' + id + '/response', '1', { 'Lambda-Runtime-Function-Response-Mode': 'odd' })
    await see('POST', '/invocation/' + id + '/response', '1')
    const second = await next()
    await api('POST', '/invocation/' + second.id + '/response', JSON.stringify(seen))
    await next()`
  await world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime })
  expect(await world.invoke({})).toMatchObject({
    kind: 'threw',
    errorType: 'Runtime.InvalidResponseModeHeader',
  })
  const outcome = await world.invoke({})
  expect(JSON.parse('payload' in outcome ? outcome.payload : '[]')).toEqual([
    [400, 'InvalidRequestID'],
    [404, 'NotFound'],
    [403, 'InvalidStateTransition'],
    [403, 'InvalidStateTransition'],
    [400, 'InvalidRequestID'],
    [400, 'InvalidFunctionResponseMode'],
    [403, 'InvalidStateTransition'],
  ])
})

test.for([
  [
    'an error with everything',
    `'/error', JSON.stringify({ errorType: 'Own', errorMessage: 'no', stackTrace: ['a', 'b'] })`,
    { kind: 'threw', errorType: 'Own', errorMessage: 'no', stackTrace: ['a', 'b'] },
  ],
  [
    'an error whose type is in the header alone',
    `'/error', 'not JSON', { 'Lambda-Runtime-Function-Error-Type': 'Runtime.Own' }`,
    { kind: 'threw', errorType: 'Runtime.Own', errorMessage: '' },
  ],
  [
    'an error that says nothing',
    `'/error', ''`,
    { kind: 'threw', errorType: 'Runtime.Unknown', errorMessage: '' },
  ],
  [
    'a response that is too large',
    `'/response', 'x'.repeat(6_300_000)`,
    { kind: 'too-large', bytes: 6_300_000 },
  ],
  [
    'a streamed response',
    `'/response', new Blob(['"one ', 'two"']).stream(), { 'Lambda-Runtime-Function-Response-Mode': 'streaming' }`,
    { kind: 'returned', payload: '"one two"' },
  ],
] as const)('a runtime answers with %s', async ([, call, outcome], { expect }) => {
  await using world = await startFunctionWorld()
  const body = `for (;;) {
    const { id } = await next()
    const post = (kind, ...rest) => api('POST', '/invocation/' + id + kind, ...rest)
    await post(${call})
  }`
  await world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime })
  expect(await world.invoke({})).toEqual(outcome)
  expect(await world.invoke({})).toEqual(outcome)
})

test('an init error is refused with what the runtime said', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const body = `await api('POST', '/init/error', '{"errorType":"Own.Init","errorMessage":"no key"}'); process.exit(1)`
  const put = world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime })
  await expect(put).rejects.toThrow('Own.Init: no key')
})

test('a bootstrap that leaves is told apart by when it leaves', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const early = world.put({ files: { bootstrap: '#!/bin/sh\necho no model >&2\nexit 9' }, runtime })
  await expect(early).rejects.toThrow(/Runtime.ExitError: .*exit status 9\nno model/)
  await world.put({ files: { bootstrap: nodeBootstrap('await next(); process.exit(3)') }, runtime })
  expect(await world.invoke({})).toEqual({ kind: 'exited', exitCode: 3, signal: null })
  const afterwards = nodeBootstrap(
    `const { id } = await next(); await api('POST', '/invocation/' + id + '/response', '1'); process.exit(0)`,
  )
  await world.put({ files: { bootstrap: afterwards }, runtime })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '1' })
  expect(await world.invoke({})).toEqual({ kind: 'returned', payload: '1' })
})

test('a bootstrap that never asks for more after its answer is ended with its time', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const body = `const { id } = await next()
    await api('POST', '/invocation/' + id + '/response', String(process.pid))
    setInterval(() => {}, 1000)`
  await world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime, timeoutMs: 500 })
  const first = await world.invoke({})
  expect(first).toMatchObject({ kind: 'returned' })
  await until(async () => ((await world.folders()).length === 0 ? true : undefined))
  expect(await world.invoke({})).not.toEqual(first)
})

test('a bootstrap that cannot be executed is refused with what to do', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const put = world.put({ files: { bootstrap: 'not a script' }, runtime })
  await expect(put).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    message: expect.stringContaining('chmod +x'),
  })
})

test('only the process itself may use its API', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const body = `console.log(process.env.AWS_LAMBDA_RUNTIME_API); await next()`
  await world.put({ files: { bootstrap: nodeBootstrap(body) }, runtime })
  const address = world.lines[0]?.line ?? ''
  const origin = await fetch(`http://${address}/2018-06-01/runtime/invocation/next`, {
    headers: { origin: 'https://evil.example' },
  })
  expect(origin.status).toBe(403)
})
