import type { Json } from '../json.ts'
import { UNKNOWN } from '../resource-type.ts'

export function isUnknown(value: Json): boolean {
  return value === UNKNOWN
}

/** Whether anything in it is not known before a resource is made. */
export function holdsUnknown(value: Json): boolean {
  if (value === null || typeof value !== 'object') return isUnknown(value)
  return Object.values(value).some(holdsUnknown)
}
