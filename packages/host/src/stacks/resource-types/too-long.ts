import { describeViolation } from '../../aws/validate.ts'
import type { Json } from '../json.ts'
import { isUnknown } from './unknown-values.ts'

/** A name that was given and that the service, where its model does not say so, would not take. */
export function findTooLong(
  property: string,
  value: Json | undefined,
  maxLength: number,
): readonly string[] {
  if (typeof value !== 'string' || isUnknown(value) || value.length <= maxLength) return []
  const constraint = `Member must have length less than or equal to ${maxLength}`
  return [describeViolation({ path: property, constraint, value })]
}
