import type { Engine } from './engine.ts'
import { stackChange } from './journal.ts'
import { templatesOf } from './remove-change-set.ts'
import type {
  DeleteOperation,
  DeployOperation,
  ResourceRecord,
  StackRecord,
} from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type { StackStatus } from './status.ts'

/**
 * The stack without its operation. When it is well again, its resources forget what they were before,
 * and templates that nobody asks for any more go.
 */
export function endOperation(
  engine: Engine,
  { operation: _operation, ...stack }: StackRecord,
  operation: DeployOperation | DeleteOperation,
  status: StackStatus,
): readonly RowChange[] {
  const ended: StackRecord = { ...stack, status }
  const records = [...engine.book.resources(stack.stackId).values()]
  const isWell = status.endsWith('_COMPLETE')
  return [
    ...(isWell ? records.map((record) => calm(record, status)) : []),
    ...stackChange(ended, operation, engine.now()),
    ...unusedTemplates(engine, ended),
    ...endChangeSet(engine, ended, isWell && !status.includes('ROLLBACK')),
  ]
}

/** After an update, what has no instance was removed, or never came to be. */
function calm(record: ResourceRecord, status: StackStatus): RowChange {
  const isUpdate = status.startsWith('UPDATE_')
  if (isUpdate && record.live === undefined) return { row: 'no-resource', value: record }
  const { before: _before, settledIn: _settledIn, ...value } = record
  return { row: 'resource', value }
}

/** What the stack was made of, or was to be, and is not asked for any more once it is `stack`. */
export function unusedTemplates({ book }: Engine, stack: StackRecord): readonly RowChange[] {
  const { stackId } = stack
  const last = book.stack(stackId)
  const planned = book.changeSets(stackId).map(({ target }) => target.templateId)
  const used = new Set([...templatesOf(stack), ...planned])
  return [...new Set(last === undefined ? [] : templatesOf(last))]
    .filter((templateId) => !used.has(templateId))
    .map((templateId) => ({ row: 'no-template', value: { stackId, templateId } }) as const)
}

/** The change set that was executed says how it ended. */
function endChangeSet({ book }: Engine, stack: StackRecord, isWell: boolean): readonly RowChange[] {
  return book
    .changeSets(stack.stackId)
    .filter(({ executionStatus }) => executionStatus === 'EXECUTE_IN_PROGRESS')
    .map((changeSet) => {
      const executionStatus = isWell ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED'
      return { row: 'change-set', value: { ...changeSet, executionStatus } } as const
    })
}
