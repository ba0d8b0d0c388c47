// The fast lane: a Node child reads invocations from fd 3 and writes answers to fd 4.
//
// Why not Node's IPC channel: measured, it costs twice the CPU per call, its writes are not
// synchronous (what a handler printed would be lost when it is killed), and the handler would see a
// `process.send` that it does not have on Lambda.
//
// Towards the child, three lines per invocation: `<request id> <lease end>[ <function ARN>]`, event,
// client context.
// From the child, one line each, told apart by its first character (see FRAMES). A child that waits for
// a package (`P`) can read nothing but files: that answer is one, in its own temporary folder.
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { errorMessage } from '../kernel/host-error.ts'
import type { RunningChild } from '../process/child.ts'
import { MAX_PAYLOAD_BYTES } from './compat.ts'
import type { Invocation } from './invocation.ts'
import type { Lane, LaneEvents } from './lane.ts'
import type { FunctionError } from './outcome.ts'

/** JSON escapes at most six characters for one; a longer line is not an answer. */
const MAX_LINE = 6 * MAX_PAYLOAD_BYTES + 1_024

export class PipeLane implements Lane {
  readonly readsAhead = true
  readonly variables = {}
  readonly #events: LaneEvents
  readonly #tempDir: string
  #toChild: Writable | undefined
  #pending: string[] = []
  #pendingLength = 0
  #outgoing = ''
  #isFlushScheduled = false
  readonly #flushNow = () => {
    this.#isFlushScheduled = false
    this.flush()
  }

  constructor(events: LaneEvents, tempDir: string) {
    this.#events = events
    this.#tempDir = tempDir
  }

  get isMidAnswer(): boolean {
    return this.#pending.length > 0
  }

  attach(child: RunningChild): void {
    const [, , , toChild, fromChild] = child.process.stdio as readonly unknown[]
    this.#toChild = toChild as Writable
    this.#toChild.on('error', () => {}) // it has left; its exit is reported elsewhere
    const answers = fromChild as Readable
    answers.on('error', () => {})
    answers.setEncoding('utf8')
    answers.on('data', (chunk: string) => this.#onData(chunk))
  }

  send(invocation: Invocation): void {
    const { requestId, payload, clientContext, leaseEndsAt, invokedFunctionArn } = invocation
    const arn = invokedFunctionArn === '' ? '' : ` ${invokedFunctionArn}`
    this.#outgoing += `${requestId} ${leaseEndsAt}${arn}\n${oneLine(payload)}\n${oneLine(clientContext)}\n`
  }

  flush(): void {
    if (this.#outgoing === '') return
    const text = this.#outgoing
    this.#outgoing = ''
    this.#toChild?.write(text)
  }

  flushSoon(): void {
    if (this.#isFlushScheduled) return
    this.#isFlushScheduled = true
    setImmediate(this.#flushNow)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#toChild?.destroy()
  }

  #onData(chunk: string): void {
    let start = 0
    let end = chunk.indexOf('\n')
    while (end !== -1) {
      let line = chunk.slice(start, end)
      if (this.#pending.length > 0) {
        line = this.#pending.join('') + line
        this.#pending = []
        this.#pendingLength = 0
      }
      this.#onLine(line)
      start = end + 1
      end = chunk.indexOf('\n', start)
    }
    if (start === chunk.length) return
    this.#pending.push(start === 0 ? chunk : chunk.slice(start))
    this.#pendingLength += chunk.length - start
    if (this.#pendingLength > MAX_LINE) this.#events.onNonsense()
  }

  #onLine(line: string): void {
    if (line.startsWith('P')) return void this.#providePackage(line.slice(1))
    try {
      dispatch(this.#events, line)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#events.onNonsense() // the function's own code wrote to our pipe
    }
  }

  /** The name of the answer's file is the package's, as one segment of a path. */
  async #providePackage(name: string): Promise<void> {
    const answer = await this.#events.providePackage(name).then(
      (folder) => ({ folder }),
      (error: unknown) => ({ problem: errorMessage(error) }),
    )
    const file = join(this.#tempDir, `.package-${name.replaceAll(/[^\w@.-]/g, '+').slice(0, 120)}`)
    try {
      await writeFile(`${file}.new`, JSON.stringify(answer))
      await rename(`${file}.new`, file)
    } catch {
      // its folder is gone, and with it everybody who waits
    }
  }
}

type Frame = (events: LaneEvents, rest: string, durationMs: number) => void

/** By first character. Answers go on with the microseconds the invocation took, and a space. */
const FRAMES: Record<string, Frame> = {
  // initialized, with what the handler says of its tools
  I(events, rest) {
    events.onReady(rest === '' ? undefined : JSON.parse(rest))
    events.onNext()
  },
  // the init failed
  X: (events, rest) => events.onInitError(readError(rest)),
  // returned: JSON as it is
  R(events, payload, durationMs) {
    events.onAnswer({ kind: 'returned', payload }, durationMs)
    events.onNext()
  },
  // returned by a streaming handler, whose output need not be JSON: a JSON string
  S(events, rest, durationMs) {
    events.onAnswer({ kind: 'returned', payload: readText(rest) }, durationMs)
    events.onNext()
  },
  // threw
  T(events, rest, durationMs) {
    events.onAnswer({ kind: 'threw', ...readError(rest) }, durationMs)
    events.onNext()
  },
  // threw where nobody could catch it; the process leaves
  F(events, rest, durationMs) {
    events.onAnswer({ kind: 'threw', ...readError(rest) }, durationMs)
    events.onLeaving()
  },
  // the response is too large: its bytes
  L(events, rest, durationMs) {
    events.onAnswer({ kind: 'too-large', bytes: Number(rest) }, durationMs)
    events.onNext()
  },
  // the next one it had read ahead was not begun
  D: (events) => events.onDeclined(),
  // output: 1 and 2 while an invocation runs, 3 and 4 otherwise
  1: (events, rest) => events.onOutput(readText(rest), 'stdout', true),
  2: (events, rest) => events.onOutput(readText(rest), 'stderr', true),
  3: (events, rest) => events.onOutput(readText(rest), 'stdout', false),
  4: (events, rest) => events.onOutput(readText(rest), 'stderr', false),
}
const ANSWERS = 'RSTFL'

function dispatch(events: LaneEvents, line: string): void {
  const kind = line[0] ?? ''
  const frame = FRAMES[kind]
  if (frame === undefined) return events.onNonsense()
  if (!ANSWERS.includes(kind)) return frame(events, line.slice(1), 0)
  const space = line.indexOf(' ')
  frame(events, line.slice(space + 1), Number(line.slice(1, space)) / 1000)
}

function readText(json: string): string {
  const text: unknown = JSON.parse(json)
  return typeof text === 'string' ? text : json
}

/** A handler may throw anything that looks like an error, with members that are anything. */
function readError(json: string): FunctionError {
  const value: unknown = JSON.parse(json)
  const error: Record<string, unknown> = typeof value === 'object' ? { ...value } : {}
  const { errorType, errorMessage, stackTrace } = error
  return {
    errorType: typeof errorType === 'string' ? errorType : 'Error',
    errorMessage: typeof errorMessage === 'string' ? errorMessage : '',
    ...(Array.isArray(stackTrace) && { stackTrace: stackTrace.filter(isText) }),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Between JSON's tokens a newline means nothing, and inside of them it cannot be. */
function oneLine(json: string): string {
  return json.includes('\n') ? json.replaceAll('\n', ' ') : json
}
