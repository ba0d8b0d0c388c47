import type { RunningChild } from '../process/child.ts'
import type { Invocation } from './invocation.ts'
import type { FunctionError, InvocationOutcome } from './outcome.ts'

/** What a process tells the host, whatever it speaks. */
export interface LaneEvents {
  /** The code is loaded; `description` is what a handler says of its tools. */
  onReady(description: unknown): void
  onInitError(error: FunctionError): void
  /** The outcome of the invocation that is running; `durationMs` where the process measured it. */
  onAnswer(outcome: InvocationOutcome, durationMs?: number): void
  /** After an answer, or the first time: it takes the next invocation. */
  onNext(): void
  /** After an answer that is its last: it leaves by itself. */
  onLeaving(): void
  /** The next invocation it had read ahead was not begun, because its lease had ended. */
  onDeclined(): void
  onOutput(text: string, stream: 'stdout' | 'stderr', isDuringInvocation: boolean): void
  /** What it says cannot be understood. */
  onNonsense(): void
  /** Its code imports a package that Lambda would bring along; resolves to the folder that has it. */
  providePackage(name: string): Promise<string>
}

/** How the host and the process of an execution environment talk; one kind per runtime family. */
export interface Lane extends AsyncDisposable {
  /** Whether an invocation may be sent before the previous one is answered. */
  readonly readsAhead: boolean
  /** Part of an answer has arrived, its end has not. */
  readonly isMidAnswer: boolean
  /** What the process must find in its environment. */
  readonly variables: Readonly<Record<string, string>>
  attach(child: RunningChild): void
  /** Hands over an invocation; it is on its way after the next `flush`. */
  send(invocation: Invocation): void
  flush(): void
  /** Flushes together with everything else that this turn of the event loop brings. */
  flushSoon(): void
}
