import type { ClientRequest, IncomingMessage } from 'node:http'
import { http } from '../http/node-http.ts'
import { CallerGone } from './caller-gone.ts'
import { RuntimeFault } from './fault.ts'
import type { BodyStart } from './read-ahead.ts'
import type { ServerProcess } from './server-process.ts'

/** AgentCore quotas: request payload. */
export const MAX_BODY_BYTES = 100_000_000

export interface ServerRequest {
  readonly method: string
  readonly path: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: BodyStart
  /** Where a body that is not whole goes on. */
  readonly rest: IncomingMessage
}

export interface ServerCall {
  readonly upstream: ClientRequest
  /** The head of the answer; its body is not read yet. */
  readonly answer: Promise<IncomingMessage>
}

/** Sends a request to a server. A long body is passed on as fast as the server takes it. */
export function callServer(
  { listener: { host, port }, agent }: ServerProcess,
  { method, path, headers, body, rest }: ServerRequest,
): ServerCall {
  const upstream = http.request({ host, port, method, path, headers, agent })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once('response', resolve).on('error', reject)
    // Also without an error, as after a 101 that nobody asked for; means nothing once it has answered.
    upstream.once('close', () => reject(new Error('The server closed before it answered')))
  })
  if (!body.isWhole) upload(rest, upstream, body.bytes)
  else if (body.bytes.length > 0) upstream.end(body.bytes)
  else upstream.end()
  return { upstream, answer }
}

/** Too long a body is noticed at its first byte too many, as long as its length was not told. */
function upload(request: IncomingMessage, upstream: ClientRequest, start: Buffer): void {
  let size = start.length
  if (size > 0) upstream.write(start)
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > MAX_BODY_BYTES) upstream.destroy(tooLarge())
    if (size > 2 * MAX_BODY_BYTES) request.destroy() // it does not listen
    // A server that left does not take the rest, but the caller must be able to finish.
    if (!upstream.destroyed && !upstream.write(chunk)) request.pause()
  })
  request.once('end', () => upstream.end())
  request.once('close', () => {
    if (!request.complete) upstream.destroy(new CallerGone())
  })
  upstream.on('drain', () => request.resume())
  upstream.once('close', () => request.resume())
  request.resume()
}

/** The refusal of a body over the limit. */
export function tooLarge(maxBytes = MAX_BODY_BYTES): RuntimeFault {
  return new RuntimeFault('PayloadTooLarge', `A body may have ${maxBytes} bytes at most`)
}
