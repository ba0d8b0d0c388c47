import type { RuntimeVersion } from './agent-runtime.ts'
import type { Owner } from './authorize.ts'
import type { ServerProcess } from './server-process.ts'

/** A caller's isolated environment: one process, found under the ids that callers send. */
export interface RuntimeSession {
  readonly version: RuntimeVersion
  /** The endpoint that led here. */
  readonly endpoint: string
  readonly owner: Owner
  readonly runtimeSessionId: string
  /** What the server and legacy clients know it by; the server's own when it assigned one. */
  mcpSessionId: string
  /** Only its own process knows an id that the server assigned. */
  isAssignedByServer: boolean
  /** Keys under which the table finds it. */
  readonly keys: Set<string>
  readonly calls: Set<Call>
  readonly startedAt: number
  /** When the last call ended; what the idle timeout counts from. */
  lastActiveAt: number
  requests: number
  /** Whether the server said so when it was last asked, whether it is being asked, and when to ask again. */
  isBusy: boolean
  isAsked: boolean
  askAgainAt: number
  /** Ends with its last call: a newer version took its place. */
  isRetiring: boolean
  state: SessionState
}

export type SessionState =
  | { readonly phase: 'starting'; readonly ready: Promise<ServerProcess> }
  | { readonly phase: 'live'; readonly process: ServerProcess }
  | { readonly phase: 'ended'; readonly reason: string }

/** One request that a session is answering. */
export interface Call {
  readonly startedAt: number
  /** Whether the server has begun to answer. */
  isAnswering: boolean
  /** Ends the call from our side; the reason is told to the caller if that is still possible. */
  abort: (reason: string) => void
}
