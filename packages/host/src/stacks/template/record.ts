/** Members under names from outside: without a prototype, `constructor` is one only if it was given. */
export function record<Value>(
  members: readonly (readonly [string, Value])[],
): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null) as Record<string, Value>, Object.fromEntries(members))
}
