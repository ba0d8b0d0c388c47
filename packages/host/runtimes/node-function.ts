// Runs inside the children of the host: loads a Node.js handler and runs one invocation at a time.
//
//   node node-function.ts <timeout in ms> <function ARN>, with pipes on fd 3 and 4
//
// Different from the official client: no HTTP between host and handler; functions without a
// callback parameter may just return a value; handlers may be TypeScript; callbacks work in every version.
import { InvocationContext, type Call, type Identity } from './node-function-context.ts'
import { describeError, RuntimeError } from './node-function-error.ts'
import { loadHandler, loadRarely, provideSdk, type Handler } from './node-function-handler.ts'
import { captureOutput } from './node-function-output.ts'
import { listenToHost, tellHost } from './node-function-pipes.ts'
import type * as ResponseUrl from './node-function-response-url.ts'
import { defineStreaming, gatherStream, isStreaming } from './node-function-stream.ts'

interface Invocation {
  readonly startedAt: number
  /** Whether the handler returned a promise. */
  isAsync: boolean
  /** A callback's result that waits until the event loop is empty. */
  result?: { readonly value: unknown }
}

const MAX_PAYLOAD_BYTES = 6_291_556
/** What the events of custom resources have in them, as a member or (a state machine's error) in a text. */
const RESPONSES_PATH = '/cloudformation/responses/'
const MAX_CUSTOM_RESOURCE_CHARS = 300_000

const [timeoutText, invokedFunctionArn = ''] = process.argv.splice(2)
const timeoutMs = Number(timeoutText)
const { env } = process
const identity: Identity = {
  functionName: env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
  functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
  memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
  logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
  logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
}

/** Three lines per invocation: `<request id> <lease end>[ <function ARN>]`, event, client context. */
const inbox: string[] = []
let handle: Handler = () => {}
let isLoaded = false
let isStreamed = false
let running: Invocation | undefined

function begin(): void {
  while (inbox.length >= 3) {
    const [header = '', payload = '', clientContext = ''] = inbox.splice(0, 3)
    const [requestId = '', lease = '', arn = invokedFunctionArn] = header.split(' ')
    const leaseEndsAt = Number(lease)
    const startedAt = performance.now()
    // After the previous answer was written: the host relies on that order.
    if (leaseEndsAt === 0 || sharedNow() <= leaseEndsAt) {
      return run({ requestId, invokedFunctionArn: arn }, payload, clientContext, startedAt)
    }
    tellHost('D')
  }
}

/** Milliseconds on the clock that this process shares with the host. */
function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

function run(call: Call, payload: string, clientContext: string, startedAt: number): void {
  const invocation: Invocation = { startedAt, isAsync: false }
  running = invocation
  let result: unknown
  try {
    const event: unknown = JSON.parse(payload)
    if (payload.length <= MAX_CUSTOM_RESOURCE_CHARS && payload.includes(RESPONSES_PATH)) {
      const { openResponseUrls } = loadRarely('node-function-response-url') as typeof ResponseUrl
      openResponseUrls(payload)
    }
    const deadlineMs = Date.now() + timeoutMs
    const context = new InvocationContext(identity, call, clientContext, deadlineMs)
    result = handle(event, context, (error, value) => callBack(invocation, context, error, value))
  } catch (error) {
    return fail(invocation, error)
  }
  if (isThenable(result)) {
    invocation.isAsync = true
    result.then(
      (value) => succeed(invocation, value),
      (error: unknown) => fail(invocation, error),
    )
  } else if (result !== undefined && handle.length < 3) succeed(invocation, result)
  // From here on only the handler's own work keeps the process alive; see `beforeExit`.
  if (running === invocation) host.unref()
}

function callBack(
  invocation: Invocation,
  { callbackWaitsForEmptyEventLoop }: InvocationContext,
  error: unknown,
  value: unknown,
): void {
  if (error !== undefined && error !== null) fail(invocation, error)
  else if (callbackWaitsForEmptyEventLoop) invocation.result ??= { value }
  else succeed(invocation, value)
}

function succeed(invocation: Invocation, value: unknown): void {
  let payload: string
  try {
    payload = JSON.stringify(value === undefined ? null : value) ?? 'null'
  } catch (error) {
    return fail(
      invocation,
      new RuntimeError('MarshalError', `Unable to stringify response body: ${String(error)}`),
    )
  }
  // A character has at most three bytes, so most payloads need not be measured.
  const bytes = payload.length * 3 > MAX_PAYLOAD_BYTES ? Buffer.byteLength(payload) : 0
  if (bytes > MAX_PAYLOAD_BYTES) answer(invocation, 'L', String(bytes))
  else answer(invocation, isStreamed ? 'S' : 'R', payload)
}

function fail(invocation: Invocation, error: unknown): void {
  answer(invocation, 'T', JSON.stringify(describeError(error)))
}

/** The first answer counts, and only while its invocation runs. */
function answer(invocation: Invocation, kind: string, text: string): void {
  if (running !== invocation) return
  const micros = Math.round((performance.now() - invocation.startedAt) * 1000)
  running = undefined
  tellHost(`${kind}${micros} ${text}`)
  if (kind === 'F') return
  host.ref()
  begin()
}

/** Nothing can be trusted after an error that nobody caught: the process leaves, as on Lambda. */
function leave(error: unknown, exitCode: number): never {
  const text = JSON.stringify(describeError(error))
  if (!isLoaded) tellHost(`X${text}`)
  else if (running !== undefined) answer(running, 'F', text)
  else process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`)
  process.exit(exitCode)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'
}

captureOutput(() => running !== undefined)
defineStreaming()
provideSdk()
process.on('uncaughtException', (error) => leave(error, 129))
process.on('unhandledRejection', (reason) => {
  leave(new RuntimeError('UnhandledPromiseRejection', String(reason), reason), 128)
})
process.on('beforeExit', () => {
  if (running === undefined) return
  const { isAsync, result } = running
  if (isAsync) {
    fail(
      running,
      new RuntimeError(
        'NodeJsExit',
        'The handler returned a promise that was never settled, and nothing is left that could settle it',
      ),
    )
  } else succeed(running, result?.value)
})

const host = listenToHost((lines) => {
  inbox.push(...lines)
  if (running === undefined) begin()
})
try {
  const loaded = await loadHandler(env['LAMBDA_TASK_ROOT'] ?? process.cwd(), env['_HANDLER'] ?? '')
  const description = JSON.stringify(await loaded.describeTools?.())
  isStreamed = isStreaming(loaded)
  handle = isStreamed ? gatherStream(loaded) : loaded
  isLoaded = true
  tellHost(`I${description ?? ''}`)
} catch (error) {
  leave(error, 1)
}
// Otherwise the cache would only be written by an exit of our own, and we are usually killed.
setImmediate(() => process.getBuiltinModule('node:module').flushCompileCache?.())
