// Back to the last good state; to nothing, when there is none.
import { operatingStack } from './operating-stack.ts'
import { endOperation } from './end-operation.ts'
import type { Engine } from './engine.ts'
import { stackChange } from './journal.ts'
import { removeInstances, type Removal } from './remove-instances.ts'
import { restoreResource } from './restore-resource.ts'
import type { DeployOperation, ResourceRecord, StackRecord } from './stack-record.ts'
import type { Task } from './task.ts'
import { walkGraph } from './walk-graph.ts'

const NEVER = new AbortController().signal

export async function runRollback(
  engine: Engine,
  stack: StackRecord,
  operation: DeployOperation,
): Promise<void> {
  const here = `${operation.operationId}/rollback`
  const task = { engine, stack, operation, here, signal: NEVER }
  if (stack.deployed === undefined) return takeDown(task, operation)
  const records = [...engine.book.resources(stack.stackId).values()]
  const { failed } = await walkGraph({
    graph: new Map(records.map((record) => [record.logicalId, needsOf(record)])),
    concurrency: engine.concurrency,
    isOver: () => engine.stopping.aborted,
    visit: (logicalId) => restoreResource(logicalId, task, operation.skip),
  })
  engine.stopping.throwIfAborted()
  await engine.book.write(() => {
    const current = operatingStack(engine, stack)
    if (failed.length > 0) {
      const statusReason = `The following resource(s) failed to update: [${failed.join(', ')}]. `
      return endOperation(
        engine,
        { ...current, attempted: operation.target, statusReason },
        operation,
        'UPDATE_ROLLBACK_FAILED',
      )
    }
    const { statusReason: _, ...rest } = current
    const status = 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
    const next = {
      ...rest,
      status,
      operation: { ...operation, phase: 'rollback-cleanup' },
    } as const
    return stackChange(next, operation, engine.now())
  })
}

function needsOf({ before }: ResourceRecord): ReadonlySet<string> {
  return new Set(before?.kind === 'instance' ? before.instance.dependsOn : [])
}

/** A stack that never was complete loses all that was made, except what is to be retained. */
async function takeDown(task: Task, operation: DeployOperation): Promise<void> {
  const { engine, stack } = task
  const records = [...engine.book.resources(stack.stackId).values()]
  const failed = await removeInstances(
    task,
    records.flatMap((record) => removalsOf(record, operation.retainExceptOnCreate)),
    { keepsRecords: true },
  )
  engine.stopping.throwIfAborted()
  await engine.book.write(() => {
    const { statusReason: _, ...current } = operatingStack(engine, stack)
    if (failed.length === 0) return endOperation(engine, current, operation, 'ROLLBACK_COMPLETE')
    const statusReason = `The following resource(s) failed to delete: [${failed.join(', ')}]. `
    return endOperation(engine, { ...current, statusReason }, operation, 'ROLLBACK_FAILED')
  })
}

function removalsOf(
  { logicalId, live, leftovers }: ResourceRecord,
  retainExceptOnCreate: boolean,
): readonly Removal[] {
  const left = leftovers.map((instance) => ({ logicalId, instance, isRetained: false }))
  if (live === undefined) return left
  const isRetained = live.deletionPolicy === 'Retain' && !retainExceptOnCreate
  return [...left, { logicalId, instance: live, isRetained }]
}
