import type { Engine } from './engine.ts'
import type { RowChange } from './stack-rows.ts'

/** Change sets that were made for what the stack no longer is. */
export function obsoleteChangeSets({ book }: Engine, stackId: string): readonly RowChange[] {
  return book
    .changeSets(stackId)
    .filter(({ executionStatus }) => executionStatus === 'AVAILABLE')
    .map((changeSet) => {
      return { row: 'change-set', value: { ...changeSet, executionStatus: 'OBSOLETE' } } as const
    })
}
