import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import { createStackRows } from './stack-rows.ts'
import { isInProgress } from './status.ts'

/** Whether a former host has left an operation on a stack unfinished. */
export async function hasUnfinishedStacks(store: Store, sealer: Sealer): Promise<boolean> {
  const stacks = await createStackRows(store, sealer).stacks()
  return stacks.some(({ status }) => isInProgress(status))
}
