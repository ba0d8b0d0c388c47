/** Every way the host says no. Each wire (AWS, MCP, OAuth, exit code) answers all of them. */
export type HostErrorCode =
  | 'ERR_INVALID_INPUT' // the caller can fix the request
  | 'ERR_UNAUTHENTICATED' // no proof, or a bad proof, of who is calling
  | 'ERR_FORBIDDEN' // known, and not allowed
  | 'ERR_NOT_FOUND' // the named resource does not exist
  | 'ERR_CONFLICT' // the resource is in a state that forbids this
  | 'ERR_LIMIT_EXCEEDED' // a quota or a size is used up
  | 'ERR_THROTTLED' // too much at once; the same request may pass later
  | 'ERR_NOT_SUPPORTED' // deliberately not there; see docs/compatibility.md
  | 'ERR_TARGET_FAILED' // something called on the caller's behalf failed

/** A refusal. The message is written for the caller; what went wrong underneath is the cause. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly code: HostErrorCode

  constructor(code: HostErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

/** The message of anything thrown, for logs and for people; never throws itself. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Where something unexpected came from, for the log alone. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
