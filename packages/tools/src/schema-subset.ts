// JSON Schema → what a Lambda target may publish: type, properties, required, items, description and
// nothing else (AgentCore Control API, SchemaDefinition). AWS's own clients drop the rest silently or
// refuse the whole call, depending on their language; here each part that does not fit is a loss with
// a pointer, and either its meaning moves into the description or nothing is published at all.
import type { JsonSchema } from './json-schema.ts'
import { isObject } from './protocol/message.ts'
import { mergeAlternatives } from './schema-alternatives.ts'
import {
  escapePointer,
  FREE_MEMBERS,
  NULLABLE,
  RECURSIVE,
  UNION,
  UNSAYABLE,
  UNTYPED,
  type LossReport,
} from './schema-loss.ts'
import { describeWith, findWideConstraints } from './schema-words.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'] as const

export type SchemaType = (typeof TYPES)[number]

/** One node of a tool's schema, as AgentCore Gateway takes it. */
export interface SchemaDefinition {
  readonly type: SchemaType
  readonly description?: string
  readonly properties?: Readonly<Record<string, SchemaDefinition>>
  readonly required?: readonly string[]
  readonly items?: SchemaDefinition
}

/** Where in a schema we are. */
interface Place {
  readonly pointer: string
  readonly root: JsonSchema
  /** The definitions we are inside of; meeting one again means recursion. */
  readonly openRefs: readonly string[]
  readonly report: LossReport
}

/** The schema in AgentCore's subset; undefined when a loss cannot be made good in words. */
export function toSchemaDefinition(
  schema: JsonSchema,
  pointer: string,
  report: LossReport,
): SchemaDefinition | undefined {
  return convert(schema, { pointer, root: schema, openRefs: [], report })
}

function convert(schema: unknown, place: Place): SchemaDefinition | undefined {
  const { pointer, report } = place
  if (!isObject(schema)) return report.lose(pointer, 'type', UNTYPED)
  if (schema['$ref'] !== undefined) return convertReference(schema, place)
  if (schema['anyOf'] !== undefined) return convertAlternatives(schema, 'anyOf', place)
  if (schema['oneOf'] !== undefined) return convertAlternatives(schema, 'oneOf', place)

  const isSayable = reportUnsayable(schema, place)
  const type = readType(schema, place)
  const constraints = findWideConstraints(schema)
  for (const { keyword, words } of constraints) report.widen(pointer, keyword, words)
  const properties = convertProperties(schema['properties'], place)
  const items = convertItems(schema, place)
  if (!isSayable || type === undefined || properties === 'lost' || items === 'lost')
    return undefined

  const { description, required } = schema
  const words = describeWith(
    description,
    constraints.map((constraint) => constraint.words),
  )
  return {
    type,
    ...(words !== '' && { description: words }),
    ...(properties !== undefined && { properties }),
    ...(Array.isArray(required) && required.length > 0 && { required: required.map(String) }),
    ...(items !== undefined && { items }),
  }
}

/** A named definition is written out where it is used, unless it contains itself. */
function convertReference({ $ref, ...siblings }: JsonSchema, place: Place) {
  const { openRefs, report, pointer, root } = place
  const ref = String($ref)
  const target = openRefs.includes(ref) ? undefined : findDefinition(ref, root)
  return target === undefined
    ? report.lose(pointer, '$ref', RECURSIVE)
    : convert({ ...target, ...siblings }, { ...place, openRefs: [...openRefs, ref] })
}

function findDefinition(ref: string, { $defs }: JsonSchema): JsonSchema | undefined {
  const key = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1] ?? ''
  const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
  const definition = isObject($defs) && Object.hasOwn($defs, name) ? $defs[name] : undefined
  return isObject(definition) ? definition : undefined
}

function convertAlternatives(schema: JsonSchema, keyword: 'anyOf' | 'oneOf', place: Place) {
  const { pointer, report } = place
  const { [keyword]: listed, ...rest } = schema
  const alternatives = Array.isArray(listed) ? listed : []
  const merged = mergeAlternatives(alternatives)
  if (merged === undefined) {
    const isNullable = alternatives.some((each) => isObject(each) && each['type'] === 'null')
    return report.lose(pointer, keyword, isNullable ? NULLABLE : UNION)
  }
  report.widen(pointer, keyword, merged.words)
  const description = describeWith(rest['description'], [merged.words])
  return convert({ ...rest, type: merged.type, description }, place)
}

/** Reports what cannot be left out; false when there was any. */
function reportUnsayable(schema: JsonSchema, { pointer, report }: Place): boolean {
  const before = report.losses.length
  for (const [keyword, gap] of Object.entries(UNSAYABLE)) {
    if (schema[keyword] !== undefined) report.lose(pointer, keyword, gap)
  }
  const { additionalProperties, propertyNames } = schema
  if (isObject(additionalProperties) && Object.keys(additionalProperties).length > 0) {
    report.lose(pointer, 'additionalProperties', FREE_MEMBERS)
  } else if (isObject(propertyNames) && Object.keys(propertyNames).some((key) => key !== 'type')) {
    report.lose(pointer, 'propertyNames', FREE_MEMBERS)
  }
  return report.losses.length === before
}

function readType(schema: JsonSchema, { pointer, report }: Place): SchemaType | undefined {
  const { type } = schema
  if (isSchemaType(type)) return type
  if (type === 'null') return report.lose(pointer, 'type', NULLABLE)
  if (Array.isArray(type)) {
    return report.lose(pointer, 'type', type.includes('null') ? NULLABLE : UNION)
  }
  return schema['enum'] === undefined
    ? report.lose(pointer, 'type', UNTYPED)
    : report.lose(pointer, 'enum', UNION)
}

/** `lost` when a child is; all children are visited, so that every loss is reported. */
function convertProperties(properties: unknown, place: Place) {
  if (!isObject(properties)) return undefined
  const entries = Object.entries(properties).map(([name, property]) => {
    const pointer = `${place.pointer}/properties/${escapePointer(name)}`
    return [name, convert(property, { ...place, pointer })] as const
  })
  const whole = entries.filter((entry): entry is [string, SchemaDefinition] => !!entry[1])
  return whole.length === entries.length ? Object.fromEntries(whole) : 'lost'
}

function convertItems({ items, prefixItems }: JsonSchema, place: Place) {
  if (items === undefined || prefixItems !== undefined) return undefined
  return convert(items, { ...place, pointer: `${place.pointer}/items` }) ?? 'lost'
}

function isSchemaType(value: unknown): value is SchemaType {
  return TYPES.some((type) => type === value)
}
