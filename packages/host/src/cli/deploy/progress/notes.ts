import type { ResourceProgress, StackProgress } from './stack-progress.ts'
import { isSkipped } from './status-words.ts'

/** What was left out. */
export function skippedIn({ resources }: StackProgress): readonly ResourceProgress[] {
  return [...resources.values()].filter(({ status, reason }) => isSkipped(status, reason))
}

/** What somebody should know of a deployment that went well: what is not there, and what has no effect here. */
export function notesOn(progress: StackProgress): readonly string[] {
  const settled = [...progress.resources.values()].filter(({ status }) =>
    /^(?:CREATE|UPDATE)_COMPLETE$/.test(status),
  )
  const skipped = skippedIn(progress)
  const holders = settled.filter(({ reason }) => reason?.includes(PLACEHOLDERS))
  const recorded = settled.filter(
    (it) => it.reason !== undefined && !it.reason.startsWith(PLACEHOLDERS) && !skipped.includes(it),
  )
  return [
    ...list(
      'Skipped',
      skipped.map(({ logicalId, type }) => `${logicalId} (${type})`),
    ),
    ...list(
      'With placeholders of what was skipped',
      holders.map(({ logicalId }) => logicalId),
    ),
    ...list('Kept without an effect on this host', [...new Set(recorded.map(({ type }) => type))]),
  ]
}

/** How the host's events begin to say that a resource holds a placeholder. */
const PLACEHOLDERS = 'Holds placeholders'

function list(heading: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${heading}: ${names.join(', ')}`]
}
