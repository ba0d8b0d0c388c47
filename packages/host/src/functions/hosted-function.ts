import { HostError } from '../kernel/host-error.ts'
import type { Capacity, Tenant } from './capacity.ts'
import type { Ending } from './environment-state.ts'
import {
  ExecutionEnvironment,
  type EnvironmentOwner,
  STOPPED,
  type InitOutcome,
} from './execution-environment.ts'
import { LATEST } from './function-identifier.ts'
import type { Invocation } from './invocation.ts'
import type { FunctionError } from './outcome.ts'
import type { EnvironmentSettings, Revision } from './revision.ts'
import { countThrottled, Scaling, type QueueSnapshot } from './scaling.ts'
import { sharedNow } from './shared-clock.ts'

/** After an init that failed while others run, the next one is not tried at once. */
const INIT_RETRY_MS = 1_000

/** One version of a function: its environments, and the callers that wait for one. */
export class HostedFunction implements EnvironmentOwner, Tenant {
  readonly #settings: EnvironmentSettings
  readonly #capacity: Capacity
  readonly #onEmpty: () => void
  readonly #environments = new Set<ExecutionEnvironment>()
  /** The last one to become idle is used first, so that the others can become old. */
  readonly #idle: ExecutionEnvironment[] = []
  #queue: Invocation[] = []
  #revision: Revision | undefined
  #isClosed = false
  #scaling = new Scaling()
  #retryAt = 0

  constructor(settings: EnvironmentSettings, capacity: Capacity, onEmpty: () => void) {
    this.#settings = settings
    this.#capacity = capacity
    this.#onEmpty = onEmpty
  }

  /** The code new invocations run; undefined before the first init has succeeded. */
  get revision(): Revision | undefined {
    return this.#revision
  }

  get aliveCount(): number {
    return this.#count((phase) => phase !== 'ending' && phase !== 'gone')
  }

  get oldestIdleSince(): number | undefined {
    const state = this.#idle[0]?.state
    return state?.phase === 'idle' ? state.since : undefined
  }

  giveUpIdle(): void {
    void this.#idle.shift()?.stop()
  }

