import { callUpdate } from './call-type.ts'
import type { ResourceType } from './resource-type.ts'
import { beforeOf, failResource, settleResource } from './settle-resource.ts'
import type { Instance, PlannedInstance, ResourceRecord } from './stack-record.ts'
import { note, noteProgress, withStatus, type Task } from './task.ts'

/** Changes a resource in place, as far as its type can. Says whether it went well. */
export async function changeResource(
  task: Task,
  type: ResourceType,
  record: ResourceRecord,
  planned: PlannedInstance,
  live: Instance,
): Promise<boolean> {
  const isRetry = record.step?.kind === 'update' && !record.step.hasFailed
  const begun: ResourceRecord = {
    ...withStatus(task, record, { status: 'UPDATE_IN_PROGRESS' }),
    before: beforeOf(record),
    step: { kind: 'update', planned, hasFailed: false },
  }
  const { physicalId } = live
  const properties = planned.shown ?? planned.properties
  await note(task, begun, { status: 'UPDATE_IN_PROGRESS', physicalId, properties })
  const onProgress = (reason: string) => noteProgress(task, begun, reason, physicalId)
  const call = { type, logicalId: record.logicalId, isRetry, onProgress }
  const ending = await callUpdate(task, call, planned, live)
  if (ending.kind === 'failed') {
    const failed = { ...begun, step: { kind: 'update', planned, hasFailed: true } as const }
    return failResource(task, failed, ending.reason, physicalId)
  }
  return settleResource(task, begun, { ...planned, ...ending.state }, 'UPDATE', type)
}
