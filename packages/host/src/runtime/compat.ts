// What AgentCore Runtime does where nothing public says what it does. Each value is an assumption,
// kept here so that it can be corrected in one place.

/** Status for a body over the limit; the service model only says that the limit is 100 MB. */
export const PAYLOAD_TOO_LARGE_STATUS = 413

/**
 * The code for a refused caller on a self-contained (2026-07-28) request. AgentCore's −32002 is
 * reserved there, and own codes belong outside −32768…−32000 (MCP 2026-07-28, error codes).
 */
export const MODERN_ACCESS_DENIED_CODE = 403

/** What the server sees as Host: a name that passes the usual DNS-rebinding checks. */
export const SERVER_HOST = 'localhost:8000'

/** What the server sees as Content-Type when the caller sent none. */
export const DEFAULT_CONTENT_TYPE = 'application/json'

/** A request body longer than this is not read for the `id` that a refusal echoes. */
export const MAX_READ_AHEAD_BYTES = 64 * 1024

/** An allowlisted header value over the documented 4 KB: refused, not cut. */
export const MAX_ALLOWED_HEADER_BYTES = 4_096

/** How long a `DELETE` waits for the server's own answer before its process is stopped. */
export const DELETE_ANSWER_MS = 5_000

/** How many ids of ended stateful sessions are remembered, so that they are answered with 404. */
export const MAX_ENDED_SESSION_IDS = 10_000
