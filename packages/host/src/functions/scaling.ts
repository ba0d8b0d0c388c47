// When a function gets another execution environment, and when a caller is told to come back later.
//
// A short call in the queue is served sooner by waiting than by starting a process; a long one is not.
// Which it is shows after a few milliseconds: what drains by itself is left alone.

/** What is known about a function's queue at one beat. */
export interface QueueSnapshot {
  /** How long each caller waits, longest first. */
  readonly waitedMs: readonly number[]
  /** Environments whose init has not ended. */
  readonly starting: number
  /** Environments that are past their init. */
  readonly running: number
  /** Invocations that ended since the previous beat. */
  readonly ended: number
  /** How long an invocation takes on average; Infinity before the first has ended. */
  readonly averageMs: number
}

/** Up to here calls are short: they are also sent ahead of their turn. */
export const SHORT_MS = 1
const LONG_MS = 10
/** Waiting this long for calls that are not known to be short says that they are not. */
const PATIENCE_MS = 10
/** For short calls it says that the machine is busy, or that one call is unlike the others. */
const SHORT_PATIENCE_MS = 250
/** While the first environment starts, nobody knows yet what calls are like. */
const COLD_PATIENCE_MS = 250
/** A queue that ends within so many beats ends by itself. */
const DRAIN_BEATS = 5
/** At the limit a caller waits this long before it is throttled. */
const THROTTLE_MS = 1_000

/** How many more environments the queue needs now. */
export function countMissing(snapshot: QueueSnapshot): number {
  const { waitedMs, starting, running, ended, averageMs } = snapshot
  const patienceMs = patienceFor(snapshot)
  const waiting = waitedMs.filter((ms) => ms >= patienceMs).length
  const missing = Math.max(0, waiting - starting - ended * DRAIN_BEATS)
  const isKnownLong = averageMs > LONG_MS && averageMs !== Infinity
  // Unless calls are known to be long, twice as many at each beat is soon enough.
  return isKnownLong ? missing : Math.min(missing, Math.max(1, running + starting))
}

function patienceFor({ running, starting, averageMs }: QueueSnapshot): number {
  if (running === 0) return starting > 0 ? COLD_PATIENCE_MS : 0
  return averageMs <= SHORT_MS ? SHORT_PATIENCE_MS : PATIENCE_MS
}

/** How many callers, after those an environment is being started for, have waited too long. */
export function countThrottled({ waitedMs, starting }: QueueSnapshot): number {
  return waitedMs.slice(starting).filter((ms) => ms > THROTTLE_MS).length
}
