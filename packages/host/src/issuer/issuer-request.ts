import type { IncomingHttpHeaders } from 'node:http'

/** A request to a user pool, without a socket. */
export interface IssuerRequest {
  readonly method: string
  /** What follows the pool's own URL; starts with a slash. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** Undefined when it was longer than the caller reads. */
  readonly body: string | undefined
  readonly remoteAddress?: string | undefined
}
