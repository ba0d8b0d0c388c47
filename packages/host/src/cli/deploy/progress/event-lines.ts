import type { StackEvent } from '../aws/stack-description.ts'
import type { ConstructNode } from './construct-tree.ts'
import { isOfStack, isOrdinaryReason, resourcesIn, type StackProgress } from './stack-progress.ts'
import { describeTime, wordFor } from './status-words.ts'

/** The rest is told at the end. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

/** What a log is told of each event: what is settled, and what is said while it takes long. */
export function eventLines({
  tree,
  showsAll,
}: {
  tree: readonly ConstructNode[]
  showsAll: boolean
}) {
  const settled = new Set<string>()
  const all = showsAll ? resourcesIn(tree).length : 0
  return (event: StackEvent, { stackName, startedMs }: StackProgress): readonly string[] => {
    const { logicalId, type, status, reason } = event
    const { word } = wordFor(status, reason)
    const at = describeTime(Date.parse(event.timestamp) - startedMs)
    if (isOfStack(event, stackName)) return [`${stackName}  ${word}  ${at}`]
    const isRunning = status.endsWith('_IN_PROGRESS')
    if (isRunning) {
      const said = reason === undefined || isOrdinaryReason(reason) ? [] : [reason]
      return said.map((it) => `${stackName}  ${word} ${logicalId}  ${type}  ${at}  ${it}`)
    }
    settled.add(logicalId)
    const count = all === 0 ? `${settled.size}` : `${settled.size}/${Math.max(all, settled.size)}`
    const why = status.endsWith('_FAILED') && reason !== undefined ? `  ${firstLine(reason)}` : ''
    return [`${stackName}  ${count}  ${word} ${logicalId}  ${type}  ${at}${why}`]
  }
}
