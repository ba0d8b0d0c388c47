// One resource on the way forward: made, changed, replaced, or left as it is.
import { stateOfInstance, type Blueprint } from './blueprint.ts'
import { callCreate, callDelete, callUpdate } from './call-type.ts'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { findType } from './find-type.ts'
import type { ResourceType } from './resource-type.ts'
import { sameJson } from './same-json.ts'
import { placeholderReason } from './skipped.ts'
import type { Before, Instance, PlannedInstance, ResourceRecord } from './stack-record.ts'
import { findRecord, note, noteProgress, withStatus, type Task } from './task.ts'

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
    return fail(task, record ?? newRecord(task, logicalId), errorMessage(error))
  }
  const known = record ?? newRecord(task, logicalId, planned.type)
  const type = findType(task.engine.types, planned.type)
  if (type === undefined) return skip(task, known, planned)
  const { live, step } = known
  if (live === undefined || live.isSkipped === true || step?.kind === 'create') {
    return make(task, type, known, planned)
  }
  if (step === undefined && isSame(live, planned)) return keep(task, known, planned)
  if (needsReplacement(type, live, planned)) return make(task, type, known, planned)
  return change(task, type, known, planned, live)
}

/** Whether there is nothing to do for a type. */
export function isSame(live: Instance, planned: PlannedInstance): boolean {
  return (
    sameJson(live.properties, planned.properties) && sameJson(live.tags ?? {}, planned.tags ?? {})
  )
}

export function needsReplacement(
  type: ResourceType,
  live: PlannedInstance,
  planned: PlannedInstance,
): boolean {
  if (type.update === undefined) return true
  if (sameJson(live.properties, planned.properties)) return false
  return type.needsReplacement(live.properties, planned.properties)
}

async function make(
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
    return fail(task, begun, 'What was left of an earlier try cannot be deleted')
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
    return fail(task, failed, ending.reason, initiated)
  }
  return settle(task, cleared, { ...planned, ...ending.state }, verb, type)
}

async function change(
  task: Task,
  type: ResourceType,
  record: ResourceRecord,
  planned: PlannedInstance,
  live: Instance,
): Promise<boolean> {
  if (type.update === undefined) return make(task, type, record, planned)
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
    return fail(task, failed, ending.reason, physicalId)
  }
  return settle(task, begun, { ...planned, ...ending.state }, 'UPDATE', type)
}

/** What the type gave is what the resource is now; what it was, if it is another, waits for the clean-up. */
async function settle(
  task: Task,
  record: ResourceRecord,
  instance: Instance,
  verb: 'CREATE' | 'UPDATE',
  type: ResourceType,
): Promise<boolean> {
  const { step: _step, live, ...rest } = record
  const status = `${verb}_COMPLETE` as const
  const reason = joinReasons(type.withoutEffect, placeholderReason(instance.properties))
  const settled: ResourceRecord = {
    ...withStatus(
      task,
      { ...rest, leftovers: keepReplaced(record, live, instance) },
      { status, reason },
    ),
    live: instance,
    settledIn: task.here,
  }
  const { physicalId, properties, shown = properties } = instance
  await note(task, settled, { status, reason, physicalId, properties: shown })
  return true
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

async function fail(
  task: Task,
  record: ResourceRecord,
  reason: string,
  physicalId?: string,
): Promise<boolean> {
  const verb = record.live === undefined ? 'CREATE' : 'UPDATE'
  const status = `${verb}_FAILED` as const
  const failed = { ...withStatus(task, record, { status, reason }), settledIn: task.here }
  await note(task, { ...failed, before: beforeOf(record) }, { status, reason, physicalId })
  return false
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

function keepReplaced(
  { before, leftovers }: ResourceRecord,
  live: Instance | undefined,
  instance: Instance,
): readonly Instance[] {
  const isReplaced =
    live !== undefined && !live.isSkipped && live.physicalId !== instance.physicalId
  const isRemembered =
    before?.kind === 'instance' && before.instance.physicalId === live?.physicalId
  const others = leftovers.filter(({ physicalId }) => physicalId !== instance.physicalId)
  return isReplaced && !isRemembered ? [...others, live] : others
}

function beforeOf({ before, live }: ResourceRecord): Before {
  if (before !== undefined) return before
  return live === undefined ? { kind: 'nothing' } : { kind: 'instance', instance: live }
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

function joinReasons(...reasons: readonly (string | undefined)[]): string | undefined {
  const given = reasons.filter((reason) => reason !== undefined)
  return given.length === 0 ? undefined : given.join(' ')
}
