import type { Json, JsonObject } from './json.ts'
import { UNKNOWN } from './resource-type.ts'

/** Properties in which what is not known yet is what it was. */
export function withoutUnknown(after: JsonObject, before: JsonObject): JsonObject {
  return fill(after, before) as JsonObject
}

function fill(after: Json, before: Json | undefined): Json {
  if (typeof after === 'string') return after.includes(UNKNOWN) ? (before ?? after) : after
  if (after === null || typeof after !== 'object') return after
  if (Array.isArray(after)) {
    const old = Array.isArray(before) ? before : []
    return after.map((member, index) => fill(member, old[index]))
  }
  const old = before !== null && typeof before === 'object' ? (before as JsonObject) : {}
  return Object.fromEntries(
    Object.entries(after).map(([name, member]) => [name, fill(member, old[name])]),
  )
}
