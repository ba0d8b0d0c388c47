import type { IncomingMessage, ServerResponse } from 'node:http'
import type { McpServer } from './mcp-server.ts'
import { ErrorCode, formatError, formatEvent } from './protocol/index.ts'

/** What all requests to one listening server have in common. */
export interface Endpoint {
  readonly mcp: McpServer
  readonly path: string
  readonly maxBodyBytes: number
  readonly allowedOrigins: ReadonlySet<string>
  readonly stopped: AbortSignal
  readonly writeLog: (line: string) => void
}

/** Comments that keep proxies from closing a silent stream (MCP 2026-07-28, Transports). */
const KEEP_ALIVE_MS = 15_000
const MAX_UNREAD_BYTES = 1024 * 1024

/** One HTTP request to its answer, from the first refusal that applies to the tool's result. */
export async function answerExchange(
  endpoint: Endpoint,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => {}) // the client has gone; there is nobody left to tell
  const { method = '', url = '', headers } = request
  const [path] = url.split('?', 1)
  if (path !== endpoint.path && path !== `${endpoint.path}/`) {
    return refuse(response, 404, `MCP is served at POST ${endpoint.path}.`)
  }
  // A page that rebinds a DNS name to this address still sends its own origin with every POST.
  if (headers.origin !== undefined && !isAllowedOrigin(headers.origin, endpoint.allowedOrigins)) {
    return refuse(response, 403, 'This origin may not call; allow it in `allowedOrigins`.')
  }
  if (method !== 'POST') {
    response.setHeader('allow', 'POST')
    return refuse(response, 405, 'Only POST is served; there are no sessions and no GET stream.')
  }
  if (!isJson(headers['content-type'])) {
    return refuse(response, 415, 'Content-Type must be application/json.')
  }
  const body = await readBody(request, endpoint.maxBodyBytes)
  if (body === 'aborted') return
  if (body === 'too long') {
    return refuse(response, 413, `The body is longer than ${endpoint.maxBodyBytes} bytes.`)
  }

  const stream = new LazyEventStream(response, acceptsStream(headers.accept))
  const { status, json } = await endpoint.mcp.answer(body.toString('utf8'), {
    headers,
    disconnected: () => closeSignal(response),
    stopped: () => endpoint.stopped,
    emit: (event) => stream.emit(event),
    writeLog: endpoint.writeLog,
  })
  if (stream.isOpen && json !== undefined) stream.end(json)
  else send(response, status, json)
}

function refuse(response: ServerResponse, status: number, message: string): void {
  send(response, status, formatError(undefined, ErrorCode.invalidRequest, message))
}

function send(response: ServerResponse, status: number, json: string | undefined): void {
  if (response.destroyed) return
  const body = json ?? ''
  response.writeHead(status, {
    ...(json !== undefined && { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? '')
}

/** Clients must accept both kinds of answer; one that names only JSON gets that and no more. */
function acceptsStream(accept: string | undefined): boolean {
  return accept === undefined || /text\/event-stream|text\/\*|\*\/\*/i.test(accept)
}

function isAllowedOrigin(origin: string, allowed: ReadonlySet<string>): boolean {
  if (allowed.has(origin)) return true
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(origin)
}

/** What is too long is not kept, but read to its end: only then does every client see the answer. */
function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too long' | 'aborted'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= maxBytes) chunks.push(chunk)
      else chunks = []
    })
    request.once('end', () => resolve(size > maxBytes ? 'too long' : Buffer.concat(chunks, size)))
    request.once('close', () => resolve('aborted'))
    request.on('error', () => resolve('aborted'))
  })
}

function closeSignal(response: ServerResponse): AbortSignal {
  const closed = new AbortController()
  const abort = () => closed.abort(new Error('The client has gone.'))
  if (response.destroyed) abort()
  else response.once('close', () => response.writableFinished || abort())
  return closed.signal
}

/** An answer that becomes an event stream with the first thing that is said ahead of it. */
class LazyEventStream {
  readonly #response: ServerResponse
  readonly #isWanted: boolean
  #keepAlive: NodeJS.Timeout | undefined

  constructor(response: ServerResponse, isWanted: boolean) {
    this.#response = response
    this.#isWanted = isWanted
  }

  get isOpen(): boolean {
    return this.#keepAlive !== undefined
  }

  /** What a client is too slow to read is left out, so that it cannot fill our memory. */
  emit(json: string): void {
    const response = this.#response
    if (response.destroyed || !this.#isWanted) return
    if (!this.isOpen) this.#open()
    if (response.writableLength < MAX_UNREAD_BYTES) response.write(formatEvent(json))
  }

  end(json: string): void {
    clearInterval(this.#keepAlive)
    if (!this.#response.destroyed) this.#response.end(formatEvent(json))
  }

  #open(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    this.#keepAlive = setInterval(() => {
      if (this.#response.writableLength === 0) this.#response.write(': keep-alive\n\n')
    }, KEEP_ALIVE_MS).unref()
    this.#response.once('close', () => clearInterval(this.#keepAlive))
  }
}
