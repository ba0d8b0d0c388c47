// Taking down: what nobody depends on any more goes first.
import { callDelete } from './call-type.ts'
import { findType } from './find-type.ts'
import { resourceEvent } from './journal.ts'
import type { Instance, ResourceRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type { ResourceStatus } from './status.ts'
import { findRecord, noteProgress, withStatus, type Task } from './task.ts'
import type { Graph } from './template/graph.ts'
import { walkGraph } from './walk-graph.ts'

export interface Removal {
  readonly logicalId: string
  readonly instance: Instance
  /** Retained ones stay where they are, and the stack forgets them. */
  readonly isRetained: boolean
}

export interface RemovalOptions {
  /** What fails is forgotten too. */
  readonly isForced?: boolean
  /** A record without an instance stays, to be shown. */
  readonly keepsRecords?: boolean
}

/** The logical ids of what could not be deleted, or stands behind such. */
export async function removeInstances(
  task: Task,
  removals: readonly Removal[],
  options: RemovalOptions = {},
): Promise<readonly string[]> {
  const named = new Map(removals.map((removal) => [nameOf(removal), removal]))
  const { failed } = await walkGraph({
    graph: removalGraph(named),
    concurrency: task.engine.concurrency,
    isOver: () => task.engine.stopping.aborted,
    async visit(name) {
      const removal = named.get(name)
      return removal === undefined || removeInstance(task, removal, options)
    },
  })
  return [...new Set(failed.flatMap((name) => named.get(name)?.logicalId ?? []))]
}

function removalGraph(removals: ReadonlyMap<string, Removal>): Graph {
  const dependents = new Map<string, string[]>()
  for (const [name, { instance }] of removals) {
    for (const needed of instance.dependsOn) {
      dependents.set(needed, [...(dependents.get(needed) ?? []), name])
    }
  }
  return new Map(
    [...removals].map(([name, { logicalId }]) => [name, new Set(dependents.get(logicalId))]),
  )
}

async function removeInstance(
  task: Task,
  removal: Removal,
  options: RemovalOptions,
): Promise<boolean> {
  const { logicalId, instance, isRetained } = removal
  const type = findType(task.engine.types, instance.type)
  if (isRetained || instance.isSkipped === true || type === undefined) {
    await forget(task, removal, options, 'DELETE_SKIPPED', skippedReason(removal))
    return true
  }
  await say(task, removal, 'DELETE_IN_PROGRESS')
  const ending = await callDelete(
    task,
    {
      type,
      logicalId,
      isRetry: false,
      onProgress: (reason) => {
        const record = findRecord(task, logicalId)
        if (record !== undefined) noteProgress(task, record, reason, instance.physicalId)
      },
    },
    instance,
  )
  if (ending.kind === 'deleted') {
    await forget(task, removal, options, 'DELETE_COMPLETE')
    return true
  }
  if (options.isForced === true) {
    await forget(task, removal, options, 'DELETE_SKIPPED', ending.reason)
    return true
  }
  await say(task, removal, 'DELETE_FAILED', ending.reason)
  return false
}

/** The event, and the record's status if the record has nothing else to show. */
async function say(
  task: Task,
  removal: Removal,
  status: ResourceStatus,
  reason?: string,
): Promise<void> {
  await task.engine.book.write(() => {
    const record = findRecord(task, removal.logicalId)
    if (record === undefined) return []
    const isShown =
      record.live === undefined || record.live.physicalId === removal.instance.physicalId
    return [
      ...(isShown
        ? [{ row: 'resource', value: withStatus(task, record, happening(status, reason)) } as const]
        : []),
      eventOf(task, record, removal, status, reason),
    ]
  })
}

/** The record without the instance; nothing is left of a record that has none. */
async function forget(
  task: Task,
  removal: Removal,
  { keepsRecords = false }: RemovalOptions,
  status: ResourceStatus,
  reason?: string,
): Promise<void> {
  await task.engine.book.write(() => {
    const record = findRecord(task, removal.logicalId)
    if (record === undefined) return []
    const left = withoutInstance(record, removal.instance)
    const isEmpty =
      left.live === undefined && left.before === undefined && left.leftovers.length === 0
    const event = eventOf(task, record, removal, status, reason)
    if (isEmpty && !keepsRecords) return [{ row: 'no-resource', value: record }, event]
    const isShown = isEmpty || record.live?.physicalId === removal.instance.physicalId
    const value = isShown ? withStatus(task, left, happening(status, reason)) : left
    return [{ row: 'resource', value }, event]
  })
}

function withoutInstance(record: ResourceRecord, { physicalId }: Instance): ResourceRecord {
  const { live, before, leftovers, step: _, ...rest } = record
  const isLive = live?.physicalId === physicalId
  const isBefore = before?.kind === 'instance' && before.instance.physicalId === physicalId
  return {
    ...rest,
    ...(live !== undefined && (isLive ? { lastPhysicalId: physicalId } : { live })),
    ...(before?.kind === 'instance' && !isBefore && { before }),
    leftovers: leftovers.filter((leftover) => leftover.physicalId !== physicalId),
  }
}

function eventOf(
  { engine, stack, operation }: Task,
  record: ResourceRecord,
  { instance }: Removal,
  status: ResourceStatus,
  reason: string | undefined,
): RowChange {
  const { physicalId, type, properties, shown = properties } = instance
  const said = { status, reason, physicalId, properties: shown }
  return resourceEvent(stack, operation, { ...record, type }, said, engine.now())
}

function happening(status: ResourceStatus, reason: string | undefined) {
  return { status, ...(reason !== undefined && { reason }) }
}

function skippedReason({ instance, isRetained }: Removal): string | undefined {
  return isRetained ? undefined : `Skipped: this host has no ${instance.type}`
}

function nameOf({ logicalId, instance }: Removal): string {
  return `${logicalId} ${instance.physicalId}`
}
