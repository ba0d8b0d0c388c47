import type { Engine } from './engine.ts'
import { templatesOf } from './remove-change-set.ts'
import type { RowChange } from './stack-rows.ts'

/** "Deleted stacks … 90 days after the stack has been deleted" (API reference, ListStacks). */
const KEPT_MS = 90 * 24 * 3_600_000
/** And no more of them than this. */
const MAX_DELETED = 500

/** Stacks that were deleted long ago, with all their rows. */
export async function forgetDeleted({ book, now }: Engine): Promise<void> {
  const oldest = now().getTime() - KEPT_MS
  const deleted = book
    .stacks()
    .filter(({ status }) => status === 'DELETE_COMPLETE')
    .sort((a, b) => deletionTime(b) - deletionTime(a))
  const forgotten = deleted.filter(
    (stack, index) => index >= MAX_DELETED || deletionTime(stack) < oldest,
  )
  for (const stack of forgotten) {
    const { stackId } = stack
    const events = await book.events(stackId)
    const templates = new Set(templatesOf(stack))
    await book.write((): readonly RowChange[] => [
      ...events.map((value) => ({ row: 'no-event', value }) as const),
      ...[...book.resources(stackId).values()].map(
        (value) => ({ row: 'no-resource', value }) as const,
      ),
      ...[...templates].map(
        (templateId) => ({ row: 'no-template', value: { stackId, templateId } }) as const,
      ),
      { row: 'no-stack', value: stack },
    ])
  }
}

function deletionTime({ deletedAt }: { readonly deletedAt?: string }): number {
  return deletedAt === undefined ? 0 : Date.parse(deletedAt)
}
