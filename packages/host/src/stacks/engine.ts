import type { StackBook } from './stack-book.ts'
import type { StacksOptions } from './stacks.ts'
import type { Log } from '../kernel/log.ts'

/** What everything that works on stacks has at hand. */
export interface Engine extends Pick<
  StacksOptions,
  'types' | 'aws' | 'readTemplateUrl' | 'readParameter' | 'readSecret'
> {
  readonly book: StackBook
  readonly log: Log
  readonly concurrency: number
  readonly now: () => Date
  /** Aborted once the host stops: what is under way is left for its next start. */
  readonly stopping: AbortSignal
  /** Goes on with the stack's operation, or begins with it. */
  readonly run: (stackId: string) => void
  /** Nothing new is begun for the stack, and what can be given up is. */
  readonly interrupt: (stackId: string) => void
}

/** Thrown where the host stops; nothing is to be written about it. */
export class HostStops extends Error {
  override readonly name = 'HostStops'
}
