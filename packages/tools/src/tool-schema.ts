import { describeInput, describeOutput } from './json-schema.ts'
import { LossReport, type SchemaLoss } from './schema-loss.ts'
import { toSchemaDefinition, type SchemaDefinition } from './schema-subset.ts'
import type { Tool } from './tool.ts'

/** A tool as a Lambda target publishes it (AgentCore Control API, ToolDefinition). */
export interface ToolDefinition {
  readonly name: string
  readonly description: string
  readonly inputSchema: SchemaDefinition
  readonly outputSchema?: SchemaDefinition
}

export interface ToolSchema {
  readonly tools: readonly ToolDefinition[]
  readonly losses: readonly SchemaLoss[]
}

export interface ToolSchemaOptions {
  /** `widen` publishes without the constraints that words can replace; the handler enforces them. */
  readonly onLoss: 'error' | 'widen'
}

/** Everything a server's schemas say that AgentCore Gateway cannot, at once. */
export class SchemaSubsetError extends Error {
  override readonly name = 'SchemaSubsetError'
  readonly losses: readonly SchemaLoss[]

  constructor(losses: readonly SchemaLoss[]) {
    const lines = losses.map(({ pointer, tool, message }) => `  ${pointer} (${tool}): ${message}`)
    super(`The tools cannot be published by AgentCore Gateway as they are:\n${lines.join('\n')}`)
    this.losses = losses
  }
}

/** The tool schema of a gateway's Lambda target, in AgentCore's strict subset of JSON Schema. */
export function toolSchema(
  { tools }: { readonly tools: readonly Tool[] },
  { onLoss }: ToolSchemaOptions,
): ToolSchema {
  const described = describeTools(tools)
  const refused = described.losses.filter((loss) => onLoss === 'error' || !loss.widened)
  if (refused.length > 0) throw new SchemaSubsetError(described.losses)
  return described
}

/**
 * The same without refusing: a tool with a loss that words cannot replace is not among `tools`, and
 * its losses say why.
 */
export function describeTools(tools: readonly Tool[]): ToolSchema {
  const definitions: ToolDefinition[] = []
  const losses: SchemaLoss[] = []
  tools.forEach((tool, index) => {
    const report = new LossReport(tool.name)
    const definition = describeTool(tool, `/tools/${index}`, report)
    if (definition !== undefined) definitions.push(definition)
    losses.push(...report.losses)
  })
  return { tools: definitions, losses }
}

function describeTool(tool: Tool, pointer: string, report: LossReport): ToolDefinition | undefined {
  const { name, description } = tool
  const inputSchema = toSchemaDefinition(describeInput(tool), `${pointer}/inputSchema`, report)
  const output = describeOutput(tool)
  if (output === undefined) return inputSchema && { name, description, inputSchema }
  const outputSchema = toSchemaDefinition(output, `${pointer}/outputSchema`, report)
  return inputSchema && outputSchema && { name, description, inputSchema, outputSchema }
}
