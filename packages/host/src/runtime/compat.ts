// What AgentCore Runtime does where nothing public says what it does. Each value is an assumption,
// kept here so that it can be corrected in one place.

/** Status for a body over the limit; the service model only says that the limit is 100 MB. */
export const PAYLOAD_TOO_LARGE_STATUS = 413

/**
 * The code for a refused caller on a self-contained (2026-07-28) request. AgentCore's −32002 is
 * reserved there, and own codes belong outside −32768…−32000 (MCP 2026-07-28, error codes).
 */
export const MODERN_ACCESS_DENIED_CODE = 403

/** What the server sees as Host, before the port: a name that passes the usual DNS-rebinding checks. */
export const SERVER_HOST_NAME = 'localhost'

/** A request body longer than this is not read for the `id` that a refusal echoes. */
export const MAX_READ_AHEAD_BYTES = 64 * 1024

/** An allowlisted header value over the documented 4 KB: refused, not cut. */
export const MAX_ALLOWED_HEADER_BYTES = 4_096

/** How long a `DELETE` waits for the server's own answer before its process is stopped. */
export const DELETE_ANSWER_MS = 5_000

/** How many ids of ended stateful sessions are remembered, so that they are answered with 404. */
export const MAX_ENDED_SESSION_IDS = 10_000

/** The exit code in `contentStop` of a command that was stopped because its time was up. */
export const TIMED_OUT_EXIT_CODE = -1

/** How often a server that is starting is asked at `/ping`. */
export const HEALTH_POLL_MS = 50

/** How often a session whose server said `HealthyBusy` is asked again before it ends. */
export const BUSY_POLL_MS = 2_000

/** What `platformVersion` is when nobody said it. */
export const DEFAULT_PLATFORM_VERSION = 'V1'

/** AgentCore quotas: agent runtimes of an account, versions and endpoints (DEFAULT too) of a runtime. */
export const MAX_RUNTIMES = 1_000
export const MAX_VERSIONS = 1_000
export const MAX_ENDPOINTS = 10

/** The role that an app's runtime is told to have; the service model requires one. */
export const APP_ROLE_NAME = 'catamaran-app'

/** The body of InvokeAgentRuntimeCommand: 65,536 characters of a command, each of them escaped. */
export const MAX_COMMAND_BODY_BYTES = 512 * 1024
