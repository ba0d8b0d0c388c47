// One child process that runs one invocation at a time: from cold to gone.
//
// Different from Lambda: between invocations the process is not frozen, so its timers go on. The
// memory limit counts the resident memory of the process itself, not of what it starts.
import { errorMessage } from '../kernel/host-error.ts'
import type { ChildExit, RunningChild } from '../process/child.ts'
import { ENTRYPOINT_ERROR_TYPE, EXIT_ERROR_TYPE, INIT_TIMEOUT_ERROR_TYPE } from './compat.ts'
import { describeExit } from './describe-exit.ts'
import { EnvironmentOutput } from './environment-output.ts'
import type { Ending, EnvironmentState, Running } from './environment-state.ts'
import { hostProcess } from './host-process.ts'
import type { Invocation } from './invocation.ts'
import type { Lane, LaneEvents } from './lane.ts'
import { MemoryWatch } from './memory-watch.ts'
import type { FunctionError, InvocationOutcome } from './outcome.ts'
import { provideFor } from './provide-for.ts'
import { ReadAhead } from './read-ahead.ts'
import type { EnvironmentSettings, Revision } from './revision.ts'

/** Who gives an environment its invocations. */
export interface EnvironmentOwner {
  onIdle(environment: ExecutionEnvironment, now: number): void
  onAnswered(environment: ExecutionEnvironment, durationMs: number): void
  /** It was given these and has not begun them. */
  onReturned(invocations: readonly Invocation[]): void
  onGone(environment: ExecutionEnvironment, ending: Ending): void
}

/** How an init ended. */
export type InitOutcome =
  | { readonly kind: 'ready'; readonly description: unknown }
  | { readonly kind: 'failed'; readonly error: FunctionError }

/** Why an init that was not allowed to end failed. */
export const STOPPED: FunctionError = {
  errorType: EXIT_ERROR_TYPE,
  errorMessage: 'It was stopped before its init ended',
}

/** How long a stopped process may take to leave before it is killed. */
const STOP_GRACE_MS = 500

export class ExecutionEnvironment implements LaneEvents {
  readonly revision: Revision
  readonly initialized: Promise<InitOutcome>
  state: EnvironmentState
  readonly #owner: EnvironmentOwner
  readonly #settings: EnvironmentSettings
  readonly #createdAt = performance.now()
  readonly #ahead = new ReadAhead()
  readonly #output: EnvironmentOutput
  readonly #gone: Promise<void>
  #lane: Lane | undefined
  #child: RunningChild | undefined
  #setInitialized: (outcome: InitOutcome) => void = () => {}
  #memory: MemoryWatch | undefined
  #wasUsed = false
  /** Installs that its code waits for; meanwhile no time limit counts. */
  #installs = 0

