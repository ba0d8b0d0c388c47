import { isDeepStrictEqual } from 'node:util'
import type { Properties } from './properties.ts'

/** Whether one of the properties is not what it was. */
export function changes(before: Properties, after: Properties, names: readonly string[]): boolean {
  return names.some((name) => !isDeepStrictEqual(before[name], after[name]))
}
