import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { http } from '../http/node-http.ts'
import type { OutboundProxies } from './outbound-proxies.ts'

const CONNECT_LIMIT_MS = 30_000

/** A connection to a host that is not served here: direct, or through the machine's own proxy. */
export async function connectOut(
  host: string,
  port: number,
  proxies: OutboundProxies,
): Promise<Socket> {
  const proxy = proxies('https', host, port)
  return proxy === undefined ? connectTo(host, port) : connectThrough(proxy, host, port)
}

/** A TCP connection, once it stands; one half of it may be closed before the other. */
export async function connectTo(host: string, port: number): Promise<Socket> {
  return established(connect({ host, port, allowHalfOpen: true, noDelay: true }), 'connect')
}

/** A connection to a URL's authority: TCP for `http:`, TLS for `https:`. */
export async function connectToUrl(url: URL): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  switch (url.protocol) {
    case 'http:':
      return connectTo(host, Number(url.port || 80))
    case 'https:':
      return connectToTls(host, Number(url.port || 443))
    default:
      throw new Error(`${url.protocol}// is not spoken here, only http:// and https://`)
  }
}

/** What a proxy that asks for a password wants to see (RFC 9110 §11.7.2). */
export function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** RFC 9110 §9.3.6: asks the proxy for a tunnel. */
async function connectThrough(proxy: URL, host: string, port: number): Promise<Socket> {
  const socket = await connectToUrl(proxy)
  const path = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  const headers = { host: path, ...proxyAuthorization(proxy) }
  const request = http.request({
    method: 'CONNECT',
    path,
    headers,
    createConnection: () => socket,
  })
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    request.setTimeout(CONNECT_LIMIT_MS, () => fail(new Error(`${proxy.host} does not answer`)))
    request.once('error', fail)
    request.once('response', ({ statusCode }) =>
      fail(new Error(`the proxy ${proxy.host} answered ${statusCode}`)),
    )
    request.once('connect', ({ statusCode = 0 }, tunnel: Socket, head: Buffer) => {
      if (statusCode !== 200) {
        return fail(new Error(`the proxy ${proxy.host} answered ${statusCode}`))
      }
      tunnel.setTimeout(0)
      if (head.length > 0) tunnel.unshift(head)
      resolve(tunnel)
    })
    request.end()
  })
}

async function connectToTls(host: string, port: number): Promise<Socket> {
  const servername = isIP(host) > 0 ? '' : host // an address is no server name (RFC 6066 §3)
  const socket = connectTls({ host, port, servername, ALPNProtocols: ['http/1.1'] })
  return established(socket, 'secureConnect')
}

async function established(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  try {
    await once(socket, event, { signal: AbortSignal.timeout(CONNECT_LIMIT_MS) })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}