  constructor(revision: Revision, settings: EnvironmentSettings, owner: EnvironmentOwner) {
    this.revision = revision
    this.#owner = owner
    this.#settings = settings
    this.#output = new EnvironmentOutput(revision)
    this.state = { phase: 'starting', deadlineAt: this.#createdAt + settings.initTimeoutMs }
    this.initialized = new Promise((resolve) => (this.#setInitialized = resolve))
    this.#output.note(`INIT_START Runtime Version: ${revision.launch.description}`)
    this.#gone = hostProcess(revision, settings, this, {
      onLine: (line, stream) => this.#output.line(line, stream),
      onStarted: (child, lane) => this.#onStarted(child, lane),
      onEnded: (exit, cause) => this.#onEnded(exit, cause),
    })
  }

  /** Gives an idle environment its next invocation; `flush` sends it. */
  run(invocation: Invocation, now: number): void {
    invocation.leaseEndsAt = 0
    this.#lane?.send(invocation)
    this.#begin(invocation, now)
    this.#output.announce()
  }

  canReadAhead(now: number): boolean {
    const { state } = this
    if (state.phase !== 'busy' || this.#lane?.readsAhead !== true) return false
    return this.#ahead.accepts(state.startedAt, now)
  }

  /** Gives a busy environment an invocation to begin after the ones before it. */
  readAhead(invocation: Invocation): void {
    this.#ahead.add(invocation)
    this.#lane?.send(invocation)
  }

  flush(): void {
    this.#lane?.flush()
  }

  flushSoon(): void {
    this.#lane?.flushSoon()
  }

  /** Whether invocations it has read ahead wait for one that takes long. */
  hasExpiredLeases(sharedTime: number): boolean {
    return this.state.phase === 'busy' && this.#ahead.hasExpired(sharedTime)
  }

  /** To be called a turn of the event loop later, when what had been answered by then is read. */
  takeBackExpired(sharedTime: number): void {
    if (this.state.phase !== 'busy' || this.#lane?.isMidAnswer === true) return
    this.#owner.onReturned(this.#ahead.takeBackExpired(sharedTime))
  }

  checkDeadline(now: number): void {
    const { state } = this
    this.#output.announce()
    if (!('deadlineAt' in state) || now < state.deadlineAt || this.#installs > 0) return
    if (state.phase === 'starting') {
      const limitMs = this.#settings.initTimeoutMs
      const errorMessage = `The init did not end within ${limitMs} ms`
      return this.onInitError({ errorType: INIT_TIMEOUT_ERROR_TYPE, errorMessage })
    }
    const limitMs = this.revision.configuration.timeoutMs
    if (state.phase === 'busy') {
      this.#report(state.invocation, { kind: 'timed-out', limitMs }, limitMs)
      this.state = { phase: 'settling', deadlineAt: state.deadlineAt }
    }
    this.#end({ kind: 'timed-out' }, 0)
  }

  /** Reads the memory in use and ends a process that has more than its function may. */
  checkMemory(): void {
    const { phase } = this.state
    if (phase === 'ending' || phase === 'gone' || (phase === 'idle' && !this.#wasUsed)) return
    this.#wasUsed = phase === 'busy'
    const problem = this.#memory?.check()
    if (problem === undefined) return
    this.#output.note(`Error: ${problem}`)
    this.#end({ kind: 'out-of-memory' }, 0)
  }

  /** Ends it, whatever it does; resolves when nothing of it is left. */
  stop({ graceMs = STOP_GRACE_MS }: { readonly graceMs?: number } = {}): Promise<void> {
    this.#end({ kind: 'stopped' }, graceMs)
    return this.#gone
  }

  onReady(description: unknown): void {
    if (this.state.phase !== 'starting') return
    this.#output.initialized(performance.now() - this.#createdAt)
    this.#memory?.check()
    this.#setInitialized({ kind: 'ready', description })
  }

  onInitError(error: FunctionError): void {
    if (this.state.phase === 'starting') this.#end({ kind: 'init-failed', error }, 0)
  }

  onAnswer(outcome: InvocationOutcome, measuredMs?: number): void {
    const running = runningIn(this.state)
    if (running === undefined) return
    const durationMs = measuredMs ?? performance.now() - running.startedAt
    this.#report(running.invocation, outcome, durationMs)
    this.#owner.onAnswered(this, durationMs)
    this.#leave()
  }

  onNext(): void {
    const now = performance.now()
    const next = this.#ahead.shift()
    if (next !== undefined) return this.#begin(next, now)
    const { phase } = this.state
    if (this.#ahead.length > 0 || (phase !== 'starting' && phase !== 'settling')) return
    this.state = { phase: 'idle', since: now }
    this.#wasUsed = true
    this.#owner.onIdle(this, now)
  }

  onDeclined(): void {
    const running = runningIn(this.state)
    if (running !== undefined) {
      this.#leave()
      this.#owner.onReturned([running.invocation])
    } else this.#ahead.forgetDeclined()
    this.onNext()
  }

  onLeaving(): void {
    this.#end({ kind: 'exited' }, STOP_GRACE_MS)
  }

  onNonsense(): void {
    const { phase } = this.state
    if (phase === 'ending' || phase === 'gone') return
    this.#output.note('Error: the code wrote to the pipes of its runtime: it is ended')
    this.#end({ kind: 'exited' }, 0)
  }

  async providePackage(name: string): Promise<string> {
    const { phase } = this.state
    const askedAt = performance.now()
    const note = (line: string) => this.#output.note(line)
    this.#installs += 1
    try {
      return await provideFor(this.revision, name, this.#settings, note)
    } finally {
      this.#installs -= 1
      const tookMs = performance.now() - askedAt
      const { state } = this
      if (state.phase === phase && 'deadlineAt' in state) {
        this.state = { ...state, deadlineAt: state.deadlineAt + tookMs }
      }
    }
  }

  onOutput(text: string, stream: 'stdout' | 'stderr', isDuringInvocation: boolean): void {
    this.#output.write(text, stream, isDuringInvocation)
  }

  #begin(invocation: Invocation, startedAt: number): void {
    const { state } = this
    if (state.phase === 'ending') {
      this.state = { ...state, running: { invocation, startedAt } }
    } else {
      const deadlineAt = startedAt + this.revision.configuration.timeoutMs
      this.state = { phase: 'busy', invocation, startedAt, deadlineAt }
    }
    this.#output.begin(invocation)
  }

  /** The invocation that was running is not any more. */
  #leave(): void {
    const { state } = this
    this.#output.leave()
    if (state.phase === 'busy') this.state = { phase: 'settling', deadlineAt: state.deadlineAt }
    else if (state.phase === 'ending') this.state = { phase: 'ending', ending: state.ending }
  }

  #report(invocation: Invocation, outcome: InvocationOutcome, durationMs: number): void {
    this.#output.end(invocation, outcome, durationMs, this.#memory?.maxMb ?? 0)
    invocation.settle(outcome)
  }

  #end(ending: Ending, graceMs: number): void {
    const { state } = this
    if (state.phase === 'ending' || state.phase === 'gone') return
    const running = state.phase === 'busy' ? state : undefined
    this.state = { phase: 'ending', ending, running }
    void this.#child?.stop({ graceMs })
  }

  #onStarted(child: RunningChild, lane: Lane): void {
    this.#child = child
    this.#lane = lane
    this.#memory = new MemoryWatch(child.pid, this.revision.configuration.memorySizeMb)
    if (this.state.phase === 'ending') void child.stop({ graceMs: 0 }) // stopped before it ran
  }

  #onEnded(exit: ChildExit, cause?: unknown): void {
    const { state } = this
    this.#output.endLines()
    const running = runningIn(state)
    if (running !== undefined) {
      const durationMs = performance.now() - running.startedAt
      this.#report(running.invocation, { kind: 'exited', ...exit }, durationMs)
    }
    const ending = this.#endingOf(state, exit, cause)
    this.state = { phase: 'gone', ending }
    if (ending.kind === 'init-failed') {
      this.#output.note(`INIT_REPORT Status: error\tError Type: ${ending.error.errorType}`)
    } else if (state.phase === 'idle') {
      this.#output.note(`Error: Runtime exited between invocations: ${describeExit(exit)}`)
    }
    const error = ending.kind === 'init-failed' ? ending.error : STOPPED
    this.#setInitialized({ kind: 'failed', error }) // means nothing once it was ready
    this.#owner.onReturned(this.#ahead.takeBackAll())
    this.#owner.onGone(this, ending)
  }

  #endingOf(state: EnvironmentState, exit: ChildExit, cause: unknown): Ending {
    if (state.phase === 'ending') return state.ending
    if (state.phase !== 'starting') return { kind: 'exited' }
    const lines = this.#output.lastLines.map((line) => `\n${line}`).join('')
    const error =
      cause === undefined
        ? {
            errorType: EXIT_ERROR_TYPE,
            errorMessage: `Runtime exited with error: ${describeExit(exit)}${lines}`,
          }
        : { errorType: ENTRYPOINT_ERROR_TYPE, errorMessage: errorMessage(cause) }
    return { kind: 'init-failed', error }
  }
}

function runningIn(state: EnvironmentState): Running | undefined {
  if (state.phase === 'busy') return state
  return state.phase === 'ending' ? state.running : undefined
}
