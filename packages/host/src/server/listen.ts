import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { jsonAnswer, sendAnswer, type Exchange } from '../http/exchange.ts'
import { refuseForeignNames, type AllowedNames } from '../http/host-check.ts'
import { http } from '../http/node-http.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { answerPreflight, corsHeaders } from './cors.ts'
import type { TlsIdentity } from './host-settings.ts'
import { ownNames, reachableName, type OwnNames } from './own-names.ts'

export interface ListenOptions {
  readonly host: string
  readonly ports: readonly number[]
  /** Present: the port speaks TLS. */
  readonly tls?: TlsIdentity | undefined
  /** Scheme and authority under which others reach this host, if not the ones it listens on. */
  readonly publicUrl?: string | undefined
  /** Allowed besides loopback, the public URL's name and the AWS names that are served here. */
  readonly allowed: AllowedNames
  readonly log: Log
  readonly serve: (exchange: Exchange) => Promise<void> | void
}

export interface Listener {
  readonly url: string
  readonly port: number
  /** Stops accepting, gives requests in flight `graceMs`, then closes every connection. */
  close(graceMs: number): Promise<void>
  /** New connections get this certificate; refused when the port speaks no TLS. */
  updateTls(tls: TlsIdentity): void
}

/** Header bytes of one request; more is answered 431 by Node itself. */
const MAX_HEADER_BYTES = 32 * 1024

/** AgentCore quotas: a request may take this long, its body included. */
const REQUEST_TIMEOUT_MS = 15 * 60_000

/** Longer than clients keep an idle connection, so that none sends into one that is just being closed. */
const KEEP_ALIVE_MS = 65_000

/** Opens the one socket of the host and turns what arrives into exchanges. */
export async function listen({
  host,
  ports,
  tls,
  publicUrl,
  allowed,
  log,
  serve,
}: ListenOptions): Promise<Listener> {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: 60_000,
  }
  const secured = tls && (await import('./tls-server.ts')).createTlsServer(tls, limits)
  const server: Server = secured?.server ?? http.createServer(limits)
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', accept)
  server.on('clientError', refuseMalformed)
  await bindFirst(server, host, ports)
  const address = server.address() as AddressInfo
  const url = `${tls ? 'https' : 'http'}://${reachableName(host)}:${address.port}`
  const names = ownNames(url, publicUrl)
  const allowedNames: AllowedNames = {
    ...allowed,
    isOwn: (authority) => names.has(authority),
  }

  function accept(request: IncomingMessage, response: ServerResponse): void {
    const requestId = randomUUID()
    response.setHeader('x-amzn-requestid', requestId)
    if (saysHostTwice(request.rawHeaders)) {
      return refuse(response, 400, 'ValidationException', 'A request has exactly one Host header')
    }
    const foreign = refuseForeignNames(request.headers, allowedNames)
    if (foreign !== undefined) {
      return refuse(response, 403, 'AccessDeniedException', foreign)
    }
    if (request.headers.origin !== undefined) {
      for (const [name, value] of corsHeaders(request.headers.origin))
        response.setHeader(name, value)
      if (request.method === 'OPTIONS')
        return sendAnswer(response, answerPreflight(request.headers))
    }
    const exchange = new NodeExchange(request, response, requestId, names)
    try {
      const served = serve(exchange)
      if (served !== undefined) served.catch((error: unknown) => fail(exchange, error))
    } catch (error) {
      fail(exchange, error)
    }
  }

  /** What nobody expected: the caller learns the request id, the log learns the cause. */
  function fail({ requestId, request, response, path }: Exchange, error: unknown): void {
    if (isCallerGone(request)) return void response.destroy() // nobody is left to be told
    log.error('Unexpected error', {
      requestId,
      path,
      cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    if (response.headersSent) response.destroy()
    else
      refuse(response, 500, 'InternalServerException', `Unexpected error in request ${requestId}`)
  }

  return {
    url,
    port: address.port,
    close: (graceMs) => closeServer(server, sockets, graceMs),
    updateTls(identity) {
      if (secured === undefined) {
        throw new HostError('ERR_CONFLICT', 'This host listens without TLS; start it with `tls`')
      }
      secured.update(identity)
    },
  }
}

/** Answers with an AWS-shaped fault: for what belongs to no feature. */
export function refuse(
  response: ServerResponse,
  status: number,
  errorType: string,
  message: string,
): void {
  sendAnswer(response, jsonAnswer(status, { message }, { 'x-amzn-errortype': errorType }))
}

class NodeExchange implements Exchange {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly #names: OwnNames
  #controller: AbortController | undefined

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    names: OwnNames,
  ) {
    const url = request.url ?? '/'
    const mark = url.indexOf('?')
    this.requestId = requestId
    this.method = request.method ?? 'GET'
    this.path = mark === -1 ? url : url.slice(0, mark)
    this.query = mark === -1 ? '' : url.slice(mark + 1)
    this.request = request
    this.response = response
    this.#names = names
  }

  get headers() {
    return this.request.headers
  }

  get baseUrl(): string {
    return this.#names.baseUrlFor(this.request.headers.host)
  }

  /** Made when first asked for: most calls never need it. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController()
      this.#controller = controller
      this.response.once('close', () => {
        if (!this.response.writableFinished) controller.abort()
      })
    }
    return this.#controller.signal
  }
}

/** Binds the first port that is free; the refusal names the last one tried. */
async function bindFirst(server: Server, host: string, ports: readonly number[]): Promise<void> {
  for (const [index, port] of ports.entries()) {
    try {
      return await bind(server, host, port)
    } catch (error) {
      const isTaken = error instanceof HostError && error.code === 'ERR_CONFLICT'
      if (!isTaken || index === ports.length - 1) throw error
    }
  }
}

async function bind(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException) => reject(describeBindError(cause, host, port))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

function describeBindError(cause: NodeJS.ErrnoException, host: string, port: number): HostError {
  if (cause.code === 'EADDRINUSE') {
    return new HostError(
      'ERR_CONFLICT',
      `Port ${port} on ${host} is in use; stop what listens there or choose another with --port (0 takes a free one)`,
      { cause },
    )
  }
  return new HostError('ERR_INVALID_INPUT', `Cannot listen on ${host}:${port}: ${cause.message}`, {
    cause,
  })
}

/** Bytes that are not HTTP: answered once, then the connection is closed (RFC 9110 §15.5.1). */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy()
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** RFC 9112 §3.2: refused, because two readers could take different ones. Node keeps the first. */
function saysHostTwice(rawHeaders: readonly string[]): boolean {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1
  }
  return hosts > 1
}

/** The caller broke off in the middle of the body. */
function isCallerGone({ destroyed, complete }: IncomingMessage): boolean {
  return destroyed && !complete
}

/** Node's own `closeAllConnections` knows nothing of those that are still in a TLS handshake. */
async function closeServer(
  server: Server,
  sockets: ReadonlySet<Socket>,
  graceMs: number,
): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const insist = setTimeout(() => {
    for (const socket of sockets) socket.destroy()
  }, graceMs)
  await closed
  clearTimeout(insist)
}
