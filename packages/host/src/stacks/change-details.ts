import type { Json } from './json.ts'
import { sameJson } from './same-json.ts'
import { showValue } from './show-context.ts'
import type { PlannedInstance } from './stack-record.ts'
import type { ResourceChange, ResourceChangeDetail } from './stacks.ts'
import { holdsUnknown } from './template/unknown.ts'

const RECREATION = { True: 'Always', False: 'Never', Conditional: 'Conditionally' } as const

/** Property by property, for DescribeChangeSet. */
export function describeDetails(
  before: PlannedInstance,
  after: PlannedInstance,
  scope: ResourceChange['scope'],
  replacementOf: (after: PlannedInstance) => 'True' | 'False' | 'Conditional',
): readonly ResourceChangeDetail[] {
  const names = new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])
  const changed = [...names].filter(
    (name) => !sameJson(before.properties[name], after.properties[name]),
  )
  const properties = changed.map((name) => {
    const { [name]: old, ...others } = before.properties
    const value = after.properties[name]
    const alone = { ...others, ...(value !== undefined && { [name]: value }) }
    const replacement = replacementOf({ ...after, properties: alone })
    return describeProperty(name, old, value, replacement, before, after)
  })
  const others = scope.filter((each) => each !== 'Properties').map(describeAttribute)
  return [...properties, ...others]
}

function describeProperty(
  name: string,
  old: Json | undefined,
  value: Json | undefined,
  replacement: keyof typeof RECREATION,
  { shown: shownBefore }: PlannedInstance,
  { shown: shownAfter }: PlannedInstance,
): ResourceChangeDetail {
  const isLater = value !== undefined && holdsUnknown(value)
  const beforeValue = shownBefore === undefined ? old : shownBefore[name]
  const afterValue = shownAfter === undefined ? value : shownAfter[name]
  return {
    evaluation: isLater ? 'Dynamic' : 'Static',
    changeSource: isLater ? 'ResourceReference' : 'DirectModification',
    target: {
      attribute: 'Properties',
      name,
      path: `/Properties/${name}`,
      requiresRecreation: RECREATION[replacement],
      attributeChangeType: old === undefined ? 'Add' : value === undefined ? 'Remove' : 'Modify',
      ...(beforeValue !== undefined && { beforeValue: showValue(beforeValue) }),
      ...(afterValue !== undefined && { afterValue: showValue(afterValue) }),
    },
  }
}

function describeAttribute(attribute: ResourceChange['scope'][number]): ResourceChangeDetail {
  return {
    evaluation: 'Static',
    changeSource: 'DirectModification',
    target: { attribute, requiresRecreation: 'Never', attributeChangeType: 'Modify' },
  }
}
