// When a function gets another execution environment, and when a caller is told to come back later.
//
// A short call in the queue is served sooner by waiting than by starting a process; a long one is not.
// Which it is shows after a few milliseconds. And when calls are short, a long queue mostly means that
// the machine is busy, which more processes make worse.
import { availableParallelism } from 'node:os'

/** A function's queue at one beat. */
export interface QueueSnapshot {
  /** How long each caller waits, longest first. */
  readonly waitedMs: readonly number[]
  /** Environments whose init has not ended. */
  readonly starting: number
  /** Environments that are past their init. */
  readonly running: number
  /** The host itself was too busy to look in time: waiting says nothing about the function. */
  readonly isLate: boolean
}

/** Up to here calls are short: they are also sent ahead of their turn. */
const SHORT_MS = 1
const LONG_MS = 10
/** Waiting this long for calls that are not known to be short says that they are not. */
const PATIENCE_MS = 10
const SHORT_PATIENCE_MS = 50
/** While the first environment starts, nobody knows yet what calls are like. */
const COLD_PATIENCE_MS = 250
/** A queue that ends within so many beats ends by itself. */
const DRAIN_BEATS = 5
/** Not one short call has ended for so many beats: one that runs is not short. */
const STALLED_BEATS = 5
/** Short calls have been waiting for so many beats: there are more than one process can do. */
const SATURATED_BEATS = 20
/** At the limit a caller waits this long before it is throttled. */
const THROTTLE_MS = 1_000

/** What one function's calls have been like, and what follows from that. */
export class Scaling {
  #averageMs = Infinity
  #ended = 0
  #stalledBeats = 0
  #saturatedBeats = 0

  get hasShortCalls(): boolean {
    return this.#averageMs <= SHORT_MS
  }

  /** An invocation ended. One that is unlike the others counts as a few times the average. */
  onEnded(durationMs: number): void {
    this.#ended += 1
    const average = this.#averageMs
    const counted = Math.min(durationMs, 4 * average + SHORT_MS)
    this.#averageMs = average === Infinity ? durationMs : 0.8 * average + 0.2 * counted
  }

  /** Nobody waits at this beat. */
  rest(): void {
    this.#ended = 0
    this.#stalledBeats = 0
    this.#saturatedBeats = 0
  }

  /** How many more environments the queue needs at this beat. */
  countMissing(queue: QueueSnapshot): number {
    const ended = this.#ended
    this.#ended = 0
    if (queue.isLate) return 0
    this.#stalledBeats = ended === 0 ? this.#stalledBeats + 1 : 0
    const alive = queue.starting + queue.running
    if (alive > 0 && this.hasShortCalls) return this.#countForShort(queue)
    const waiting = countOver(queue.waitedMs, patienceFor(queue))
    const missing = Math.max(0, waiting - queue.starting - ended * DRAIN_BEATS)
    const areKnownLong = this.#averageMs > LONG_MS && this.#averageMs !== Infinity
    // Unless calls are known to be long, twice as many at each beat is soon enough.
    return areKnownLong ? missing : Math.min(missing, Math.max(1, alive))
  }

  #countForShort({ waitedMs, starting, running }: QueueSnapshot): number {
    const waiting = Math.max(0, countOver(waitedMs, SHORT_PATIENCE_MS) - starting)
    this.#saturatedBeats = waiting > 0 ? this.#saturatedBeats + 1 : 0
    if (this.#stalledBeats >= STALLED_BEATS) return Math.min(waiting, running + starting)
    if (this.#saturatedBeats < SATURATED_BEATS) return 0
    this.#saturatedBeats = 0
    return running + starting < availableParallelism() ? 1 : 0
  }
}

function patienceFor({ running, starting }: QueueSnapshot): number {
  if (running > 0) return PATIENCE_MS
  return starting > 0 ? COLD_PATIENCE_MS : 0
}

function countOver(waitedMs: readonly number[], limitMs: number): number {
  return waitedMs.filter((ms) => ms >= limitMs).length
}

/** How many callers, after those an environment is being started for, have waited too long. */
export function countThrottled({ waitedMs, starting }: QueueSnapshot): number {
  return countOver(waitedMs.slice(starting), THROTTLE_MS)
}
