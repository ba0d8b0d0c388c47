import type { LogLevel } from './protocol/index.ts'

/** What the credentials of a call say about who makes it. */
export interface Caller {
  readonly subject?: string
  readonly clientId?: string
}

/** What a tool's handler knows beside its arguments; the same in both hulls. */
export interface ToolContext {
  /** Of the platform's request, as its own logs name it. */
  readonly requestId: string
  /**
   * From the caller's token, when the platform is configured to forward `Authorization`. The platform
   * has verified that token; this library only reads it, so do not rely on it without one in front.
   */
  readonly caller?: Caller | undefined
  /** Aborted when nobody waits for the answer any more, or when time is up. */
  readonly signal: AbortSignal
  /** Tells a client that asked for it how far the work is; elsewhere it does nothing. */
  readonly progress: (done: number, total?: number, message?: string) => void
  /** One line in the server's log, and in the answer of a client that asked for it. */
  readonly log: (level: LogLevel, messageOrData: unknown) => void
}
