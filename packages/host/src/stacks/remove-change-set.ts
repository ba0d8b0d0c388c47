import type { Engine } from './engine.ts'
import type { ChangeSetRecord, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'

/** The change set, and its template unless the stack is made of it. */
export function removeChangeSet(
  { book }: Engine,
  changeSet: ChangeSetRecord,
): readonly RowChange[] {
  const { stackId, target } = changeSet
  const stack = book.stack(stackId)
  const isUsed = stack !== undefined && templatesOf(stack).includes(target.templateId)
  const template = {
    row: 'no-template',
    value: { stackId, templateId: target.templateId },
  } as const
  return [{ row: 'no-change-set', value: changeSet }, ...(isUsed ? [] : [template])]
}

/** The templates that a stack is made of, was made of and is to be made of. */
export function templatesOf({ deployed, attempted, operation }: StackRecord): readonly string[] {
  const target = operation?.kind === 'deploy' ? operation.target : undefined
  return [deployed, attempted, target].flatMap((deployment) => deployment?.templateId ?? [])
}
