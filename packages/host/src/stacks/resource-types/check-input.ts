import type { Shape } from '../../aws/service-model.ts'
import { describeViolation, findViolations, type Violation } from '../../aws/validate.ts'
import type { Properties } from './properties.ts'
import type { ReadProperties } from './read-properties.ts'

/**
 * What the operation would refuse, before anything is made: properties that it does not have, values
 * of the wrong kind, and the model's constraints. What is not known yet is not complained of.
 */
export function checkInput(
  shape: Shape,
  { input, problems, unknown }: ReadProperties,
): readonly string[] {
  const places = unknown.map((place) => `${place.toLowerCase()}.`)
  const isKnown = ({ path }: Violation) =>
    !places.some((place) => `${path.toLowerCase()}.`.startsWith(place))
  const violations = findViolations(shape, input).filter(isKnown)
  return [
    ...problems,
    ...violations.map((it) => describeViolation({ ...it, path: asProperty(it.path) })),
  ]
}

/** Names that the type does not have: the engine refuses them by its list. */
export function foreignTo(properties: readonly string[], given: Properties): readonly string[] {
  return Object.keys(given).filter((name) => !properties.includes(name))
}

/** `targetConfiguration.mcp` → `TargetConfiguration/Mcp`, as CloudFormation spells paths. */
function asProperty(path: string): string {
  return path
    .split('.')
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
    .join('/')
}
