import { describeInput, describeOutput } from './json-schema.ts'
import { findParamHeaders, type ParamHeader } from './protocol/index.ts'
import type { Tool } from './tool.ts'

/** A tool with what is worked out once, when the server starts. */
export interface ServedTool {
  readonly tool: Tool
  /** As `tools/list` shows it: all of JSON Schema, unlike a gateway's target. */
  readonly description: object
  readonly paramHeaders: readonly ParamHeader[]
}

/** The tools by name, in the order of their definition. */
export function describeForMcp(tools: readonly Tool[]): ReadonlyMap<string, ServedTool> {
  return new Map(tools.map((tool) => [tool.name, describeTool(tool)]))
}

function describeTool(tool: Tool): ServedTool {
  const { name, title, description, annotations } = tool
  const inputSchema = describeInput(tool)
  const outputSchema = describeOutput(tool)
  return {
    tool,
    description: {
      name,
      ...(title !== undefined && { title }),
      description,
      inputSchema,
      ...(outputSchema !== undefined && { outputSchema }),
      ...(annotations !== undefined && { annotations }),
    },
    paramHeaders: findParamHeaders(inputSchema),
  }
}
