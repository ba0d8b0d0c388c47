import type { LogTail } from './log-tail.ts'
import type { InvocationOutcome } from './outcome.ts'

export interface InvocationRequest {
  readonly requestId: string
  readonly clientContext?: string
  readonly invokedFunctionArn?: string
  readonly logTail?: LogTail
}

/** One call from the moment it was asked for until its outcome is known. */
export class Invocation {
  readonly requestId: string
  readonly payload: string
  /** JSON text, or empty. */
  readonly clientContext: string
  /** Empty: the one that every environment of the version knows. */
  readonly invokedFunctionArn: string
  /** Gathers the lines of this invocation, for a caller who asked for them. */
  readonly logTail: LogTail | undefined
  readonly queuedAt: number
  /** Read ahead by an environment, it must be begun by then (shared clock) or be given back. */
  leaseEndsAt = 0
  isSettled = false
  /** For whoever has to clean up when nobody waits any more. */
  onSettled: (() => void) | undefined
  readonly #settle: (outcome: InvocationOutcome) => void
  readonly #refuse: (reason: unknown) => void

  constructor(
    request: InvocationRequest,
    payload: string,
    settle: (outcome: InvocationOutcome) => void,
    refuse: (reason: unknown) => void,
  ) {
    this.requestId = request.requestId
    this.payload = payload
    this.clientContext = request.clientContext ?? ''
    this.invokedFunctionArn = request.invokedFunctionArn ?? ''
    this.logTail = request.logTail
    this.queuedAt = performance.now()
    this.#settle = settle
    this.#refuse = refuse
  }

  /** The first ending counts: a late answer of an invocation that timed out changes nothing. */
  settle(outcome: InvocationOutcome): void {
    if (this.isSettled) return
    this.isSettled = true
    this.onSettled?.()
    this.#settle(outcome)
  }

  /** The caller gets an error instead of an outcome: it was never run, or nobody waits for it. */
  refuse(reason: unknown): void {
    if (this.isSettled) return
    this.isSettled = true
    this.onSettled?.()
    this.#refuse(reason)
  }
}
