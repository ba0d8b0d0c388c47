/** A part of a schema that AgentCore Gateway has no word for. */
export interface SchemaLoss {
  readonly tool: string
  /** JSON Pointer from the server, e.g. `/tools/0/inputSchema/properties/color/enum`. */
  readonly pointer: string
  readonly keyword: string
  /** What cannot be said, and the ways out. */
  readonly message: string
  /** Whether the published schema is wider and says the rest in words; otherwise it cannot be published. */
  readonly widened: boolean
}

/** Something that words in a description cannot replace. */
export interface Gap {
  readonly what: string
  readonly wayOut: string
}

export const NULLABLE: Gap = {
  what: 'A value that may be null',
  wayOut: 'use .optional() instead of .nullable(), so that it is left out instead',
}

export const UNION: Gap = {
  what: 'A value of one type or another',
  wayOut: 'use one optional property per type, or one tool per case',
}

export const UNTYPED: Gap = {
  what: 'A value without a JSON type (z.any(), z.unknown(), z.date(), the result of a transform)',
  wayOut: 'give it one, e.g. z.string() with a description, or .pipe() a transform into one',
}

export const RECURSIVE: Gap = {
  what: 'A schema that contains itself',
  wayOut: 'spell out the levels that are needed, or take the nested value as JSON text',
}

export const FREE_MEMBERS: Gap = {
  what: 'An object with freely named members',
  wayOut: 'use an array of objects with a name and a value',
}

/** Keywords that change what is meant, so that a schema without them would lie. */
export const UNSAYABLE: Readonly<Record<string, Gap>> = {
  allOf: keywordGap('allOf', 'write the combined schema as one object'),
  not: keywordGap('not', 'say what is allowed instead of what is not'),
  if: keywordGap('if', 'use one tool per case'),
  prefixItems: { what: 'A tuple', wayOut: 'use an object with named properties' },
  patternProperties: FREE_MEMBERS,
  contains: keywordGap('contains', 'describe the condition and check it in the handler'),
  dependentRequired: keywordGap('dependentRequired', 'describe it and check it in the handler'),
  dependentSchemas: keywordGap('dependentSchemas', 'use one tool per case'),
  unevaluatedItems: keywordGap('unevaluatedItems', 'describe it and check it in the handler'),
  unevaluatedProperties: keywordGap('unevaluatedProperties', 'name the properties'),
  $dynamicRef: RECURSIVE,
}

const OTHER_HULL = 'or serve the tool from AgentCore Runtime, where all of JSON Schema is published'

/** Collects the losses of one tool. */
export class LossReport {
  readonly losses: SchemaLoss[] = []
  readonly #tool: string

  constructor(tool: string) {
    this.#tool = tool
  }

  /** A loss that forbids publishing. */
  lose(pointer: string, keyword: string, { what, wayOut }: Gap): undefined {
    const message = `${what} cannot be said to AgentCore Gateway; ${wayOut}, ${OTHER_HULL}.`
    this.#add(pointer, keyword, message, false)
  }

  /** A loss that the description makes good with `words`. */
  widen(pointer: string, keyword: string, words: string): void {
    const said = words === '' ? '' : ` (${words})`
    const message = `\`${keyword}\` cannot be said to AgentCore Gateway; widen it into the description${said}, take it out of the schema, ${OTHER_HULL}.`
    this.#add(pointer, keyword, message, true)
  }

  #add(pointer: string, keyword: string, message: string, widened: boolean): void {
    const at = `${pointer}/${escapePointer(keyword)}`
    this.losses.push({ tool: this.#tool, pointer: at, keyword, message, widened })
  }
}

/** One member of a JSON Pointer (RFC 6901 §3). */
export function escapePointer(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1')
}

function keywordGap(keyword: string, wayOut: string): Gap {
  return { what: `\`${keyword}\``, wayOut }
}
