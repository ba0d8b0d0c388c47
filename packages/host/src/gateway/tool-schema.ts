// The tool schema of a Lambda target: ToolDefinition and SchemaDefinition of the service model
// bedrock-agentcore-control 2023-06-05. A schema has five members and no others. AWS SDKs drop the
// rest in silence (JavaScript) or refuse it (Python); here each is refused by its pointer.
import { MAX_SCHEMA_POINTER_PARTS } from './compat.ts'
import { listOf, mapOf, members, oneOf, textOf, type MemberRule } from './member-rules.ts'

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array'

export interface SchemaDefinition {
  readonly type: SchemaType
  readonly description?: string
  readonly properties?: Readonly<Record<string, SchemaDefinition>>
  readonly required?: readonly string[]
  readonly items?: SchemaDefinition
}

export interface ToolDefinition {
  readonly name: string
  readonly description: string
  /** Its type is `object`: arguments have names. */
  readonly inputSchema: SchemaDefinition
  readonly outputSchema?: SchemaDefinition
}

/** AgentCore quotas: tools per target. */
const MAX_TOOLS = 1_000

const deeper: MemberRule = (value, pointer, problems) => {
  if (pointer.split('/').length <= MAX_SCHEMA_POINTER_PARTS) schema(value, pointer, problems)
  else problems.push({ pointer, message: 'is nested too deeply' })
}
const rest = {
  properties: mapOf(deeper),
  required: listOf(textOf(0, Infinity)),
  items: deeper,
  description: textOf(0, Infinity),
}
const type = oneOf('string', 'number', 'integer', 'boolean', 'object', 'array')
const schema = members({ type, ...rest }, ['type'])
const tools = listOf(
  members(
    {
      name: textOf(1, Infinity),
      description: textOf(1, Infinity),
      inputSchema: members({ type: oneOf('object'), ...rest }, ['type']),
      outputSchema: schema,
    },
    ['name', 'description', 'inputSchema'],
  ),
  { max: MAX_TOOLS },
)

/** Tells whether a value is a list of `ToolDefinition`s, and everything that is in the way. */
export const checkToolDefinitions: MemberRule = (value, pointer, problems) => {
  tools(value, pointer, problems)
  if (!Array.isArray(value)) return
  const names = value.map((tool: unknown) => (Object(tool) as { name?: unknown }).name)
  for (const [index, name] of names.entries()) {
    if (typeof name !== 'string' || names.indexOf(name) === index) continue
    problems.push({ pointer: `${pointer}/${index}/name`, message: 'is the name of another tool' })
  }
}
