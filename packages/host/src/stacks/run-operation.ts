import { errorMessage } from '../kernel/host-error.ts'
import { endOperation } from './end-operation.ts'
import { HostStops, type Engine } from './engine.ts'
import { runCleanup } from './run-cleanup.ts'
import { runDeletion } from './run-deletion.ts'
import { runForward } from './run-forward.ts'
import { runRollback } from './run-rollback.ts'
import type { Operation, StackRecord } from './stack-record.ts'
import type { StackStatus } from './status.ts'

/**
 * Does what a stack's operation says, phase after phase, until there is none. Each phase ends with one
 * write, and is begun again by the next start of a host that was killed in it: what it has done already
 * stands in the resources' records, what it was doing is tried again under the same token.
 */
export async function runOperation(
  engine: Engine,
  stackId: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const stack = engine.book.stack(stackId)
    if (stack?.operation === undefined || engine.stopping.aborted) return
    try {
      await runPhase(engine, stack, stack.operation, signal)
    } catch (error) {
      if (error instanceof HostStops || engine.stopping.aborted) return
      const { stackName } = stack
      engine.log.error('a stack operation failed unexpectedly', {
        stackName,
        error: errorMessage(error),
      })
      await abandon(engine, stackId)
      return
    }
  }
}

function runPhase(
  engine: Engine,
  stack: StackRecord,
  operation: Operation,
  signal: AbortSignal,
): Promise<void> {
  if (operation.kind === 'delete') return runDeletion(engine, stack, operation)
  switch (operation.phase) {
    case 'forward':
      return runForward(engine, stack, operation, signal)
    case 'rollback':
      return runRollback(engine, stack, operation)
    case 'cleanup':
    case 'rollback-cleanup':
      return runCleanup(engine, stack, operation)
  }
}

/** Nobody expected this: the stack stands still, and can be deleted. */
async function abandon(engine: Engine, stackId: string): Promise<void> {
  await engine.book.write(() => {
    const stack = engine.book.stack(stackId)
    if (stack?.operation === undefined) return []
    const failed = { ...stack, statusReason: 'Internal Failure' }
    return endOperation(engine, failed, stack.operation, failureOf(stack.operation, stack))
  })
}

function failureOf(operation: Operation, { deployed }: StackRecord): StackStatus {
  if (operation.kind === 'delete') return 'DELETE_FAILED'
  if (operation.phase === 'forward') return `${operation.verb}_FAILED`
  return deployed === undefined ? 'ROLLBACK_FAILED' : 'UPDATE_ROLLBACK_FAILED'
}
