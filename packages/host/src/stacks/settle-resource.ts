// How a resource's turn on the way forward ends.
import type { ResourceType } from './resource-type.ts'
import { placeholderReason } from './skipped.ts'
import type { Before, Instance, ResourceRecord } from './stack-record.ts'
import { note, withStatus, type Task } from './task.ts'

/** What the type gave is what the resource is now; what it was, if it is another, waits for the clean-up. */
export async function settleResource(
  task: Task,
  record: ResourceRecord,
  instance: Instance,
  verb: 'CREATE' | 'UPDATE',
  type: ResourceType,
): Promise<boolean> {
  const { step: _step, live, ...rest } = record
  const status = `${verb}_COMPLETE` as const
  const noEffect = type.inShort ?? type.withoutEffect
  const reason = joinReasons(noEffect, placeholderReason(instance.properties))
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

/** What was begun stays in the record, for the way back. */
export async function failResource(
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

/** What the resource was when the stack was last well. */
export function beforeOf({ before, live }: ResourceRecord): Before {
  if (before !== undefined) return before
  return live === undefined ? { kind: 'nothing' } : { kind: 'instance', instance: live }
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

function joinReasons(...reasons: readonly (string | undefined)[]): string | undefined {
  const given = reasons.filter((reason) => reason !== undefined)
  return given.length === 0 ? undefined : given.join(' ')
}
