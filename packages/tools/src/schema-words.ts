import type { JsonSchema } from './json-schema.ts'
import { UNSAYABLE } from './schema-loss.ts'

/** Formats whose pattern zod writes itself; to a reader the name of the format says more. */
const NAMED_FORMATS: ReadonlySet<unknown> = new Set(
  (
    'base64 base64url cidrv4 cidrv6 cuid cuid2 date date-time duration e164 email emoji guid ipv4 ' +
    'ipv6 jwt ksuid mac nanoid time ulid uri uuid xid'
  ).split(' '),
)

/** Constraints that only narrow, and how they read in a description. */
const WORDS: Readonly<Record<string, (value: unknown) => string>> = {
  enum: (values) => `One of: ${listed(values)}.`,
  const: (value) => `Always ${json(value)}.`,
  minimum: (value) => `At least ${json(value)}.`,
  maximum: (value) => `At most ${json(value)}.`,
  exclusiveMinimum: (value) => `Greater than ${json(value)}.`,
  exclusiveMaximum: (value) => `Less than ${json(value)}.`,
  multipleOf: (value) => `A multiple of ${json(value)}.`,
  minLength: (value) => `At least ${counted(value, 'character')}.`,
  maxLength: (value) => `At most ${counted(value, 'character')}.`,
  minItems: (value) => `At least ${counted(value, 'item')}.`,
  maxItems: (value) => `At most ${counted(value, 'item')}.`,
  uniqueItems: () => 'No item twice.',
  minProperties: (value) => `At least ${counted(value, 'member')}.`,
  maxProperties: (value) => `At most ${counted(value, 'member')}.`,
  pattern: (value) => `Matches the regular expression ${String(value)}`,
  format: (value) => `Format: ${String(value)}.`,
  contentEncoding: (value) => `Encoding: ${String(value)}.`,
  contentMediaType: (value) => `Media type: ${String(value)}.`,
  title: (value) => `Title: ${String(value)}.`,
  default: (value) => `Default: ${json(value)}.`,
  examples: (values) => `Examples: ${listed(values)}.`,
  deprecated: () => 'Deprecated.',
}

/** Annotations for machines: nothing that a model could use. */
const WORDLESS = /^(?:x-|\$comment$)/

export interface WideConstraint {
  readonly keyword: string
  /** What a description says instead; may be empty. */
  readonly words: string
}

/** What is published, or handled where the schema is converted. */
const STRUCTURE: ReadonlySet<string> = new Set(
  (
    'type description properties required items additionalProperties propertyNames anyOf oneOf $ref ' +
    '$defs then else minContains maxContains'
  )
    .split(' ')
    .concat(Object.keys(UNSAYABLE)),
)

/** The keywords of `schema` that may be left out when the description says them. */
export function findWideConstraints(schema: JsonSchema): readonly WideConstraint[] {
  return Object.entries(schema)
    .filter(([keyword, value]) => !STRUCTURE.has(keyword) && !isArtefact(schema, keyword, value))
    .map(([keyword, value]) => ({ keyword, words: describeKeyword(keyword, value) }))
}

/** A description with words appended; empty when there is nothing to say. */
export function describeWith(description: unknown, words: readonly string[]): string {
  const said = typeof description === 'string' ? description.trim() : ''
  const more = words.filter((each) => each !== '').join(' ')
  if (said === '' || more === '') return said + more
  return /[.!?:;。！？]$/.test(said) ? `${said} ${more}` : `${said}. ${more}`
}

function describeKeyword(keyword: string, value: unknown): string {
  if (Object.hasOwn(WORDS, keyword)) return WORDS[keyword]?.(value) ?? ''
  // Keywords nobody knows are annotations (JSON Schema 2020-12 §6.5), written by the author.
  return WORDLESS.test(keyword) ? '' : `${keyword}: ${json(value)}.`
}

/** What zod writes although the author did not: restricting nothing, or said by another keyword. */
function isArtefact(schema: JsonSchema, keyword: string, value: unknown): boolean {
  switch (keyword) {
    case 'minimum':
      return schema['type'] === 'integer' && value === Number.MIN_SAFE_INTEGER
    case 'maximum':
      return schema['type'] === 'integer' && value === Number.MAX_SAFE_INTEGER
    case 'pattern':
    case 'contentEncoding':
      return NAMED_FORMATS.has(schema['format'])
    case 'format': // z.string().startsWith() and its like: the pattern is what they mean
      return schema['pattern'] !== undefined && !NAMED_FORMATS.has(value)
    case 'const': // beside an enum it repeats it
      return schema['enum'] !== undefined
    case 'readOnly': // z.readonly() is about the handler's own type
      return true
    default:
      return false
  }
}

function counted(value: unknown, noun: string): string {
  return `${json(value)} ${noun}${value === 1 ? '' : 's'}`
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map(json).join(', ') : json(values)
}

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null'
}
