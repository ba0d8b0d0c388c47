// The Lambda Runtime API ("Using the Lambda runtime API for custom runtimes", Lambda developer
// guide), one listener per execution environment, so that the official runtime clients and any
// executable `bootstrap` work unchanged. Statuses and error types are those of the service's open
// emulator (aws/aws-lambda-runtime-interface-emulator).
//
// Different from the service: a streamed response is gathered and returned whole, within the limit of
// a buffered one. What is missing: restore (SnapStart), extensions, X-Ray.
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { jsonAnswer, sendAnswer } from '../http/exchange.ts'
import { refuseForeignNames } from '../http/host-check.ts'
import { http } from '../http/node-http.ts'
import { errorMessage } from '../kernel/host-error.ts'
import { MAX_PAYLOAD_BYTES } from './compat.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import type { Invocation } from './invocation.ts'
import type { Lane, LaneEvents } from './lane.ts'
import { nextHeaders } from './next-headers.ts'
import type { InvocationOutcome } from './outcome.ts'
import { isKnownResponseMode, readFunctionError, readOutcome } from './read-outcome.ts'

/** Where the runtime is, as far as its calls tell. */
type RuntimeState =
  | { readonly phase: 'starting' }
  /** It asked for the next invocation; that request is held until there is one. */
  | { readonly phase: 'waiting'; readonly next: ServerResponse }
  | { readonly phase: 'running'; readonly requestId: string }
  | { readonly phase: 'answered'; readonly requestId: string }

const PREFIX = '/2018-06-01/runtime'
const INVOCATION = new RegExp(`^${PREFIX}/invocation/([^/]+)/(response|error)$`)
/** Ours: the folder of a package that Lambda would bring along, once it is there. */
const PACKAGE = /^\/catamaran\/packages\/([\w.-]{1,100})$/
const OURS = { hosts: new Set<string>(), origins: new Set<string>() }

/** Opens the API for one process, on a free port of loopback. */
export async function startRuntimeApiLane(
  configuration: FunctionConfiguration,
  events: LaneEvents,
): Promise<Lane> {
  const server = http.createServer()
  // A handler may be silent for as long as its function may run.
  server.keepAliveTimeout = 0
  server.headersTimeout = 0
  server.requestTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new RuntimeApiLane(server, configuration, events)
}

class RuntimeApiLane implements Lane {
  readonly readsAhead = false
  readonly isMidAnswer = false
  readonly variables: Readonly<Record<string, string>>
  readonly #server: Server
  readonly #configuration: FunctionConfiguration
  readonly #events: LaneEvents
  #state: RuntimeState = { phase: 'starting' }
  #outgoing: Invocation | undefined
  #isReadingOutput = false

  constructor(server: Server, configuration: FunctionConfiguration, events: LaneEvents) {
    this.#server = server
    this.#configuration = configuration
    this.#events = events
    const { port } = server.address() as AddressInfo
    this.variables = { AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` }
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy()) // it went away in mid-body
    })
  }

  attach(): void {
    // The process finds the address in its environment and calls.
  }

  send(invocation: Invocation): void {
    this.#outgoing = invocation
  }

  flush(): void {
    if (this.#state.phase !== 'waiting' || this.#outgoing === undefined) return
    const { next } = this.#state
    const invocation = this.#outgoing
    this.#outgoing = undefined
    this.#state = { phase: 'running', requestId: invocation.requestId }
    const headers = nextHeaders(invocation, this.#configuration, Date.now())
    sendAnswer(next, { status: 200, headers, body: invocation.payload })
  }

  flushSoon(): void {
    this.flush()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const foreign = refuseForeignNames(headers, OURS)
    if (foreign !== undefined) return refuse(response, 403, 'Forbidden', foreign)
    const [path = ''] = url.split('?')
    if (method === 'GET' && path === `${PREFIX}/invocation/next`) return this.#next(response)
    if (method === 'POST' && path === `${PREFIX}/init/error`) {
      return this.#initError(request, response)
    }
    const [, packageName] = (method === 'GET' && PACKAGE.exec(path)) || []
    if (packageName !== undefined) return this.#providePackage(response, packageName)
    const [, requestId = '', kind] = (method === 'POST' && INVOCATION.exec(path)) || []
    if (kind === undefined) return refuse(response, 404, 'NotFound', `No ${method} ${path} here`)
    return this.#answer(request, response, { requestId, isError: kind === 'error' })
  }

  #next(response: ServerResponse): void {
    const { phase } = this.#state
    if (phase === 'running' || phase === 'waiting') return refuseState(response)
    this.#state = { phase: 'waiting', next: response }
    response.once('close', () => this.#forget(response))
    if (phase === 'starting') this.#events.onReady(undefined)
    if (!this.#isReadingOutput) this.#events.onNext()
    this.flush()
  }

  /** A client that gave up its long poll asks again. */
  #forget(response: ServerResponse): void {
    if (this.#state.phase !== 'waiting' || this.#state.next !== response) return
    this.#state = { phase: 'answered', requestId: '' }
  }

  async #initError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#state.phase !== 'starting') return refuseState(response)
    const error = await readFunctionError(request)
    accept(response)
    afterOutput(() => this.#events.onInitError(error))
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { requestId, isError }: { readonly requestId: string; readonly isError: boolean },
  ): Promise<void> {
    const { phase } = this.#state
    const isKnown = 'requestId' in this.#state && this.#state.requestId === requestId
    if (!isKnown) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID')
    if (phase !== 'running') return refuseState(response)
    this.#state = { phase: 'answered', requestId }
    if (!isError && !isKnownResponseMode(request)) {
      this.#settle({
        kind: 'threw',
        errorType: 'Runtime.InvalidResponseModeHeader',
        errorMessage: 'The response mode is neither streaming nor absent',
      })
      return refuse(response, 400, 'InvalidFunctionResponseMode', 'Invalid response mode')
    }
    const outcome: InvocationOutcome = isError
      ? { kind: 'threw', ...(await readFunctionError(request)) }
      : await readOutcome(request)
    this.#settle(outcome)
    if (outcome.kind !== 'too-large') return accept(response)
    const message = `Exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`
    refuse(response, 413, 'RequestEntityTooLarge', message)
  }

  async #providePackage(response: ServerResponse, name: string): Promise<void> {
    try {
      const folder = await this.#events.providePackage(name)
      sendAnswer(response, jsonAnswer(200, { folder }))
    } catch (error) {
      refuse(response, 404, 'NotFound', errorMessage(error))
    }
  }

  #settle(outcome: InvocationOutcome): void {
    this.#isReadingOutput = true
    afterOutput(() => {
      this.#isReadingOutput = false
      this.#events.onAnswer(outcome)
      if (this.#state.phase === 'waiting') this.#events.onNext()
    })
  }
}

/**
 * What the process wrote to stdout before it called is waiting in a pipe of ours; this turn of the
 * event loop reads it. So the lines get the request they belong to.
 */
function afterOutput(then: () => void): void {
  setImmediate(then)
}

function accept(response: ServerResponse): void {
  sendAnswer(response, jsonAnswer(202, { status: 'OK' }))
}

function refuseState(response: ServerResponse): void {
  refuse(response, 403, 'InvalidStateTransition', 'The runtime may not call this now')
}

function refuse(response: ServerResponse, status: number, errorType: string, message: string) {
  sendAnswer(response, jsonAnswer(status, { errorType, errorMessage: message }))
}
