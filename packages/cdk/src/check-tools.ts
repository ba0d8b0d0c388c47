// What a gateway's Lambda target takes as a tool schema. CloudFormation refuses a template with more,
// and names no tool; here every part that does not fit is named by its JSON Pointer (RFC 6901).
// Sources: AgentCore Control API, ToolDefinition and SchemaDefinition; AgentCore quotas.
import type { ToolDefinition } from '@catamaran/tools'
import type { Problems } from './problems.ts'

const TOOL_MEMBERS = ['name', 'description', 'inputSchema', 'outputSchema']
const SCHEMA_MEMBERS = ['type', 'properties', 'required', 'items', 'description']
const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array']

/** MCP 2025-11-25, Tools: Tool Names. */
const TOOL_NAME = /^[A-Za-z0-9_.-]+$/
const MAX_TOOLS = 1_000
const MAX_INLINE_BYTES = 1_048_576
const MAX_TOOL_NAME = 256
/** Model providers take no longer names of tools; a gateway does. */
const MODEL_TOOL_NAME = 64

/** Adds a problem for everything that AgentCore would refuse. */
export function checkTools(
  problems: Problems,
  targetName: string,
  tools: readonly ToolDefinition[],
): void {
  if (tools.length === 0) problems.add('tools: at least one is needed.')
  if (tools.length > MAX_TOOLS) {
    problems.add(`tools: ${tools.length}; a target takes at most ${MAX_TOOLS}.`)
  }
  const bytes = Buffer.byteLength(JSON.stringify(tools))
  if (bytes > MAX_INLINE_BYTES) {
    problems.add(
      `tools: ${bytes} bytes as JSON; an inline schema takes at most ${MAX_INLINE_BYTES}. Use several targets.`,
    )
  }
  checkNames(problems, targetName, tools)
  tools.forEach((tool: unknown, index) => checkTool(problems, tool, `/${index}`))
}

function checkNames(
  problems: Problems,
  targetName: string,
  tools: readonly ToolDefinition[],
): void {
  const seen = new Set<string>()
  for (const tool of tools as readonly unknown[]) {
    const name = isObject(tool) ? tool['name'] : undefined
    if (typeof name !== 'string') continue
    if (seen.has(name)) problems.add(`tools: two are named ${JSON.stringify(name)}.`)
    seen.add(name)
    const shown = `${targetName}___${name}`
    if (shown.length > MAX_TOOL_NAME) {
      problems.add(
        `tools: callers see ${shown}, ${shown.length} characters; at most ${MAX_TOOL_NAME} are allowed.`,
      )
    } else if (shown.length > MODEL_TOOL_NAME) {
      problems.warn(
        'longToolName',
        `Callers see the tool ${shown}, ${shown.length} characters; many models take no more than ${MODEL_TOOL_NAME}. A shorter targetName helps.`,
      )
    }
  }
}

function checkTool(problems: Problems, tool: unknown, pointer: string): void {
  if (!isObject(tool)) return problems.add(`tools${pointer}: must be an object.`)
  checkMembers(problems, tool, pointer, TOOL_MEMBERS)
  for (const member of ['name', 'description']) {
    const value = tool[member]
    if (typeof value === 'string' && value.trim() !== '') continue
    problems.add(`tools${pointer}/${member}: must be a text that is not empty.`)
  }
  const { name } = tool
  if (typeof name === 'string' && name.trim() !== '' && !TOOL_NAME.test(name)) {
    problems.add(`tools${pointer}/name: takes letters, digits, _, . and - only.`)
  }
  checkSchema(problems, tool['inputSchema'], `${pointer}/inputSchema`)
  if (isObject(tool['inputSchema']) && tool['inputSchema']['type'] !== 'object') {
    problems.add(`tools${pointer}/inputSchema/type: must be "object"; arguments have names.`)
  }
  if (tool['outputSchema'] !== undefined) {
    checkSchema(problems, tool['outputSchema'], `${pointer}/outputSchema`)
  }
}

function checkSchema(problems: Problems, schema: unknown, pointer: string): void {
  if (!isObject(schema)) return problems.add(`tools${pointer}: must be a schema object.`)
  checkMembers(problems, schema, pointer, SCHEMA_MEMBERS)
  const { type, properties, required, items } = schema
  if (!TYPES.includes(String(type))) {
    problems.add(`tools${pointer}/type: must be one of ${TYPES.join(', ')}.`)
  }
  if (items !== undefined) checkSchema(problems, items, `${pointer}/items`)
  if (properties !== undefined && !isObject(properties)) {
    return problems.add(`tools${pointer}/properties: must be an object.`)
  }
  const known = properties ?? {}
  for (const [name, property] of Object.entries(known)) {
    checkSchema(problems, property, `${pointer}/properties/${escapePointer(name)}`)
  }
  if (required === undefined) return
  if (!Array.isArray(required)) return problems.add(`tools${pointer}/required: must be a list.`)
  required.forEach((name: unknown, index) => {
    if (typeof name === 'string' && Object.hasOwn(known, name)) return
    problems.add(
      `tools${pointer}/required/${index}: ${JSON.stringify(name)} is none of the properties.`,
    )
  })
}

function checkMembers(
  problems: Problems,
  value: Readonly<Record<string, unknown>>,
  pointer: string,
  known: readonly string[],
): void {
  for (const member of Object.keys(value)) {
    if (known.includes(member)) continue
    problems.add(
      `tools${pointer}/${escapePointer(member)}: AgentCore takes ${known.join(', ')} here and nothing else; say it in the description.`,
    )
  }
}

function escapePointer(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
