// What becomes of a stack once nothing more is made or changed.
import type { Blueprint } from './blueprint.ts'
import { endOperation, unusedTemplates } from './end-operation.ts'
import type { Engine } from './engine.ts'
import { stackChange } from './journal.ts'
import type { OperatingStack } from './operating-stack.ts'
import type { DeleteOperation, ResourceRecord, StackRecord, StoredOutput } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'

/** The stack is what it was to be; after an update, what it was is still to go. */
export function succeed(
  engine: Engine,
  { operation, ...stack }: OperatingStack,
  outputs: readonly StoredOutput[],
  blueprint: Blueprint,
  now: Date,
): readonly RowChange[] {
  const { attempted: _a, statusReason: _r, ...rest } = stack
  const deployed: StackRecord = {
    ...rest,
    deployed: operation.target,
    outputs,
    status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    operation: { ...operation, phase: 'cleanup' },
  }
  const records = [...engine.book.resources(stack.stackId).values()]
  if (operation.verb === 'CREATE')
    return endOperation(engine, deployed, operation, 'CREATE_COMPLETE')
  const removed = records.filter(
    ({ logicalId, live }) => live !== undefined && !blueprint.resources.has(logicalId),
  )
  return [
    ...removed.map((record) => ({ row: 'resource', value: takeOut(record) }) as const),
    ...stackChange(deployed, operation, now),
    ...unusedTemplates(engine, deployed),
  ]
}

/** No more a part of the stack; the clean-up finds it in `before`. */
function takeOut({ live, ...record }: ResourceRecord): ResourceRecord {
  if (live === undefined || record.before?.kind === 'instance') {
    const others = live === undefined || sameAsBefore(record, live.physicalId) ? [] : [live]
    return { ...record, leftovers: [...record.leftovers, ...others] }
  }
  return { ...record, before: { kind: 'instance', instance: live } }
}

function sameAsBefore({ before }: ResourceRecord, physicalId: string): boolean {
  return before?.kind === 'instance' && before.instance.physicalId === physicalId
}

/** The stack is not what it was to be: it goes back, goes away, or stays as it is. */
export function giveUp(
  engine: Engine,
  { operation, ...stack }: OperatingStack,
  reason: string,
  now: Date,
): readonly RowChange[] {
  const { verb, onFailure, target } = operation
  if (onFailure === 'DO_NOTHING') {
    const failed: StackRecord = { ...stack, attempted: target, statusReason: reason, operation }
    return endOperation(engine, failed, operation, `${verb}_FAILED`)
  }
  if (onFailure === 'DELETE') {
    const { operationId, operationType, clientRequestToken } = operation
    const name = { operationId, operationType, ...(clientRequestToken && { clientRequestToken }) }
    const deletion = { kind: 'delete', ...name, retain: [], isForced: false } as const
    const statusReason = `${reason} Delete requested by user.`
    return stackChange(
      {
        ...stack,
        attempted: target,
        status: 'DELETE_IN_PROGRESS',
        statusReason,
        operation: deletion,
      },
      operation,
      now,
    )
  }
  const isFirst = stack.deployed === undefined
  const statusReason =
    isFirst && !operation.cancelled ? `${reason} Rollback requested by user.` : reason
  return stackChange(
    {
      ...stack,
      ...(isFirst && { attempted: target }),
      status: isFirst ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
      statusReason: statusReason.replaceAll('  ', ' '),
      operation: { ...operation, phase: 'rollback' },
    },
    operation,
    now,
  )
}

/** The stack was to be deleted while it was made. */
export function turnToDeletion(
  { operation, ...stack }: OperatingStack,
  thenDelete: DeleteOperation,
  now: Date,
): readonly RowChange[] {
  const record: StackRecord = {
    ...stack,
    attempted: operation.target,
    status: 'DELETE_IN_PROGRESS',
    statusReason: 'User Initiated',
    operation: thenDelete,
  }
  return stackChange(record, thenDelete, now)
}
