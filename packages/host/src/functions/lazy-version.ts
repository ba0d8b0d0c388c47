import { errorMessage, HostError } from '../kernel/host-error.ts'
import { ENTRYPOINT_ERROR_TYPE } from './compat.ts'
import type { Host } from './environments.ts'
import type { FunctionConfiguration } from './function-configuration.ts'
import type { Invocation } from './invocation.ts'

/** The keys that a platform puts among a function's variables expire, some time after this. */
const PLAN_LIFE_MS = 12 * 3_600_000

/**
 * A version made through the API: its first invocation starts it, as on Lambda, and an init that
 * fails answers that invocation; the next one tries again.
 */
export class LazyVersion {
  readonly #host: Host
  readonly #configure: () => FunctionConfiguration
  /** What invocations wait for; undefined when nothing is planned yet, or again. */
  #planning: Promise<void> | undefined
  /** Until when (`performance.now()`) the plan holds; 0 when there is none. */
  #readyUntil = 0
  #generation = 0

  constructor(host: Host, configure: () => FunctionConfiguration) {
    this.#host = host
    this.#configure = configure
  }

  invoke(invocation: Invocation): void {
    if (invocation.queuedAt < this.#readyUntil) return this.#host.hosted.invoke(invocation)
    const planning = (this.#planning ??= this.#plan(this.#generation))
    planning.then(
      () => {
        if (!invocation.isSettled) this.#host.hosted.invoke(invocation)
      },
      (error: unknown) => {
        if (this.#planning === planning) this.#planning = undefined
        refuse(invocation, error)
      },
    )
  }

  forget(invocation: Invocation): void {
    this.#host.hosted.forget(invocation)
  }

  /** Its configuration is another: the next invocation runs that one. */
  renew(): void {
    this.#generation += 1
    this.#readyUntil = 0
    this.#planning = undefined
  }

  close(): Promise<void> {
    return this.#host.hosted.close()
  }

  async #plan(generation: number): Promise<void> {
    const revision = await this.#host.plan(this.#configure())
    this.#host.hosted.adopt(revision)
    if (generation !== this.#generation) return
    this.#readyUntil = performance.now() + PLAN_LIFE_MS
    this.#planning = undefined
  }
}

/** Code that cannot even be tried is an entry point that does not work, in Lambda's words. */
function refuse(invocation: Invocation, error: unknown): void {
  if (!(error instanceof HostError) || error.code === 'ERR_CONFLICT') {
    return invocation.refuse(error)
  }
  invocation.settle({
    kind: 'init-failed',
    errorType: ENTRYPOINT_ERROR_TYPE,
    errorMessage: errorMessage(error),
  })
}
