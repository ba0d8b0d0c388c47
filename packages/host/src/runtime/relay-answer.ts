import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** How the passing on of an answer ended. */
export type RelayOutcome =
  | 'complete'
  /** The server broke off; what the caller has got is not everything. */
  | 'broken'
  /** The server broke off between two events of a stream: the caller can still be told. */
  | 'broken-between-events'

const NEWLINE = 0x0a

/**
 * Passes a server's answer on as it comes, no faster than the caller takes it. When the caller has
 * left, the rest is read and forgotten.
 */
export function relayAnswer(
  incoming: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
): Promise<RelayOutcome> {
  const isEventStream = isEvents(incoming)
  let endsEvent = true
  if (!response.destroyed) response.writeHead(incoming.statusCode ?? 200, headers)
  if (isEventStream) response.flushHeaders()
  return new Promise((resolve) => {
    incoming.on('data', (chunk: Buffer) => {
      endsEvent = chunk.at(-1) === NEWLINE && (chunk.length === 1 || isBlankLine(chunk))
      if (response.destroyed || response.write(chunk)) return
      incoming.pause()
    })
    const resume = () => incoming.resume()
    response.on('drain', resume).once('close', resume)
    incoming.once('end', () => {
      response.end()
      resolve('complete')
    })
    incoming.on('error', () => {}) // told by close
    incoming.once('close', () => {
      resolve(isEventStream && endsEvent ? 'broken-between-events' : 'broken')
    })
  })
}

function isEvents({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') ?? false
}

/** Server-sent events end with an empty line (HTML Living Standard, 9.2.5). */
function isBlankLine(chunk: Buffer): boolean {
  const previous = chunk.at(-2)
  return previous === NEWLINE || (previous === 0x0d && chunk.at(-3) === NEWLINE)
}
