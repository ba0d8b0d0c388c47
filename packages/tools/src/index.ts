/** Write MCP tools once; serve them from AgentCore Runtime, and from AgentCore Gateway and Lambda. */
export { defineServer, isToolServer, type ServerOptions, type ToolServer } from './define-server.ts'
export type { LogLevel } from './protocol/index.ts'
export type { FunctionContext, FunctionHandler } from './function-handler.ts'
export { ServerDefinitionError } from './server-definition-error.ts'
export type { SchemaLoss } from './schema-loss.ts'
export type { SchemaDefinition, SchemaType } from './schema-subset.ts'
export type { Caller, ToolContext } from './tool-context.ts'
export { InvalidArguments, InvalidResult, UnknownTool } from './tool-errors.ts'
export {
  SchemaSubsetError,
  toolSchema,
  type ToolDefinition,
  type ToolSchema,
  type ToolSchemaOptions,
} from './tool-schema.ts'
export {
  tool,
  type ObjectSchema,
  type Tool,
  type ToolAnnotations,
  type ToolOptions,
  type ToolResult,
} from './tool.ts'
