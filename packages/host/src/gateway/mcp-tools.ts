// The tools of an MCP server, as the server describes them (MCP, Tools: data types). Their schemas may
// use all of JSON Schema; arguments are checked by the server. Members that MCP does not know yet are
// dropped, and so is `_meta`, which is between the server and its own client.
import { listOf, mapOf, type MemberRule } from './member-rules.ts'
import { childPointer, type Problem } from './problems.ts'
import type { Tool } from './tool.ts'

/** AgentCore quotas: tools per target. */
const MAX_TOOLS = 1_000
/** MCP, Tools: tool names. Another gateway may be the server, hence a longer one than MCP asks for. */
const NAME = /^[\w./-]{1,253}$/

const anything: MemberRule = () => {}
const object = mapOf(anything)
const tool: MemberRule = (value, pointer, problems) => {
  object(value, pointer, problems)
  const { name, description, inputSchema, outputSchema } = Object(value) as Record<string, unknown>
  const report = (member: string, message: string) =>
    void problems.push({ pointer: childPointer(pointer, member), message })
  if (typeof name !== 'string' || !NAME.test(name)) {
    report('name', 'must be a text of letters, digits and _ . / -')
  }
  if (description !== undefined && typeof description !== 'string') {
    report('description', 'must be a text')
  }
  if (!isObjectSchema(inputSchema)) report('inputSchema', 'must be a schema of type object')
  if (outputSchema !== undefined && typeof outputSchema !== 'object') {
    report('outputSchema', 'must be a schema')
  }
}
const tools = listOf(tool, { max: MAX_TOOLS })

/** Tells whether a value is a list of tools, and everything that is in the way. */
export const checkMcpTools: MemberRule = (value, pointer, problems) => {
  tools(value, pointer, problems)
  if (Array.isArray(value)) refuseTwins(value, pointer, problems)
}

/** What of a tool is published; the rest stays with the server. */
export function describeMcpTool(definition: Tool): Tool {
  const { name, description, inputSchema, outputSchema, title, annotations, icons } = definition
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema,
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
    ...(icons !== undefined && { icons }),
  }
}

function refuseTwins(list: readonly unknown[], pointer: string, problems: Problem[]): void {
  const names = new Set<unknown>()
  for (const [index, item] of list.entries()) {
    const { name } = Object(item) as { name?: unknown }
    if (names.has(name)) {
      const message = 'is the name of another tool'
      problems.push({ pointer: `${childPointer(pointer, index)}/name`, message })
    }
    names.add(name)
  }
}

function isObjectSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'object'
}
