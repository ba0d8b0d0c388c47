import { setTimeout as delay } from 'node:timers/promises'
import type { CloudFormation } from './aws/cloudformation.ts'
import type { StackEvent } from './aws/stack-description.ts'
import type { StackReporter } from './progress/reporter.ts'
import {
  beginProgress,
  outcomeOf,
  withEvents,
  type StackProgress,
} from './progress/stack-progress.ts'

export interface FollowedOperation {
  readonly cloudFormation: CloudFormation
  readonly stackName: string
  readonly stackId: string
  /** The operation's own: events of others are not shown. */
  readonly clientRequestToken: string
  readonly reporter: StackReporter
  readonly signal: AbortSignal
}

/** How often it is asked, by how long it has been going on. */
const PACE = [
  { untilMs: 3_000, everyMs: 30 },
  { untilMs: 30_000, everyMs: 150 },
  { untilMs: Number.POSITIVE_INFINITY, everyMs: 1_000 },
]

/** Watches an operation to its end, whichever it is. */
export async function followStack(operation: FollowedOperation): Promise<StackProgress> {
  const { cloudFormation, stackName, stackId, clientRequestToken, reporter, signal } = operation
  const startedMs = Date.now()
  let progress = beginProgress(stackName, startedMs)
  let newest: string | undefined
  reporter.update(progress, [])
  for (;;) {
    const all = await cloudFormation.events(
      stackId,
      (it) => it.eventId === newest || it.clientRequestToken !== clientRequestToken,
    )
    newest = all[0]?.eventId ?? newest
    const events = all.filter((it) => !neverWas(it)).toReversed()
    progress = withEvents(progress, events)
    if (events.length > 0) reporter.update(progress, events)
    const isOver = outcomeOf(progress.status) !== 'running'
    if (isOver) return progress
    const passedMs = Date.now() - startedMs
    const everyMs = PACE.find(({ untilMs }) => passedMs < untilMs)?.everyMs
    await delay(everyMs, undefined, { signal })
  }
}

/** The removal of a resource that `--skip-unknown` had left out: nothing was there. */
function neverWas({ status, reason }: StackEvent): boolean {
  return status === 'DELETE_SKIPPED' && reason?.startsWith('Skipped:') === true
}
