// Asynchronous invocations ("Event"): accepted at once, run in the background, tried again when they
// fail ("How Lambda handles errors and retries with asynchronous invocation", developer guide).
//
// Different from Lambda: events wait in memory, so those that are not done when the host stops are
// lost. What is missing: destinations and dead-letter queues.
import { randomUUID } from 'node:crypto'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { InvocationOutcome } from './outcome.ts'

export interface EventQueueOptions {
  readonly invoke: (arn: string, payload: string, requestId: string) => Promise<InvocationOutcome>
  readonly log: Log
  /** How long to wait before a function that failed is tried again, once for each entry. */
  readonly retryDelaysMs: readonly number[]
  readonly maxEvents: number
  /** Of all payloads together. */
  readonly maxBytes: number
}

export interface EventQueue extends AsyncDisposable {
  /** Takes an event, or refuses it when too many wait. */
  add(arn: string, payload: string, requestId?: string): void
}

interface Event {
  readonly arn: string
  readonly payload: string
  readonly requestId: string
  readonly acceptedAt: number
  failures: number
  throttles: number
}

const FIRST_THROTTLE_DELAY_MS = 1_000
const MAX_THROTTLE_DELAY_MS = 300_000
/** "Maximum age of event", the default. */
const MAX_AGE_MS = 6 * 3_600_000

export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { invoke, log, retryDelaysMs, maxEvents, maxBytes } = options
  const events = new Set<Event>()
  const waiting = new Set<NodeJS.Timeout>()
  let bytes = 0
  let isStopped = false

  /** Never rejects. */
  async function run(event: Event): Promise<void> {
    const { arn, payload, requestId } = event
    const problem = await invoke(arn, payload, requestId).then(
      (outcome) => (outcome.kind === 'returned' ? undefined : outcome.kind),
      (error: unknown) => error,
    )
    const delayMs = isStopped || problem === undefined ? undefined : nextDelay(event, problem)
    if (delayMs !== undefined) return runLater(event, delayMs)
    events.delete(event)
    bytes -= payload.length
    if (problem === undefined || isStopped) return
    const reason = typeof problem === 'string' ? problem : errorMessage(problem)
    log.warn('Asynchronous invocation given up', { arn, requestId, reason })
  }

  /** Undefined: it is not tried again. */
  function nextDelay(event: Event, problem: unknown): number | undefined {
    if (problem === 'throttled') {
      const delayMs = Math.min(
        FIRST_THROTTLE_DELAY_MS * 2 ** event.throttles,
        MAX_THROTTLE_DELAY_MS,
      )
      event.throttles += 1
      return performance.now() + delayMs - event.acceptedAt < MAX_AGE_MS ? delayMs : undefined
    }
    if (typeof problem !== 'string') return undefined // the function is gone, or the host stops
    event.failures += 1
    return retryDelaysMs[event.failures - 1]
  }

  function runLater(event: Event, delayMs: number): void {
    const timer = setTimeout(() => {
      waiting.delete(timer)
      void run(event)
    }, delayMs)
    timer.unref()
    waiting.add(timer)
  }

  return {
    add(arn, payload, requestId = randomUUID()) {
      if (isStopped) throw new HostError('ERR_CONFLICT', 'The host is stopping')
      if (events.size >= maxEvents || bytes + payload.length > maxBytes) {
        const message = `Too many asynchronous invocations wait here: ${events.size}`
        throw new HostError('ERR_THROTTLED', message)
      }
      const acceptedAt = performance.now()
      const event = { arn, payload, requestId, acceptedAt, failures: 0, throttles: 0 }
      events.add(event)
      bytes += payload.length
      void run(event)
    },

    async [Symbol.asyncDispose]() {
      isStopped = true
      for (const timer of waiting) clearTimeout(timer)
      if (events.size > 0) log.warn('Asynchronous invocations are lost', { events: events.size })
    },
  }
}
