import { removeChangeSet } from './remove-change-set.ts'
import { endOperation } from './end-operation.ts'
import type { Engine } from './engine.ts'
import { removeInstances, type Removal } from './remove-instances.ts'
import type { DeleteOperation, ResourceRecord, StackRecord } from './stack-record.ts'

const NEVER = new AbortController().signal

/** Everything goes that is not to be retained, and then the stack. */
export async function runDeletion(
  engine: Engine,
  stack: StackRecord,
  operation: DeleteOperation,
): Promise<void> {
  const here = `${operation.operationId}/delete`
  const task = { engine, stack, operation, here, signal: NEVER }
  const records = [...engine.book.resources(stack.stackId).values()]
  const failed = await removeInstances(
    task,
    records.flatMap((record) => removalsOf(record, operation.retain)),
    { isForced: operation.isForced, keepsRecords: true },
  )
  engine.stopping.throwIfAborted()
  await engine.book.write(() => {
    const { statusReason: _, ...current } = engine.book.stack(stack.stackId) ?? stack
    if (failed.length > 0) {
      const statusReason = `The following resource(s) failed to delete: [${failed.join(', ')}]. `
      return endOperation(engine, { ...current, statusReason }, operation, 'DELETE_FAILED')
    }
    const deletedAt = engine.now().toISOString()
    return [
      ...endOperation(engine, { ...current, deletedAt }, operation, 'DELETE_COMPLETE'),
      ...engine.book.changeSets(stack.stackId).flatMap((each) => removeChangeSet(engine, each)),
    ]
  })
}

function removalsOf(record: ResourceRecord, retain: readonly string[]): readonly Removal[] {
  const { logicalId, live, before, leftovers } = record
  const others = [...(before?.kind === 'instance' ? [before.instance] : []), ...leftovers]
  const removals = others
    .filter(({ physicalId }) => physicalId !== live?.physicalId)
    .map((instance) => ({ logicalId, instance, isRetained: retain.includes(logicalId) }))
  if (live === undefined) return removals
  const { deletionPolicy } = live
  const isRetained =
    retain.includes(logicalId) ||
    deletionPolicy === 'Retain' ||
    deletionPolicy === 'RetainExceptOnCreate'
  return [...removals, { logicalId, instance: live, isRetained }]
}
