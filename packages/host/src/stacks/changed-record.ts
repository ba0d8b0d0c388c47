import type { Engine } from './engine.ts'
import type { DeployOperation, StackRecord } from './stack-record.ts'

/** The stack as it is by now: while a phase ran, somebody may have asked to cancel it, or protected the stack. */
export function changedRecord(
  { book }: Engine,
  { stackId }: StackRecord,
): StackRecord & { readonly operation: DeployOperation } {
  const stack = book.stack(stackId)
  if (stack?.operation?.kind === 'deploy') return { ...stack, operation: stack.operation }
  throw new Error(`${stackId} is not being deployed`)
}
