import type { TextChange } from './change-text.ts'

export interface SettledChanges {
  /** Removed first. */
  readonly removed: readonly Key[]
  /** Then created or replaced, in this order; no key occurs twice. */
  readonly kept: readonly (Key & { readonly text: string })[]
}

interface Key {
  readonly kind: string
  readonly id: string
}

/**
 * What a list of changes comes to, for an engine that does them in two statements instead of one by one:
 * the same rows in the same order. A row that is removed and made again moves to the end.
 */
export function settleChanges(changes: readonly TextChange[]): SettledChanges {
  const removed = new Map<string, Key>()
  const kept = new Map<string, Key & { readonly text: string }>()
  for (const { kind, id, text } of changes) {
    const key = JSON.stringify([kind, id])
    if (text === undefined) {
      removed.set(key, { kind, id })
      kept.delete(key)
    } else {
      kept.set(key, { kind, id, text }) // a Map remembers where a key came first
    }
  }
  return { removed: [...removed.values()], kept: [...kept.values()] }
}
