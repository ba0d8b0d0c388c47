import type { Scope } from '../kernel/scope.ts'
import type { Engine } from './engine.ts'
import { getChangeable } from './find-stack.ts'

/** UpdateTerminationProtection. */
export async function protectStack(
  { book }: Engine,
  scope: Scope,
  input: { readonly stackName: string; readonly enableTerminationProtection: boolean },
): Promise<{ readonly stackId: string }> {
  const { stackId } = getChangeable(book, scope, input.stackName)
  await book.write(() => {
    const stack = book.stack(stackId)
    if (stack === undefined) return []
    const { enableTerminationProtection } = input
    return [{ row: 'stack', value: { ...stack, enableTerminationProtection } }]
  })
  return { stackId }
}
