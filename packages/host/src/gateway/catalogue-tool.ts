import type { ArgumentCheck } from './check-arguments.ts'
import type { JsonSchema } from './tool.ts'
import type { ToolInvoker } from './tool-invoker.ts'

/** A tool with everything about a call that does not depend on the call. */
export interface CatalogueTool {
  readonly name: string
  /** Of the target that offers it; empty for the tool of the gateway itself. */
  readonly targetName: string
  /** As the target calls it. */
  readonly toolName: string
  readonly outputSchema: JsonSchema | undefined
  /** Undefined where the target checks by itself: an MCP server knows all of JSON Schema. */
  readonly checkArguments: ArgumentCheck | undefined
  readonly invoker: ToolInvoker
}
