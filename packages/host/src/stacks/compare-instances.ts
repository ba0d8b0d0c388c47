import type { ResourceType } from './resource-type.ts'
import { sameJson } from './same-json.ts'
import type { Instance, PlannedInstance } from './stack-record.ts'

/** Whether there is nothing to do for a type. */
export function isSame(live: Instance, planned: PlannedInstance): boolean {
  return (
    sameJson(live.properties, planned.properties) && sameJson(live.tags ?? {}, planned.tags ?? {})
  )
}

/** Whether a type cannot get from one to the other without a new resource. */
export function needsReplacement(
  type: ResourceType,
  live: PlannedInstance,
  planned: PlannedInstance,
): boolean {
  if (type.update === undefined) return true
  if (sameJson(live.properties, planned.properties)) return false
  return type.needsReplacement(live.properties, planned.properties)
}
