// One resource on the way forward: made, changed, replaced, or left as it is.
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { stateOfInstance, type Blueprint } from './blueprint.ts'
import { changeResource } from './change-resource.ts'
import { isSame, needsReplacement } from './compare-instances.ts'
import { findType } from './find-type.ts'
import { hideSecrets, secretsOf } from './hide-secrets.ts'
import { makeResource } from './make-resource.ts'
import { beforeOf, failResource } from './settle-resource.ts'
import type { Instance, PlannedInstance, ResourceRecord } from './stack-record.ts'
import { findRecord, note, withStatus, type Task } from './task.ts'

export interface DeployTask extends Task {
  readonly blueprint: Blueprint
}

/** Says whether it went well. */
export async function deployResource(logicalId: string, task: DeployTask): Promise<boolean> {
  const record = findRecord(task, logicalId)
  if (record?.settledIn === task.here) return !record.status.endsWith('_FAILED')
  let planned: PlannedInstance
  try {
    planned = task.blueprint.plan(logicalId, (id) => stateOfInstance(findRecord(task, id)?.live))
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    const secrets = secretsOf(task.stack, task.engine.book.resources(task.stack.stackId))
    const reason = hideSecrets(errorMessage(error), secrets)
    return failResource(task, record ?? newRecord(task, logicalId), reason)
  }
  const known = record ?? newRecord(task, logicalId, planned.type)
  const type = findType(task.engine.types, planned.type)
  if (type === undefined) return skip(task, known, planned)
  const { live, step } = known
  if (live === undefined || live.isSkipped === true || step?.kind === 'create') {
    return makeResource(task, type, known, planned)
  }
  if (step === undefined && isSame(live, planned)) return keep(task, known, planned)
  if (needsReplacement(type, live, planned)) return makeResource(task, type, known, planned)
  return changeResource(task, type, known, planned, live)
}

/** Nothing to do; what is not the type's business may be new all the same. */
async function keep(
  task: Task,
  record: ResourceRecord,
  planned: PlannedInstance,
): Promise<boolean> {
  const { live } = record
  if (live === undefined) return true
  const { shown: _, ...rest } = live
  const instance = { ...rest, ...planned, properties: live.properties }
  await note(task, { ...record, before: beforeOf(record), live: instance, settledIn: task.here })
  return true
}

async function skip(
  task: Task,
  record: ResourceRecord,
  planned: PlannedInstance,
): Promise<boolean> {
  const physicalId = `skipped:${record.logicalId}`
  const instance: Instance = { ...planned, physicalId, attributes: {}, isSkipped: true }
  const reason = `Skipped: this host has no ${planned.type}`
  const verb = record.live === undefined ? 'CREATE' : 'UPDATE'
  const settled: ResourceRecord = {
    ...withStatus(task, record, { status: `${verb}_COMPLETE`, reason }),
    type: planned.type,
    before: beforeOf(record),
    live: instance,
    settledIn: task.here,
  }
  const isNew = record.live === undefined || !isSame(record.live, planned)
  await note(task, settled, isNew ? { status: settled.status, reason, physicalId } : undefined)
  return true
}

function newRecord(task: DeployTask, logicalId: string, type?: string): ResourceRecord {
  return {
    stackId: task.stack.stackId,
    logicalId,
    type: type ?? task.blueprint.resources.get(logicalId)?.type ?? '',
    status: 'CREATE_IN_PROGRESS',
    at: task.engine.now().toISOString(),
    leftovers: [],
  }
}
