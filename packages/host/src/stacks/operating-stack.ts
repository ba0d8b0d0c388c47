import type { Engine } from './engine.ts'
import type { DeployOperation, StackRecord } from './stack-record.ts'

export type OperatingStack = StackRecord & { readonly operation: DeployOperation }

/** The stack as it is by now: while a phase ran, somebody may have asked to cancel it, or protected it. */
export function operatingStack({ book }: Engine, { stackId }: StackRecord): OperatingStack {
  const stack = book.stack(stackId)
  if (stack?.operation?.kind === 'deploy') return { ...stack, operation: stack.operation }
  throw new Error(`${stackId} is not being deployed`)
}
