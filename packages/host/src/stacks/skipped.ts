// What a stack skips because this host does not know it (the stack's tag `catamaran:skip-unknown`).
import type { Json } from './json.ts'
import type { Tag } from './stacks.ts'

const TAG = 'catamaran:skip-unknown'
const PLACEHOLDER = /\bskipped:[A-Za-z0-9]+/g

export function skipsUnknown(tags: readonly Tag[]): boolean {
  return tags.some(({ key, value }) => key === TAG && value === 'true')
}

/** That a resource holds placeholders of what was skipped, for its event. */
export function placeholderReason(properties: Json): string | undefined {
  const found = new Set(JSON.stringify(properties).match(PLACEHOLDER))
  if (found.size === 0) return undefined
  return `Holds placeholders of what was skipped: ${[...found].join(', ')}`
}
