import type { Json } from './json.ts'

/**
 * Whether two values mean the same to CloudFormation: the order of members does not matter, and a scalar
 * may be written as a text ("true", "80"), because types read it by their schema.
 */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (isScalar(a) && isScalar(b)) return String(a) === String(b)
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  return (
    left.length === right.size &&
    left.every(([name, member]) => right.has(name) && sameJson(member, right.get(name)))
  )
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
