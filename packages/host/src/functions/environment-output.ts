import { LATEST } from './function-identifier.ts'
import type { FunctionLog } from './function-log.ts'
import type { Invocation } from './invocation.ts'
import { LineAssembler } from './line-assembler.ts'
import type { InvocationOutcome } from './outcome.ts'
import type { Revision } from './revision.ts'

type Stream = 'stdout' | 'stderr'

const KEPT_LINES = 10

/** What a function's log hears of one environment: everything it writes, under the right request. */
export class EnvironmentOutput {
  readonly #log: FunctionLog
  readonly #memorySizeMb: number
  readonly #version: string
  /** The invocation that runs, for what arrives over the process's own stdout and stderr. */
  #invocation: Invocation | undefined
  /** It runs for all we know, but it may still be declined: the log has not heard of it yet. */
  #isAnnounced = true
  #writtenFor: string | undefined
  #lastLines: string[] = []
  /** Until the first report has told it. */
  #initMs: number | undefined
  readonly #stdout = new LineAssembler((line) => this.#add(line, 'stdout', this.#writtenFor))
  readonly #stderr = new LineAssembler((line) => this.#add(line, 'stderr', this.#writtenFor))

  constructor({ log, configuration }: Revision) {
    this.#log = log
    this.#memorySizeMb = configuration.memorySizeMb
    this.#version = configuration.version ?? LATEST
  }

  /** The last lines written outside any invocation: what an init that failed said. */
  get lastLines(): readonly string[] {
    return this.#lastLines
  }

  note(text: string): void {
    this.#log.note(text)
  }

  initialized(initMs: number): void {
    this.#initMs = initMs
  }

  begin(invocation: Invocation): void {
    this.#invocation = invocation
    this.#isAnnounced = false
  }

  /** Tells the log that the invocation has begun, as soon as that is certain. */
  announce(): void {
    if (this.#isAnnounced || this.#invocation === undefined) return
    this.#isAnnounced = true
    this.#log.start(this.#invocation, this.#version)
  }

  /** What was begun on a line belongs to the invocation that ends now. */
  end(invocation: Invocation, outcome: InvocationOutcome, durationMs: number, maxMemoryMb: number) {
    this.announce()
    this.endLines()
    this.#log.end(invocation, outcome, {
      durationMs,
      memorySizeMb: this.#memorySizeMb,
      maxMemoryMb,
      initMs: this.#initMs,
    })
    this.#initMs = undefined
  }

  /** From here on nothing runs. */
  leave(): void {
    this.#invocation = undefined
  }

  /** A line from the process's own stdout or stderr. */
  line(line: string, stream: Stream): void {
    this.announce()
    this.#add(line, stream, this.#invocation?.requestId)
  }

  /** A piece of text that came in order with the answers, so it is known whose it is. */
  write(text: string, stream: Stream, isDuringInvocation: boolean): void {
    this.announce()
    const requestId = isDuringInvocation ? this.#invocation?.requestId : undefined
    if (requestId !== this.#writtenFor) this.endLines()
    this.#writtenFor = requestId
    if (stream === 'stdout') this.#stdout.push(text)
    else this.#stderr.push(text)
  }

  endLines(): void {
    this.#stdout.end()
    this.#stderr.end()
  }

  #add(line: string, stream: Stream, requestId: string | undefined): void {
    if (requestId === undefined) this.#lastLines = [...this.#lastLines.slice(1 - KEPT_LINES), line]
    this.#log.line(line, stream, requestId)
  }
}
