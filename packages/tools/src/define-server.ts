import { createFunctionHandler, type FunctionHandler } from './function-handler.ts'
import { ServerDefinitionError } from './server-definition-error.ts'
import type { Tool } from './tool.ts'

export interface ServerOptions {
  readonly name: string
  readonly version?: string
  /** Told to the model once, beside the tools. */
  readonly instructions?: string
  readonly tools: readonly Tool[]
}

/** One definition of tools, for both hulls. */
export interface ToolServer {
  readonly name: string
  readonly version: string
  readonly instructions?: string
  readonly tools: readonly Tool[]
  /** The Lambda handler of the Gateway hull. */
  readonly handler: FunctionHandler
}

/** MCP 2025-11-25, Tools: Tool Names. */
const TOOL_NAME = /^[A-Za-z0-9_.-]{1,128}$/
/** Between target and tool in the names of AgentCore Gateway (developer guide, Tool naming). */
const SEPARATOR = '___'

/** Puts tools together into a server that either hull can run. */
export function defineServer(options: ServerOptions): ToolServer {
  const { name, version = '1.0.0', instructions, tools } = options
  const problems = findProblems(options)
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${problem}`).join('\n')
    throw new ServerDefinitionError(`The server cannot be defined like this:\n${lines}`)
  }
  return Object.freeze({
    name,
    version,
    ...(instructions !== undefined && { instructions }),
    tools: Object.freeze([...tools]),
    handler: createFunctionHandler(tools, instructions),
  })
}

/** Whether a module's export is a server, whichever copy of this package defined it. */
export function isToolServer(value: unknown): value is ToolServer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'tools' in value &&
    Array.isArray(value.tools) &&
    'handler' in value &&
    typeof value.handler === 'function' &&
    'describeTools' in value.handler
  )
}

function findProblems({ name, tools }: ServerOptions): readonly string[] {
  const problems: string[] = []
  if (name.trim() === '') problems.push('name: must not be empty')
  if (tools.length === 0) problems.push('tools: at least one tool is needed')
  const seen = new Set<string>()
  tools.forEach((each, index) => {
    const at = `tools[${index}]`
    if (!TOOL_NAME.test(each.name)) {
      problems.push(
        `${at}.name: ${JSON.stringify(each.name)} must be 1 to 128 letters, digits, "_", "-" or "."`,
      )
    }
    if (each.name.includes(SEPARATOR)) {
      problems.push(
        `${at}.name: ${JSON.stringify(each.name)} must not contain "${SEPARATOR}", which separates target and tool behind a gateway`,
      )
    }
    if (seen.has(each.name)) problems.push(`${at}.name: "${each.name}" is taken by another tool`)
    seen.add(each.name)
    if (each.description.trim() === '') {
      problems.push(`${at}.description: must not be empty; a model chooses tools by it`)
    }
  })
  return problems
}
