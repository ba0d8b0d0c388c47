// Started, never used processes of one version. A new session takes one, so that nobody waits for a
// process to start; the pool makes the next one when the claimed one has answered its first request.
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { ServerProcess } from './server-process.ts'

export interface ProcessPool {
  /** A process for a new session: a waiting one at once, otherwise one that is starting. */
  claim(): Promise<ServerProcess>
  /** Puts in a process that was started for another reason and never used. */
  add(process: ServerProcess): void
  /** Starts the next process if one is missing. */
  refill(): void
  /** Lets a pool that had to grow shrink again; called now and then. */
  sweep(): void
  /** Ends the processes that wait. Those that were claimed belong to their sessions. */
  stop(): Promise<void>
}

export interface ProcessPoolOptions {
  readonly start: () => Promise<ServerProcess>
  /** How many wait when nothing happens; 0 keeps none. */
  readonly warmSessions: number
  /** After so long without a new session nothing waits, until the next one; undefined never rests. */
  readonly restsAfterMs?: number | undefined
  readonly log: Log
  readonly now: () => number
}

const MAX_GROWN = 8
const CALM_MS = 60_000
/** The first request of a session should not share the processor with the start of the next process. */
const REFILL_AFTER_CLAIM_MS = 50
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000

export function createProcessPool(options: ProcessPoolOptions): ProcessPool {
  const { start, warmSessions, restsAfterMs, log, now } = options
  const idle: ServerProcess[] = []
  const stopping = new Set<Promise<void>>()
  let starting: Promise<ServerProcess> | undefined
  let isStopped = false
  let target = warmSessions
  let emptiedAt = now()
  let claimedAt = now()
  let isResting = restsAfterMs !== undefined
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  const refillIn = (delayMs: number) => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(refill, delayMs).unref()
  }

  const discard = (process: ServerProcess) => {
    const stopped = process
      .stop({ graceMs: 0 })
      .then(
        () => {},
        (error: unknown) =>
          log.error('A waiting server left something behind', { cause: errorMessage(error) }),
      )
      .finally(() => stopping.delete(stopped))
    stopping.add(stopped)
  }

  const retryLater = () => {
    refillIn(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures))
    failures += 1
  }

  const add = (process: ServerProcess) => {
    if (isStopped) return discard(process)
    idle.push(process)
    void process.exited.then(() => {
      const at = idle.indexOf(process)
      if (at < 0) return
      idle.splice(at, 1)
      log.warn('A waiting server process ended', { lastLines: process.lastLines() })
      discard(process)
      retryLater()
    })
  }

  const refill = () => {
    clearTimeout(timer)
    if (isStopped || isResting || starting || idle.length >= target) return
    const started = (starting = start())
    started.then(
      (process) => {
        failures = 0
        if (starting !== started) return // a session took it meanwhile
        starting = undefined
        add(process)
        refill()
      },
      (error: unknown) => {
        if (starting === started) starting = undefined
        if (isStopped) return
        log.error('A server process for new sessions did not start', { error: errorMessage(error) })
        retryLater()
      },
    )
  }

  const claim = async (): Promise<ServerProcess> => {
    isResting = false
    claimedAt = now()
    refillIn(REFILL_AFTER_CLAIM_MS)
    const waiting = idle.shift()
    if (waiting) return waiting
    emptiedAt = now()
    if (target > 0 && target < MAX_GROWN) target += 1
    if (starting === undefined) return start()
    const claimed = starting
    starting = undefined
    return claimed
  }

  return {
    claim,
    add,
    refill,
    sweep() {
      if (restsAfterMs !== undefined && now() - claimedAt >= restsAfterMs) {
        isResting = true
        for (const process of idle.splice(0)) discard(process)
      }
      if (target <= warmSessions || now() - emptiedAt < CALM_MS) return
      emptiedAt = now() // one a minute
      target -= 1
      const surplus = idle.length > target ? idle.pop() : undefined
      if (surplus) discard(surplus)
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      for (const process of idle.splice(0)) discard(process)
      await starting?.catch(() => {}) // add() discards it, or it never came up
      await Promise.all(stopping)
    },
  }
}
