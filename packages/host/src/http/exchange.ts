import type {
  IncomingHttpHeaders,
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http'

/** One request and the place for its answer, as the listener hands it to a feature that streams. */
export interface Exchange {
  readonly requestId: string
  readonly method: string
  /** Raw: still percent-encoded, without the query. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** Scheme and authority that the caller used, e.g. `http://127.0.0.1:4420`. */
  readonly baseUrl: string
  /** Aborted when the caller goes away before the answer is complete. */
  readonly signal: AbortSignal
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** A complete answer, for features that do not stream. */
export interface Answer {
  readonly status: number
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Buffer
}

/** The value of a header that must not be repeated; a list means the caller repeated it. */
export function singleHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

/** An answer whose body is `value` as JSON. */
export function jsonAnswer(status: number, value: unknown, headers?: OutgoingHttpHeaders): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  }
}

/** Sends a complete answer; does nothing when the caller has already gone. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.headersSent || response.destroyed) return
  const length = body === undefined ? 0 : Buffer.byteLength(body)
  response.writeHead(status, { ...headers, 'content-length': length })
  response.end(body)
}
