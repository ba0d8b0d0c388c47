import type { Gaps } from './gaps.ts'
import { isAsked, showPath } from './is-asked.ts'
import type { Properties } from './properties.ts'

/** What a template asks for and this host has not, a sentence each. */
export function findNotServed(properties: Properties, { notServed = {} }: Gaps): readonly string[] {
  return Object.entries(notServed)
    .filter(([path]) => isAsked(properties, path))
    .map(([path, reason]) => `${showPath(path)} cannot be had: ${reason}`)
}
