import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** What a CONNECT is answered with; after it the connection belongs to the program. */
export const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n'
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  502: 'Bad Gateway',
}

/** Answers a proxy request for a plain http:// URL. */
export function answer(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end(`${message}\n`)
}

/** Answers a CONNECT, on the bare connection; most clients show the reason and nothing else. */
export function refuse(socket: Duplex, status: number, message: string, challenge?: string): void {
  if (!socket.writable) return void socket.destroy()
  const body = `${message}\n`
  const head = [
    `HTTP/1.1 ${status} ${status === 403 ? message : REASONS[status]}`,
    ...(challenge === undefined ? [] : [`Proxy-Authenticate: ${challenge}`]),
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
