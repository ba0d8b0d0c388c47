import type { JsonSchema } from './json-schema.ts'
import { isObject } from './protocol/message.ts'
import { describeWith, findWideConstraints } from './schema-words.ts'

export type ScalarType = 'string' | 'number' | 'integer' | 'boolean'

export interface MergedAlternatives {
  readonly type: ScalarType
  readonly words: string
}

/** Alternatives of one scalar type as that type, with words; undefined when they are anything else. */
export function mergeAlternatives(
  alternatives: readonly unknown[],
): MergedAlternatives | undefined {
  const schemas = alternatives.filter(isObject)
  if (schemas.length < alternatives.length) return undefined
  const type = commonType(schemas.map((schema) => schema['type']))
  return type && { type, words: describeAlternatives(schemas) }
}

function commonType(types: readonly unknown[]): ScalarType | undefined {
  const distinct = new Set(types)
  if (distinct.size === 2 && distinct.has('number') && distinct.has('integer')) return 'number'
  const [type] = distinct
  return distinct.size === 1 && isScalarType(type) ? type : undefined
}

function describeAlternatives(schemas: readonly JsonSchema[]): string {
  const fixed = schemas.map(fixedValues)
  if (fixed.every((values) => values !== undefined)) {
    const values = fixed.flat().map((value) => JSON.stringify(value))
    return `One of: ${values.join(', ')}.`
  }
  const words = schemas.map(({ type, description, ...rest }) => {
    const constraints = findWideConstraints({ type, ...rest }).map((each) => each.words)
    return describeWith(description, constraints) || `Any ${String(type)}.`
  })
  return `Either: ${words.join(' Or: ')}`
}

function fixedValues(schema: JsonSchema): readonly unknown[] | undefined {
  if (Array.isArray(schema['enum'])) return schema['enum']
  return 'const' in schema ? [schema['const']] : undefined
}

function isScalarType(type: unknown): type is ScalarType {
  return type === 'string' || type === 'number' || type === 'integer' || type === 'boolean'
}
