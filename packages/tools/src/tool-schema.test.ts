import fc from 'fast-check'
import { test } from 'vitest'
import { z } from 'zod'
import { defineServer, SchemaSubsetError, tool, toolSchema, type ObjectSchema } from './index.ts'

function serverWith(input: ObjectSchema, output?: ObjectSchema) {
  const described = { name: 'paint', description: 'Paint something' }
  const handler = () => ({})
  return defineServer({
    name: 'painter',
    tools: [
      output === undefined
        ? tool({ ...described, input, handler })
        : tool({ ...described, input, output, handler }),
    ],
  })
}

function widened(property: z.ZodType) {
  const { tools, losses } = toolSchema(serverWith(z.object({ it: property })), { onLoss: 'widen' })
  const it = tools[0]?.inputSchema.properties?.['it']
  return { it, keywords: losses.map(({ keyword }) => keyword) }
}

function lost(input: ObjectSchema, output?: ObjectSchema) {
  try {
    toolSchema(serverWith(input, output), { onLoss: 'widen' })
    return []
  } catch (error) {
    if (!(error instanceof SchemaSubsetError)) throw error
    return error.losses.filter((loss) => !loss.widened).map(({ pointer }) => pointer)
  }
}

test('what the subset can say is published as it is, without a loss', ({ expect }) => {
  const input = z.object({
    name: z.string().describe('The name of the user.'),
    age: z.int().optional(),
    tags: z.array(z.string()),
    address: z.strictObject({ city: z.string(), isHome: z.boolean() }).describe('Where'),
    ratio: z.number().readonly(),
  })
  const output = z.object({ done: z.boolean() })
  expect(toolSchema(serverWith(input, output), { onLoss: 'error' })).toEqual({
    tools: [
      {
        name: 'paint',
        description: 'Paint something',
        inputSchema: {
          type: 'object',
          properties: {
            name: { type: 'string', description: 'The name of the user.' },
            age: { type: 'integer' },
            tags: { type: 'array', items: { type: 'string' } },
            address: {
              type: 'object',
              description: 'Where',
              properties: { city: { type: 'string' }, isHome: { type: 'boolean' } },
              required: ['city', 'isHome'],
            },
            ratio: { type: 'number' },
          },
          required: ['name', 'tags', 'address', 'ratio'],
        },
        outputSchema: {
          type: 'object',
          properties: { done: { type: 'boolean' } },
          required: ['done'],
        },
      },
    ],
    losses: [],
  })
})

test('every loss is told at once, with its place and the ways out', ({ expect }) => {
  const input = z.object({
    color: z.enum(['red', 'green']),
    'a/b~c': z.object({ note: z.string().nullable() }),
  })
  const output = z.object({ at: z.union([z.string(), z.number()]) })
  const server = serverWith(input, output)
  expect(() => toolSchema(server, { onLoss: 'error' })).toThrowErrorMatchingInlineSnapshot(`
    [SchemaSubsetError: The tools cannot be published by AgentCore Gateway as they are:
      /tools/0/inputSchema/properties/color/enum (paint): \`enum\` cannot be said to AgentCore Gateway; widen it into the description (One of: "red", "green".), take it out of the schema, or serve the tool from AgentCore Runtime, where all of JSON Schema is published.
      /tools/0/inputSchema/properties/a~1b~0c/properties/note/type (paint): A value that may be null cannot be said to AgentCore Gateway; use .optional() instead of .nullable(), so that it is left out instead, or serve the tool from AgentCore Runtime, where all of JSON Schema is published.
      /tools/0/outputSchema/properties/at/type (paint): A value of one type or another cannot be said to AgentCore Gateway; use one optional property per type, or one tool per case, or serve the tool from AgentCore Runtime, where all of JSON Schema is published.]
  `)
  expect(server.handler.describeTools()).toMatchObject({
    tools: [],
    losses: [
      {
        tool: 'paint',
        pointer: '/tools/0/inputSchema/properties/color/enum',
        keyword: 'enum',
        widened: true,
      },
      {
        pointer: '/tools/0/inputSchema/properties/a~1b~0c/properties/note/type',
        keyword: 'type',
        widened: false,
      },
      { pointer: '/tools/0/outputSchema/properties/at/type', keyword: 'type', widened: false },
    ],
  })
})

test.for<[z.ZodType, object, readonly string[]]>([
  [z.enum(['red', 'green']), words('string', 'One of: "red", "green".'), ['enum']],
  [z.literal('red'), words('string', 'Always "red".'), ['const']],
  [z.literal([1, 2]), words('number', 'One of: 1, 2.'), ['enum']],
  [z.int().min(1), words('integer', 'At least 1.'), ['minimum']],
  [z.number().gt(0).lt(1), words('number', 'Greater than 0. Less than 1.'), ['>', '<']],
  [z.number().multipleOf(5), words('number', 'A multiple of 5.'), ['multipleOf']],
  [
    z.string().min(1).max(9),
    words('string', 'At least 1 character. At most 9 characters.'),
    ['minLength', 'maxLength'],
  ],
  [z.string().regex(/^a/), words('string', 'Matches the regular expression ^a'), ['pattern']],
  [z.string().startsWith('a'), words('string', 'Matches the regular expression ^a.*'), ['pattern']],
  [z.email(), words('string', 'Format: email.'), ['format']],
  [z.iso.datetime(), words('string', 'Format: date-time.'), ['format']],
  [z.string().meta({ title: 'Colour' }), words('string', 'Title: Colour.'), ['title']],
  [z.string().meta({ 'x-mcp-header': 'Region' }), { type: 'string' }, ['x-mcp-header']],
  [z.string().meta({ example: 'red' }), words('string', 'example: "red".'), ['example']],
  [z.union([z.literal('a'), z.literal('b')]), words('string', 'One of: "a", "b".'), ['anyOf']],
  [
    z.union([z.email(), z.string().describe('A name')]),
    words('string', 'Either: Format: email. Or: A name'),
    ['anyOf'],
  ],
  [
    z.union([z.number(), z.int().max(3)]),
    words('number', 'Either: Any number. Or: At most 3.'),
    ['anyOf'],
  ],
])('%# is widened, and the description says the rest', ([schema, it, keywords], { expect }) => {
  const found = widened(schema)
  expect(found.it).toEqual(it)
  expect(found.keywords).toHaveLength(keywords.length)
  if (!keywords.includes('>')) expect(found.keywords).toEqual(keywords)
})

