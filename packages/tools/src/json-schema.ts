import { ServerDefinitionError } from './server-definition-error.ts'
import type { Tool } from './tool.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * What zod adds for JSON Schema is asked of the schema itself: the author's copy of zod answers, and
 * this package needs none at run time (Standard JSON Schema).
 */
const CONVERSION = {
  target: 'draft-2020-12',
  libraryOptions: { unrepresentable: 'any', reused: 'inline' },
} as const

/** JSON Schema of what a caller may send: before defaults and transforms. */
export function describeInput({ name, input }: Pick<Tool, 'name' | 'input'>): JsonSchema {
  return readObjectSchema(`${name}.input`, input['~standard'].jsonSchema.input(CONVERSION))
}

/** JSON Schema of what a result is, after defaults and transforms; undefined without an output. */
export function describeOutput({ name, output }: Pick<Tool, 'name' | 'output'>) {
  if (output === undefined) return undefined
  return readObjectSchema(`${name}.output`, output['~standard'].jsonSchema.output(CONVERSION))
}

/** 2020-12 is the default dialect of MCP; a union of objects has no type at its root, MCP wants one. */
function readObjectSchema(at: string, converted: JsonSchema): JsonSchema {
  const schema = { ...converted }
  delete schema['$schema']
  const type = schema['type'] ?? 'object'
  if (type === 'object') return { type, ...schema }
  throw new ServerDefinitionError(
    `${at} must describe an object, not ${JSON.stringify(type)}; put the value into a member of one.`,
  )
}
