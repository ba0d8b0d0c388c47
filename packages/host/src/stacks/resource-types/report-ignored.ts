import type { ResourceContext } from '../resource-type.ts'
import type { Gaps } from './gaps.ts'
import { isAsked, showPath } from './is-asked.ts'
import type { Properties } from './properties.ts'

/** Says, once for all of them, which properties have no effect here and why. */
export function reportIgnored(
  context: Pick<ResourceContext, 'report'>,
  given: Properties,
  { ignored = {} }: Gaps,
): void {
  const found = Object.entries(ignored).filter(([path]) => isAsked(given, path))
  if (found.length === 0) return
  const texts = found.map(([path, reason]) => `${showPath(path)} (${reason})`)
  context.report(`Without effect here: ${texts.join(', ')}`)
}
