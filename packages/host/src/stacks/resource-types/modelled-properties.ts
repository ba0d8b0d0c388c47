import type { GeneratedName } from '../resource-type.ts'
import type { ModelledRow } from './modelled-row.ts'
import type { Properties } from './properties.ts'

/** Properties as the operations have them, without what these never see. */
export function adaptProperties(
  { ignored, notServed, adapt }: ModelledRow,
  given: Properties,
): Record<string, unknown> {
  const unseen = { ...ignored, ...notServed }
  const seen = Object.fromEntries(Object.entries(given).filter(([name]) => !(name in unseen)))
  return { ...(adapt?.(seen) ?? seen) }
}

/** With a name, which `make` makes where the template has none. */
export function withName(
  { name }: ModelledRow,
  given: Properties,
  make: (name: GeneratedName) => string,
): Properties {
  if (name === undefined || (given[name.property] ?? null) !== null) return given
  return { ...given, [name.property]: make(name) }
}

/** What says to an update that a property is gone. */
export function clearGone(
  { cleared = {} }: ModelledRow,
  before: Properties,
  after: Properties,
): Properties {
  const gone = Object.entries(cleared).filter(
    ([name]) => before[name] !== undefined && after[name] === undefined,
  )
  return Object.fromEntries(gone)
}