  /** Starts the new code. If its init succeeds it has replaced the old one when this resolves. */
  async replace(revision: Revision): Promise<InitOutcome> {
    if (this.#isClosed) return { kind: 'failed', error: STOPPED }
    const environment = this.#start(revision)
    const outcome = await environment.initialized
    if (outcome.kind === 'failed') await environment.stop()
    return outcome
  }

  /** New code whose init is left to the first invocation; those that run end on the old one. */
  adopt(revision: Revision): void {
    if (revision.number > (this.#revision?.number ?? 0)) this.#adopt(revision)
  }

  /** The folders that environments read their code from, and those that waiting callers will need. */
  *foldersInUse(): Iterable<string> {
    const revisions = [...this.#environments].map(({ revision }) => revision)
    if (this.#queue.length > 0 && this.#revision !== undefined) revisions.push(this.#revision)
    for (const revision of revisions) {
      yield revision.configuration.codeDir
      yield* revision.configuration.layers
    }
  }

  invoke(invocation: Invocation): void {
    if (this.#isClosed) return this.#refuse([invocation])
    const now = invocation.queuedAt
    const idle = this.#takeIdle()
    if (idle !== undefined) {
      idle.run(invocation, now)
      return idle.flushSoon() // with whatever else arrives at the same time
    }
    const busy = this.#queue.length === 0 ? this.#findReader(now) : undefined
    if (busy !== undefined) {
      busy.readAhead(invocation)
      return busy.flushSoon()
    }
    if (this.#capacity.limit === 0) return invocation.settle({ kind: 'throttled' })
    this.#queue.push(invocation)
    if (this.aliveCount === 0) this.#startMore(1)
  }

  /** Takes a caller that has gone out of the queue; what is running goes on, as on Lambda. */
  forget(invocation: Invocation): void {
    this.#queue = this.#queue.filter((it) => it !== invocation)
  }

  /** Looks at every deadline; says whether there is anything to look at again soon. */
  beat(now: number, isLate: boolean): boolean {
    const sharedTime = sharedNow()
    let isActive = this.#queue.length > 0
    for (const environment of this.#environments) {
      environment.checkDeadline(now)
      if (environment.hasExpiredLeases(sharedTime)) {
        setImmediate(() => environment.takeBackExpired(sharedTime))
      }
      isActive ||= environment.state.phase !== 'idle'
    }
    if (this.#queue.length > 0) this.#scale(now, isLate)
    else this.#scaling.rest()
    return isActive
  }

  checkMemory(): void {
    for (const environment of this.#environments) environment.checkMemory()
  }

  /** Stops what has been idle since before `time`. */
  reap(time: number): void {
    while ((this.oldestIdleSince ?? Infinity) < time) this.giveUpIdle()
  }

  /** Takes no more invocations; those that run may end. Resolves when the idle ones are gone. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#refuse(this.#queue.splice(0))
    const unused = [...this.#environments].filter(({ state }) => isUnused(state.phase))
    await Promise.all(unused.map((it) => it.stop()))
    if (this.#environments.size === 0) this.#onEmpty()
  }

  /** Ends everything, whatever it does. */
  async kill(): Promise<void> {
    this.#isClosed = true
    this.#refuse(this.#queue.splice(0))
    await Promise.all([...this.#environments].map((it) => it.stop()))
    this.#onEmpty()
  }

  onIdle(environment: ExecutionEnvironment, now: number): void {
    const { revision } = environment
    const currentNumber = this.#revision?.number ?? 0
    if (this.#isClosed || revision.number < currentNumber) return void environment.stop()
    if (revision.number > currentNumber) this.#adopt(revision)
    this.#serve(environment, now)
  }

  onAnswered({ revision }: ExecutionEnvironment, durationMs: number): void {
    if (revision === this.#revision) this.#scaling.onEnded(durationMs)
  }

  onReturned(invocations: readonly Invocation[]): void {
    if (invocations.length === 0) return
    if (this.#isClosed) return this.#refuse(invocations)
    this.#queue.unshift(...invocations.filter(({ isSettled }) => !isSettled))
    for (let idle = this.#takeIdle(); idle !== undefined; idle = this.#takeIdle()) {
      this.#serve(idle, performance.now())
      if (this.#queue.length === 0) break
    }
  }

  onGone(environment: ExecutionEnvironment, ending: Ending): void {
    this.#environments.delete(environment)
    this.#removeIdle(environment)
    this.#settings.onGone?.()
    if (ending.kind === 'init-failed' && environment.revision === this.#revision) {
      this.#retryAt = performance.now() + INIT_RETRY_MS
      if (this.aliveCount === 0) {
        for (const invocation of this.#queue.splice(0)) {
          failInit(invocation, environment.revision, ending.error)
        }
      }
    }
    if (this.#queue.length > 0 && this.aliveCount === 0) this.#startMore(1)
    if (this.#isClosed && this.#environments.size === 0) this.#onEmpty()
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    let idle = this.#idle.pop()
    while (idle !== undefined && idle.state.phase !== 'idle') idle = this.#idle.pop() // it is ending
    return idle
  }

  /** A busy environment that will soon be free, when calls are short. */
  #findReader(now: number): ExecutionEnvironment | undefined {
    if (!this.#scaling.hasShortCalls) return undefined
    for (const environment of this.#environments) {
      if (environment.revision === this.#revision && environment.canReadAhead(now)) {
        return environment
      }
    }
    return undefined
  }

  #serve(environment: ExecutionEnvironment, now: number): void {
    let next = this.#queue.shift()
    if (next === undefined) return void this.#idle.push(environment)
    environment.run(next, now)
    while (this.#scaling.hasShortCalls && environment.canReadAhead(now)) {
      next = this.#queue.shift()
      if (next === undefined) break
      environment.readAhead(next)
    }
    environment.flush()
  }

  #scale(now: number, isLate: boolean): void {
    const snapshot: QueueSnapshot = {
      waitedMs: this.#queue.map(({ queuedAt }) => now - queuedAt),
      starting: this.#count((phase) => phase === 'starting'),
      running: this.#count((phase) => phase !== 'starting' && phase !== 'ending'),
      isLate,
    }
    const needed = this.#scaling.countMissing(snapshot)
    const missing = now < this.#retryAt ? 0 : needed
    if (this.#startMore(missing) === missing) return
    const late = this.#queue.splice(snapshot.starting, countThrottled(snapshot))
    for (const invocation of late) invocation.settle({ kind: 'throttled' })
  }

  /** How many of `count` could be started. */
  #startMore(count: number): number {
    let started = 0
    while (started < count && this.#revision !== undefined && this.#capacity.hasRoom()) {
      this.#start(this.#revision)
      started += 1
    }
    return started
  }

  #start(revision: Revision): ExecutionEnvironment {
    const environment = new ExecutionEnvironment(revision, this.#settings, this)
    this.#environments.add(environment)
    return environment
  }

  /** From here on invocations run the new code; those that run end on the old one. */
  #adopt(revision: Revision): void {
    this.#revision = revision
    this.#scaling = new Scaling()
    this.#retryAt = 0
    for (const environment of this.#environments) {
      if (environment.revision.number >= revision.number) continue
      if (!isUnused(environment.state.phase)) continue
      this.#removeIdle(environment)
      void environment.stop()
    }
  }

  #removeIdle(environment: ExecutionEnvironment): void {
    const index = this.#idle.indexOf(environment)
    if (index !== -1) this.#idle.splice(index, 1)
  }

  #refuse(invocations: readonly Invocation[]): void {
    for (const invocation of invocations) {
      invocation.refuse(new HostError('ERR_NOT_FOUND', 'The function is not hosted any more'))
    }
  }

  #count(isCounted: (phase: ExecutionEnvironment['state']['phase']) => boolean): number {
    let count = 0
    for (const { state } of this.#environments) if (isCounted(state.phase)) count += 1
    return count
  }
}

/** The log says of it what it says of one that ran, so that a caller who reads its tail finds out. */
function failInit(invocation: Invocation, revision: Revision, error: FunctionError): void {
  const outcome = { kind: 'init-failed', ...error } as const
  const { log, configuration } = revision
  log.start(invocation, configuration.version ?? LATEST)
  log.end(invocation, outcome, {
    durationMs: performance.now() - invocation.queuedAt,
    memorySizeMb: configuration.memorySizeMb,
    maxMemoryMb: 0,
    initMs: undefined,
  })
  invocation.settle(outcome)
}

function isUnused(phase: ExecutionEnvironment['state']['phase']): boolean {
  return phase === 'idle' || phase === 'starting'
}
