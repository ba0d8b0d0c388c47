// Arguments are checked before the target is called, and a mismatch is a tool result the model can
// read (AgentCore developer guide; texts as recorded from live gateways). The subset has five
// keywords, so the check is compiled to closures here: against Ajv 8 it costs nothing to load
// (Ajv: 25 ms) or to compile (0.5 ms a schema), and the texts come out as the service writes them.
// check-arguments.test.ts holds it to Ajv's verdict.
import type { SchemaDefinition, SchemaType } from './tool-schema.ts'
import { childPointer } from './problems.ts'

/** Adds one line per mismatch between `value` and a schema to `faults`. */
export type ArgumentCheck = (value: unknown, pointer: string, faults: string[]) => void

/** Enough to repair a call with; one bad list could otherwise fill megabytes. */
const MAX_FAULTS = 20

const TYPE_TESTS: Record<SchemaType, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: (value) => Number.isFinite(value) && (value as number) % 1 === 0,
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  array: Array.isArray,
}

/** A schema as a function: made once per catalogue, called once per tool call. */
export function compileArgumentCheck(schema: SchemaDefinition): ArgumentCheck {
  if (schema.type === 'object') return compileObject(schema)
  if (schema.type === 'array') return compileArray(schema)
  return compileType(schema.type)
}

/** What a caller reads when the arguments do not fit. */
export function describeFaults(faults: readonly string[]): string {
  const shown = faults.slice(0, MAX_FAULTS).join('\n')
  return `ValidationException - Parameter validation failed: Invalid request parameters:\n${shown}`
}

function compileType(type: SchemaType): ArgumentCheck {
  const accepts = TYPE_TESTS[type]
  return (value, pointer, faults) => {
    if (!accepts(value)) faults.push(typeFault(type, value, pointer))
  }
}

function compileObject({ properties = {}, required = [] }: SchemaDefinition): ArgumentCheck {
  const checkType = compileType('object')
  const members = Object.entries(properties).map(([name, schema]) => ({
    name,
    suffix: childPointer('', name),
    check: compileArgumentCheck(schema),
  }))
  return (value, pointer, faults) => {
    checkType(value, pointer, faults)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    const missing = required.filter((name) => !Object.hasOwn(value, name))
    if (missing.length > 0) faults.push(missingFault(missing, pointer))
    for (const { name, suffix, check } of members) {
      if (!Object.hasOwn(value, name)) continue
      check((value as Record<string, unknown>)[name], pointer + suffix, faults)
    }
  }
}

function compileArray({ items }: SchemaDefinition): ArgumentCheck {
  const checkType = compileType('array')
  if (items === undefined) return checkType
  const checkItem = compileArgumentCheck(items)
  return (value, pointer, faults) => {
    checkType(value, pointer, faults)
    if (!Array.isArray(value)) return
    for (let index = 0; index < value.length && faults.length < MAX_FAULTS; index++) {
      checkItem(value[index], `${pointer}/${index}`, faults)
    }
  }
}

function typeFault(type: SchemaType, value: unknown, pointer: string): string {
  return `- Field '${pointer}' has invalid type: ${foundType(value)} found, ${type} expected`
}

function missingFault(names: readonly string[], pointer: string): string {
  const quoted = names.map(
    (name) => `'${pointer === '' ? name : pointer + childPointer('', name)}'`,
  )
  return `- Missing required field(s): ${quoted.join(', ')}`
}

function foundType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return TYPE_TESTS.integer(value) ? 'integer' : typeof value
}
