import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { readTarget, type TargetInput } from './read-target.ts'
import { GREET, targetInput } from '../../test/support/test-gateway.ts'

/** A target as a caller asks for it, who gives it no id. */
function askedFor(tools: unknown, rest: object = {}): TargetInput {
  const { targetId: _, ...input } = targetInput(tools)
  return { ...input, ...rest }
}

function refusalOf(input: unknown): HostError | undefined {
  try {
    readTarget(input as TargetInput)
    return undefined
  } catch (error) {
    if (error instanceof HostError) return error
    throw error
  }
}

test('a target of every shape the subset knows is accepted and copied', ({ expect }) => {
  const schema = {
    type: 'object',
    description: '',
    properties: {
      'a/b': { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      nested: { type: 'object', properties: {}, required: [] },
      number: { type: 'number' },
      boolean: { type: 'boolean' },
    },
    required: ['a/b'],
  }
  const tools = [
    { name: 'a', description: 'b', inputSchema: schema, outputSchema: { type: 'array' } },
  ]
  const input = askedFor(tools, { description: 'All of them' })
  const read = readTarget(input)
  expect(read).toEqual(input)
  expect(read.targetConfiguration.mcp.lambda?.toolSchema.inlinePayload).not.toBe(tools)
})

test('what the subset does not know is refused, one line per pointer', ({ expect }) => {
  const properties = {
    color: { type: 'string', enum: ['red'], default: 'red' },
    'a/b': { type: ['string', 'null'] },
    ref: { $ref: '#/$defs/a' },
    list: { type: 'array', items: { anyOf: [] } },
    bad: 'string',
  }
  const refusal = refusalOf(
    askedFor([
      {
        ...GREET,
        annotations: {},
        inputSchema: { type: 'object', properties, required: 'color', additionalProperties: false },
      },
      { name: 'greet', inputSchema: { type: 'string' } },
      'greet',
    ]),
  )
  expect(refusal?.code).toBe('ERR_INVALID_INPUT')
  expect(refusal?.message).toMatchInlineSnapshot(`
    "Target "greeter" cannot be used:
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/color/enum: is not accepted; accepted are type, properties, required, items, description
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/color/default: is not accepted; accepted are type, properties, required, items, description
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/a~1b/type: must be one of "string", "number", "integer", "boolean", "object", "array"
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/ref/type: is missing
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/ref/$ref: is not accepted; accepted are type, properties, required, items, description
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/list/items/type: is missing
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/list/items/anyOf: is not accepted; accepted are type, properties, required, items, description
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/properties/bad: must be an object
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/required: must be a list
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/inputSchema/additionalProperties: is not accepted; accepted are type, properties, required, items, description
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/0/annotations: is not accepted; accepted are name, description, inputSchema, outputSchema
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/1/description: is missing
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/1/inputSchema/type: must be "object"
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/2: must be an object
      /targetConfiguration/mcp/lambda/toolSchema/inlinePayload/1/name: is the name of another tool"
  `)
})

test.for<[string, object]>([
  ['openApiSchema', { mcp: { openApiSchema: {} } }],
  ['listingMode', { mcp: { mcpServer: { endpoint: 'https://a', listingMode: 'DYNAMIC' } } }],
  ['smithyModel', { mcp: { smithyModel: {} } }],
  ['apiGateway', { mcp: { apiGateway: {} } }],
  ['connector', { mcp: { connector: {} } }],
  ['http', { http: {} }],
  ['inference', { inference: {} }],
])('a target of kind %s is not there yet', ([member, targetConfiguration], { expect }) => {
  const refusal = refusalOf({ name: 'a', targetConfiguration })
  expect(refusal?.code).toBe('ERR_NOT_SUPPORTED')
  expect(refusal?.message).toContain(`/${member}: is not supported here yet`)
})

test.for(['privateEndpoint', 'certificateConfigurations'])(
  '%s is not there yet',
  (member, { expect }) => {
    const refusal = refusalOf({ ...askedFor([GREET]), [member]: {} })
    expect(refusal?.code).toBe('ERR_NOT_SUPPORTED')
  },
)

test.for<[string, object]>([
  ['/name', { name: 'two__underscores' }],
  ['/name', { name: undefined }],
  ['/description', { description: 'a'.repeat(201) }],
  ['/targetConfiguration', { targetConfiguration: {} }],
  ['/targetConfiguration', { targetConfiguration: { mcp: {}, http: {} } }],
  ['/targetConfiguration/mcp', { targetConfiguration: { mcp: {} } }],
  [
    '/targetConfiguration/mcp/lambda/lambdaArn',
    { targetConfiguration: { mcp: { lambda: { lambdaArn: 'greeter' } } } },
  ],
  [
    '/credentialProviderConfigurations/0/credentialProviderType',
    { credentialProviderConfigurations: [{ credentialProviderType: 'OAUTH' }] },
  ],
])('a mistake at %s is refused there', ([pointer, rest], { expect }) => {
  expect(refusalOf({ ...askedFor([GREET]), ...rest })?.message).toContain(`\n  ${pointer}: `)
})

test('a tool name counts together with what the gateway puts in front', ({ expect }) => {
  const named = (length: number) => askedFor([{ ...GREET, name: 'a'.repeat(length) }])
  expect(refusalOf(named(246))).toBeUndefined()
  expect(refusalOf(named(247))?.message).toContain('/inlinePayload/0/name: must have 256 or fewer')
})

test('a target has 1000 tools and 1 MB of schema, and no more', ({ expect }) => {
  const tools = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...GREET, name: `tool${index}` }))
  expect(refusalOf(askedFor(tools(1_000)))).toBeUndefined()
  expect(refusalOf(askedFor(tools(1_001)))?.message).toContain('must have 1000 or fewer')
  const long = [{ ...GREET, description: 'a'.repeat(1024 * 1024) }]
  expect(refusalOf(askedFor(long))?.message).toContain('must have 1048576 or fewer bytes')
})

test('a schema without end is refused, not followed', ({ expect }) => {
  const endless: { type: string; items?: unknown } = { type: 'array' }
  endless.items = endless
  const inputSchema = { type: 'object', properties: { a: endless } }
  const refusal = refusalOf(askedFor([{ ...GREET, inputSchema }]))
  expect(refusal?.message).toContain('is nested too deeply')
})

test('no tool schema makes the reader break', () => {
  fc.assert(fc.property(fc.anything({ maxDepth: 5 }), (tools) => void refusalOf(askedFor(tools))))
})
