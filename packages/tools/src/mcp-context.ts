import { randomId } from './random-id.ts'
import { readCaller } from './caller.ts'
import { REQUEST_ID_HEADER } from './compat.ts'
import { formatLogLine, toLogData } from './log-line.ts'
import {
  formatNotification,
  LOG_LEVELS,
  type InboundHeaders,
  type LogLevel,
  type RequestMessage,
} from './protocol/index.ts'
import type { Caller, ToolContext } from './tool-context.ts'

/** What an MCP server needs from the connection that a request came over. */
export interface Surroundings {
  readonly headers: InboundHeaders
  /** Aborted when the client has gone; made when it is asked for. */
  readonly disconnected: () => AbortSignal
  /** Aborted when the server stops. */
  readonly stopped: () => AbortSignal
  /** Sends a notification ahead of the answer, which thereby becomes an event stream. */
  readonly emit: (json: string) => void
  /** One line in the server's own log. */
  readonly writeLog: (line: string) => void
}

/** The context of one `tools/call`; after `end` nothing is sent any more. */
export class McpToolContext implements ToolContext {
  readonly #request: RequestMessage
  readonly #surroundings: Surroundings
  readonly #loggerName: string
  #requestId: string | undefined
  #signal: AbortSignal | undefined
  #lastProgress = -Infinity
  #isEnded = false

  constructor(request: RequestMessage, surroundings: Surroundings, loggerName: string) {
    this.#request = request
    this.#surroundings = surroundings
    this.#loggerName = loggerName
  }

  get requestId(): string {
    const given = this.#surroundings.headers[REQUEST_ID_HEADER]
    this.#requestId ??= typeof given === 'string' ? given : randomId()
    return this.#requestId
  }

  get caller(): Caller | undefined {
    const { authorization } = this.#surroundings.headers
    return typeof authorization === 'string' ? readCaller(authorization) : undefined
  }

  /**
   * A modern client cancels by closing the stream. A legacy client may lose its connection and mean
   * nothing by it; its `notifications/cancelled` cannot be matched without a session
   * (MCP 2025-11-25, Transports: Sending Messages; 2026-07-28, Cancellation).
   */
  get signal(): AbortSignal {
    const { disconnected, stopped } = this.#surroundings
    this.#signal ??=
      this.#request.era === 'modern' ? AbortSignal.any([disconnected(), stopped()]) : stopped()
    return this.#signal
  }

  readonly progress = (done: number, total?: number, message?: string): void => {
    const { progressToken } = this.#request
    if (progressToken === undefined || this.#isEnded) return
    if (!Number.isFinite(done) || done <= this.#lastProgress) return
    this.#lastProgress = done
    const params = {
      progressToken,
      progress: done,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    }
    this.#surroundings.emit(formatNotification('notifications/progress', params))
  }

  /** Only modern clients say that they want messages; legacy ones would have to set a session's level. */
  readonly log = (level: LogLevel, messageOrData: unknown): void => {
    this.#surroundings.writeLog(formatLogLine(level, messageOrData))
    const { logLevel } = this.#request
    if (logLevel === undefined || this.#isEnded) return
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(logLevel)) return
    const params = { level, logger: this.#loggerName, data: toLogData(messageOrData) }
    this.#surroundings.emit(formatNotification('notifications/message', params))
  }

  end(): void {
    this.#isEnded = true
  }
}
