import type { ResourceContext } from '../resource-type.ts'
import type { Properties } from './read-properties.ts'

/** Says, once for all of them, which properties have no effect here and why. */
export function reportIgnored(
  context: Pick<ResourceContext, 'report'>,
  given: Properties,
  ignored: Readonly<Record<string, string>> = {},
): void {
  const found = Object.entries(ignored).filter(([name]) => given[name] !== undefined)
  if (found.length === 0) return
  const texts = found.map(([name, reason]) => `${name} (${reason})`)
  context.report(`Without effect here: ${texts.join(', ')}`)
}
