import type { IncomingHttpHeaders } from 'node:http'

/** A request to an issuer, without a socket. */
export interface IssuerRequest {
  readonly method: string
  /** What follows the issuer's own URL; starts with a slash. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Undefined when it was longer than the caller reads. */
  readonly body: string | undefined
}
