import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { http } from '../http/node-http.ts'

export interface ForwardOptions {
  /** Where to send it; used for this request alone. */
  readonly socket: Socket
  /** The request target: a path, or the whole URL for another proxy. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly onError: (error: Error) => void
}

/** RFC 9110 §7.6.1: these concern one connection, and end with it. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'upgrade',
])

/** Passes one plain-HTTP request on and its answer back, both as streams. */
export function forwardRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { socket, path, headers = {}, onError }: ForwardOptions,
): void {
  const { method } = request
  const outgoing = http.request({
    ...(method !== undefined && { method }),
    path,
    headers: [...endToEnd(request.rawHeaders), ...Object.entries(headers).flat()],
    setHost: false,
    createConnection: () => socket,
  })
  outgoing.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.rawHeaders))
    pipeline(answer, response, () => socket.destroy())
  })
  outgoing.once('error', onError)
  response.once('close', () => outgoing.destroy())
  pipeline(request, outgoing, () => {}) // an error reaches the listener above
}

/** Names and values in turn, as they came, without those that end here. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!HOP_BY_HOP.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}
