import type { Invocation } from './invocation.ts'
import type { FunctionError } from './outcome.ts'

/** Why an execution environment is gone, or about to be. */
export type Ending =
  | { readonly kind: 'init-failed'; readonly error: FunctionError }
  /** Idle for too long, replaced, or the host stops. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'out-of-memory' }
  /** It left by itself. */
  | { readonly kind: 'exited' }

/** An invocation in a process. */
export interface Running {
  readonly invocation: Invocation
  readonly startedAt: number
}

/** An execution environment from cold to gone. Only a busy one has an invocation to answer. */
export type EnvironmentState =
  | { readonly phase: 'starting'; readonly deadlineAt: number }
  | { readonly phase: 'idle'; readonly since: number }
  | ({ readonly phase: 'busy'; readonly deadlineAt: number } & Running)
  /** Answered, and not yet back for more: the time limit still counts. */
  | { readonly phase: 'settling'; readonly deadlineAt: number }
  /** Told to leave; what it still says of the invocation it runs counts until it has. */
  | { readonly phase: 'ending'; readonly ending: Ending; readonly running?: Running | undefined }
  | { readonly phase: 'gone'; readonly ending: Ending }