function words(type: string, description: string) {
  return { type, description }
}

test('words follow the author’s own description', ({ expect }) => {
  const described = z.enum(['red']).default('red').describe('The colour')
  expect(widened(described).it?.description).toBe('The colour. Default: "red". One of: "red".')
  const ended = z.string().max(3).describe('色。')
  expect(widened(ended).it?.description).toBe('色。 At most 3 characters.')
})

test('arrays say how many', ({ expect }) => {
  expect(widened(z.array(z.string().max(3)).min(1).max(2)).it).toEqual({
    type: 'array',
    description: 'At least 1 item. At most 2 items.',
    items: { type: 'string', description: 'At most 3 characters.' },
  })
})

const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree).optional()
  },
})
const Named = z.object({ name: z.string() }).meta({ id: 'Named' })

test('a named definition is written out where it is used', ({ expect }) => {
  const { tools } = toolSchema(serverWith(z.object({ a: Named, b: z.array(Named) })), {
    onLoss: 'error',
  })
  const written = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
  expect(tools[0]?.inputSchema.properties).toEqual({
    a: written,
    b: { type: 'array', items: written },
  })
})

test.for<[string, z.ZodType]>([
  ['type', z.string().nullable()],
  ['type', z.string().nullish()],
  ['anyOf', z.object({ a: z.string() }).nullable()],
  ['type', z.null()],
  ['type', z.union([z.string(), z.number()])],
  ['anyOf', z.union([z.string(), z.array(z.string())])],
  ['enum', z.literal(['a', 1])],
  [
    'oneOf',
    z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b') })]),
  ],
  ['properties/children/items/$ref', Tree],
  ['prefixItems', z.tuple([z.string(), z.number()])],
  ['additionalProperties', z.record(z.string(), z.number())],
  ['propertyNames', z.record(z.string().regex(/^a/), z.any())],
  ['additionalProperties', z.object({}).catchall(z.string())],
  ['allOf', z.string().and(z.string().min(2))],
  ['type', z.any()],
  ['type', z.date()],
  ['items/type', z.array(z.unknown())],
  ['not', z.never()],
])('a loss at %s is never published', ([at, schema], { expect }) => {
  expect(lost(z.object({ it: schema }))).toContain(`/tools/0/inputSchema/properties/it/${at}`)
})

test('the root may be lost too', ({ expect }) => {
  const union = z.discriminatedUnion('k', [z.object({ k: z.literal('a') })])
  expect(lost(union)).toEqual(['/tools/0/inputSchema/oneOf'])
  expect(lost(z.object({}), z.record(z.string(), z.string()))).toEqual([
    '/tools/0/outputSchema/additionalProperties',
  ])
  expect(() => lost(z.array(z.string()))).toThrow(
    'paint.input must describe an object, not "array"',
  )
})

test('input is described before transforms, output after them', ({ expect }) => {
  const input = z.object({ at: z.string().transform(Number), n: z.string().default('1') })
  const output = z.object({ at: z.string().transform(Number).pipe(z.number()) })
  const { tools } = toolSchema(serverWith(input, output), { onLoss: 'widen' })
  expect(tools[0]).toMatchObject({
    inputSchema: { properties: { at: { type: 'string' } }, required: ['at'] },
    outputSchema: { properties: { at: { type: 'number' } }, required: ['at'] },
  })
})

const leaf = fc.constantFrom<z.ZodType>(
  z.string(),
  z.int(),
  z.email(),
  z.enum(['a', 'b']),
  z.string().nullable(),
  z.any(),
  z.record(z.string(), z.string()),
  z.number().min(1).max(3).describe('n'),
)
const { schema: anySchema } = fc.letrec<{ schema: z.ZodType }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    leaf,
    tie('schema').map((each) => z.array(each)),
    tie('schema').map((each) => each.optional()),
    fc.dictionary(fc.string(), tie('schema')).map((shape) => z.object(shape)),
    fc.tuple(tie('schema'), tie('schema')).map((each) => z.union(each)),
  ),
}))
const KEYWORDS = new Set(['type', 'properties', 'required', 'items', 'description'])

test('whatever is published is in the subset, and whatever is not is reported', ({ expect }) => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      const server = serverWith(z.object({ it: schema }))
      const { tools, losses } = server.handler.describeTools()
      const isLost = losses.some((loss) => !loss.widened)
      expect(tools).toHaveLength(isLost ? 0 : 1)
      const text = JSON.stringify(tools[0]?.inputSchema ?? {})
      const check = (node: object): void => {
        expect(Object.keys(node).filter((key) => !KEYWORDS.has(key))).toEqual([])
        if ('items' in node) check(node.items as object)
        if ('properties' in node) Object.values(node.properties as object).forEach(check)
      }
      check(JSON.parse(text) as object)
    }),
  )
})
