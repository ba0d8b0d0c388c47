// A forward proxy on loopback for the programs of one `catamaran exec`.
//
// A connection to an AWS host name that is served here is answered with a certificate of the run's own
// authority, and its bytes then go to the host as they are: same path, same Host header (signatures
// cover it), same framing, WebSockets included. Such a connection never leaves the machine. Everything
// else passes untouched, or is refused when the run is offline.
//
// Missing: HTTP/2 (not offered, so clients do without), SOCKS, and served names on ports beside 443 and 80.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { http } from '../http/node-http.ts'
import { errorMessage } from '../kernel/host-error.ts'
import { acceptTls } from './accept-tls.ts'
import { basicCredentials } from './basic-credentials.ts'
import type { CertificateAuthority } from './certificate-authority.ts'
import { connectOut, connectTo, connectToUrl, proxyAuthorization } from './connect-out.ts'
import { forwardRequest } from './forward-request.ts'
import type { OutboundProxies } from './outbound-proxies.ts'
import { answer, ESTABLISHED, refuse } from './proxy-answer.ts'
import { parseTarget, routeOf, type ProxyTarget } from './proxy-target.ts'
import { splice } from './splice.ts'

export interface ProxyOptions {
  /** The host that answers for the served names: scheme and authority. */
  readonly hostUrl: string
  readonly authority: CertificateAuthority
  /** Refuses whatever is neither served here nor on this machine. */
  readonly offline: boolean
  readonly proxies: OutboundProxies
  /** What the person who started the program should know. */
  readonly onProblem: (message: string) => void
}

export interface RunningProxy extends AsyncDisposable {
  /** With the credentials it asks for: other users of the machine do not know them. */
  readonly url: string
  /** Ends every connection. */
  stop(): Promise<void>
}

const MAX_CONNECTIONS = 1_024
const HEADERS_TIMEOUT_MS = 30_000
const CHALLENGE = 'Basic realm="catamaran exec"'

/** Starts the proxy on a free port of 127.0.0.1. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const credentials = basicCredentials('catamaran', randomBytes(24).toString('base64url'))
  const hostUrl = new URL(options.hostUrl)
  const sockets = new Set<Socket>()
  const server = http.createServer({ headersTimeout: HEADERS_TIMEOUT_MS }, (request, response) => {
    serveRequest(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else answer(response, 502, describe(error))
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  server.on('connection', track)
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    serveConnect(request, socket, head).catch((error: unknown) =>
      refuse(socket, 502, describe(error)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function serveConnect(request: IncomingMessage, socket: Socket, head: Buffer) {
    socket.on('error', () => socket.destroy()) // the program has gone away
    if (!credentials.match(request.headers['proxy-authorization'])) {
      return refuse(socket, 407, 'This proxy serves one program', CHALLENGE)
    }
    const target = parseTarget(request.url ?? '')
    if (target === undefined) return refuse(socket, 400, 'CONNECT takes host:port')
    const refusal = refusalOf(target)
    if (refusal !== undefined) return refuse(socket, 403, refusal)
    if (routeOf(target.host) === 'served') return serveHere(target, socket, head)
    const upstream = track(await connectFor(target))
    socket.write(ESTABLISHED)
    if (head.length > 0) socket.unshift(head)
    splice(socket, upstream)
  }

  /** The program believes that it has reached AWS; the host answers. */
  async function serveHere({ host, port: asked }: ProxyTarget, socket: Socket, head: Buffer) {
    socket.write(ESTABLISHED)
    if (head.length > 0) socket.unshift(head)
    const plain =
      asked === 443
        ? await acceptTls(socket, options.authority.contextFor(host)).catch((error: unknown) =>
            distrusted(host, error),
          )
        : socket
    if (plain === undefined) return
    try {
      splice(plain, track(await connectToUrl(hostUrl)))
    } catch (error) {
      refuse(plain, 502, describe(error))
    }
  }

  function distrusted(host: string, error: unknown): undefined {
    const isUnknown = /unknown ca|certificate unknown|bad certificate/i.test(errorMessage(error))
    if (!isUnknown) return undefined
    options.onProblem(
      `The program does not trust this run's certificate authority and gave up on ${host}; it reads neither SSL_CERT_FILE nor the other variables that name the file`,
    )
  }

  async function serveRequest(request: IncomingMessage, response: ServerResponse) {
    if (!credentials.match(request.headers['proxy-authorization'])) {
      response.setHeader('proxy-authenticate', CHALLENGE)
      return answer(response, 407, 'This proxy serves one program')
    }
    const asked = request.url ?? ''
    const url = URL.parse(asked)
    const target = url?.protocol === 'http:' && parseTarget(`${url.hostname}:${url.port || 80}`)
    if (!url || !target) {
      return answer(response, 400, 'A proxy request names an http:// URL in full')
    }
    const refusal = refusalOf(target)
    if (refusal !== undefined) return answer(response, 403, refusal)
    const forward = (socket: Socket, path: string, headers = {}) =>
      forwardRequest(request, response, {
        socket: track(socket),
        path,
        headers,
        onError: (error) =>
          response.headersSent ? response.destroy() : answer(response, 502, describe(error)),
      })
    const path = pathOf(asked)
    const route = routeOf(target.host)
    if (route === 'served') return forward(await connectToUrl(hostUrl), path)
    const proxy = options.proxies('http', target.host, target.port)
    if (route === 'loopback' || proxy === undefined) {
      return forward(await connectTo(target.host, target.port), path)
    }
    forward(await connectToUrl(proxy), asked, proxyAuthorization(proxy))
  }

  function refusalOf({ host, port: asked }: ProxyTarget): string | undefined {
    const route = routeOf(host)
    if (route === 'served' && asked !== 443 && asked !== 80) {
      return `${host} is served on port 443 here, not on ${asked}`
    }
    const isOffline = options.offline && host !== hostUrl.hostname
    if (route !== 'outside' || !isOffline) return undefined
    options.onProblem(`Refused a connection to ${host}:${asked}, because of --offline`)
    return `${host} is not served here and the run is offline (catamaran exec --offline)`
  }

  async function connectFor({ host, port: asked }: ProxyTarget): Promise<Socket> {
    return routeOf(host) === 'loopback'
      ? connectTo(host, asked)
      : connectOut(host, asked, options.proxies)
  }

  function describe(error: unknown): string {
    return `The proxy of catamaran exec cannot connect: ${errorMessage(error)}`
  }

  function track(socket: Socket): Socket {
    if (!server.listening) return socket.destroy() // stopped while this one was being made
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }

  async function stop(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: `http://${credentials.user}:${credentials.password}@127.0.0.1:${port}`,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Path and query of an http:// URL in the program's own spelling, which a URL object would tidy up. */
function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/, '')
  return path.startsWith('/') ? path : `/${path}`
}
