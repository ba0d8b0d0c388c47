import { callCreate, callDelete } from './call-type.ts'
import type { ResourceType } from './resource-type.ts'
import { beforeOf, failResource, settleResource } from './settle-resource.ts'
import type { PlannedInstance, ResourceRecord } from './stack-record.ts'
import { note, noteProgress, withStatus, type Task } from './task.ts'

/** Makes a resource, or the one that takes its place. Says whether it went well. */
export async function makeResource(
  task: Task,
  type: ResourceType,
  record: ResourceRecord,
  planned: PlannedInstance,
): Promise<boolean> {
  const { logicalId, live, step } = record
  const isReplacement = live !== undefined && live.isSkipped !== true
  const verb = isReplacement ? 'UPDATE' : 'CREATE'
  const isRetry = step?.kind === 'create'
  const begun: ResourceRecord = {
    ...withStatus(task, record, { status: `${verb}_IN_PROGRESS` }),
    type: planned.type,
    before: beforeOf(record),
    step: isRetry ? { ...step, planned } : { kind: 'create', planned, hasFailed: false },
  }
  const reason = isReplacement
    ? 'Requested update requires the creation of a new physical resource; hence creating one.'
    : undefined
  const properties = planned.shown ?? planned.properties
  await note(task, begun, {
    status: begun.status,
    reason,
    properties,
    physicalId: live?.physicalId,
  })

  const cleared = isReplacement ? begun : await clearLeftovers(task, type, begun)
  if (cleared === undefined)
    return failResource(task, begun, 'What was left of an earlier try cannot be deleted')
  let initiated = step?.physicalId
  const ending = await callCreate(
    task,
    {
      type,
      logicalId,
      isRetry,
      initiatedAs: initiated,
      onProgress: (progress) => noteProgress(task, cleared, progress, initiated),
      async initiated(physicalId) {
        initiated = physicalId
        const known: ResourceRecord = {
          ...cleared,
          step: { kind: 'create', planned, hasFailed: false, physicalId },
        }
        const happening = { status: begun.status, reason: 'Resource creation Initiated' }
        await note(task, known, { ...happening, physicalId, properties })
      },
    },
    planned,
  )
  if (ending.kind === 'failed') {
    const { step: _, ...rest } = cleared
    const half =
      initiated === undefined ? [] : [{ ...planned, physicalId: initiated, attributes: {} }]
    const failed = { ...rest, leftovers: [...cleared.leftovers, ...half] }
    return failResource(task, failed, ending.reason, initiated)
  }
  return settleResource(task, cleared, { ...planned, ...ending.state }, verb, type)
}

/** What an earlier try that failed has left would stand in the way of the next. */
async function clearLeftovers(
  task: Task,
  type: ResourceType,
  record: ResourceRecord,
): Promise<ResourceRecord | undefined> {
  const { logicalId, leftovers } = record
  if (leftovers.length === 0) return record
  const call = { type, logicalId, isRetry: false, onProgress() {} }
  for (const leftover of leftovers) {
    const ending = await callDelete(task, call, leftover)
    if (ending.kind === 'failed') return undefined
  }
  const cleared = { ...record, leftovers: [] }
  await note(task, cleared)
  return cleared
}
