// One resource on the way back to the last good state.
import { callUpdate } from './call-type.ts'
import { isSame, needsReplacement } from './compare-instances.ts'
import { findType } from './find-type.ts'
import type { ResourceType } from './resource-type.ts'
import type { Instance, ResourceRecord } from './stack-record.ts'
import { findRecord, note, noteProgress, withStatus, type Task } from './task.ts'

/** Says whether it went well. What was made anew is left for the clean-up. */
export async function restoreResource(
  logicalId: string,
  task: Task,
  skip: readonly string[],
): Promise<boolean> {
  const record = findRecord(task, logicalId)
  if (record === undefined || record.before?.kind !== 'instance') return true
  if (record.settledIn === task.here) return record.status !== 'UPDATE_FAILED'
  const { live, step } = record
  const good = record.before.instance
  if (live === undefined) return swap(task, record, good, 'silently')
  const type = findType(task.engine.types, good.type)
  const isUntouched = live.physicalId === good.physicalId && isSame(live, good)
  if (isUntouched && step?.kind !== 'update') return swap(task, record, good, 'silently')
  if (type?.update === undefined || skip.includes(logicalId)) return swap(task, record, good)
  const wasReplaced = live.physicalId !== good.physicalId && needsReplacement(type, good, live)
  if (wasReplaced || live.isSkipped === true || good.isSkipped === true) {
    return swap(task, record, good)
  }
  return changeBack(task, type, record, live, good)
}

async function changeBack(
  task: Task,
  type: ResourceType,
  record: ResourceRecord,
  live: Instance,
  good: Instance,
): Promise<boolean> {
  const { logicalId, step } = record
  const { physicalId } = live
  const properties = good.shown ?? good.properties
  const begun = withStatus(task, record, { status: 'UPDATE_IN_PROGRESS' })
  await note(task, begun, { status: 'UPDATE_IN_PROGRESS', physicalId, properties })
  const ending = await callUpdate(
    task,
    {
      type,
      logicalId,
      isRetry: record.status === 'UPDATE_IN_PROGRESS',
      onProgress: (reason) => noteProgress(task, begun, reason, physicalId),
    },
    good,
    // a change that failed may have come as far as anywhere
    step?.kind === 'update' ? { ...live, properties: step.planned.properties } : live,
  )
  if (ending.kind === 'failed') {
    const { reason } = ending
    const failed = withStatus(task, begun, { status: 'UPDATE_FAILED', reason })
    const settled = { ...failed, settledIn: task.here }
    await note(task, settled, { status: 'UPDATE_FAILED', reason, physicalId, properties })
    return false
  }
  return swap(task, begun, { ...good, ...ending.state })
}

/** From now on the resource is `instance`; the others that it was on the way are to go. */
async function swap(
  task: Task,
  record: ResourceRecord,
  instance: Instance,
  how: 'with an event' | 'silently' = 'with an event',
): Promise<boolean> {
  const { step, live, before, ...rest } = record
  const remembered = before?.kind === 'instance' ? [before.instance] : []
  const half: readonly Instance[] =
    step?.kind === 'create' && step.physicalId !== undefined
      ? [{ ...step.planned, physicalId: step.physicalId, attributes: {} }]
      : []
  const { physicalId, properties, shown = properties } = instance
  const others: readonly Instance[] = [
    ...record.leftovers,
    ...(live ? [live] : []),
    ...remembered,
    ...half,
  ]
  const leftovers = others.filter(
    (other, index) =>
      other.physicalId !== physicalId &&
      other.isSkipped !== true &&
      others.findIndex((each) => each.physicalId === other.physicalId) === index,
  )
  const status = 'UPDATE_COMPLETE'
  const restored: ResourceRecord = {
    ...(how === 'silently' ? rest : withStatus(task, rest, { status })),
    type: instance.type,
    live: instance,
    before: { kind: 'instance', instance },
    leftovers,
    settledIn: task.here,
  }
  const happening = { status, physicalId, properties: shown } as const
  await note(task, restored, how === 'silently' ? undefined : happening)
  return true
}
