// After an update, or its rollback: what is no part of the stack any more goes.
import { operatingStack } from './operating-stack.ts'
import { endOperation } from './end-operation.ts'
import type { Engine } from './engine.ts'
import { removeInstances, type Removal } from './remove-instances.ts'
import type { DeployOperation, Instance, ResourceRecord, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'

const NEVER = new AbortController().signal

export async function runCleanup(
  engine: Engine,
  stack: StackRecord,
  operation: DeployOperation,
): Promise<void> {
  const { phase, operationId, retainExceptOnCreate } = operation
  const isRollback = phase === 'rollback-cleanup'
  const task = { engine, stack, operation, here: `${operationId}/${phase}`, signal: NEVER }
  const records = [...engine.book.resources(stack.stackId).values()]
  const removals = records.flatMap((record) =>
    isRollback ? removalsBack(record, retainExceptOnCreate) : removalsForward(record),
  )
  const failed = await removeInstances(task, removals)
  engine.stopping.throwIfAborted()
  await engine.book.write(() => {
    const { statusReason: _r, attempted: _a, ...current } = operatingStack(engine, stack)
    const statusReason = 'Update successful. One or more resources could not be deleted.'
    const ended = failed.length > 0 && !isRollback ? { ...current, statusReason } : current
    const status = isRollback ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE'
    return [
      ...endOperation(engine, ended, operation, status),
      ...failed.flatMap((logicalId) => forget(engine, stack, logicalId, isRollback)),
    ]
  })
}

function removalsForward(record: ResourceRecord): readonly Removal[] {
  const { logicalId, live, before, leftovers } = record
  const old = before?.kind === 'instance' ? before.instance : undefined
  const left = leftovers.map((instance) => ({ logicalId, instance, isRetained: false }))
  if (old === undefined || old.physicalId === live?.physicalId) return left
  const policy = live === undefined ? old.deletionPolicy : old.updateReplacePolicy
  return [...left, { logicalId, instance: old, isRetained: retains(policy) }]
}

function removalsBack(
  { logicalId, live, before, leftovers }: ResourceRecord,
  retainExceptOnCreate: boolean,
): readonly Removal[] {
  const left = leftovers.map((instance) => ({ logicalId, instance, isRetained: false }))
  if (live === undefined || before?.kind !== 'nothing') return left
  const isRetained = live.deletionPolicy === 'Retain' && !retainExceptOnCreate
  return [...left, { logicalId, instance: live, isRetained }]
}

function retains(policy: Instance['deletionPolicy']): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate'
}

/** What could not be deleted is no part of the stack any more, as CloudFormation has it. */
function forget(
  { book }: Engine,
  { stackId }: StackRecord,
  logicalId: string,
  isRollback: boolean,
): readonly RowChange[] {
  const record = book.resources(stackId).get(logicalId)
  if (record?.live === undefined) return []
  const { before, settledIn: _, ...rest } = record
  const isNew = isRollback && before?.kind === 'nothing'
  if (isNew) return [{ row: 'no-resource', value: record }]
  return [{ row: 'resource', value: { ...rest, leftovers: [] } }]
}
