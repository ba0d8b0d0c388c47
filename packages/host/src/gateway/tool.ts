/**
 * A tool as a target offers it: of a Lambda target with the subset of tool-schema.ts, of an MCP server
 * as the server describes it.
 */
export interface Tool {
  readonly name: string
  readonly description?: string
  readonly inputSchema: JsonSchema
  readonly outputSchema?: JsonSchema
  readonly title?: string
  readonly annotations?: object
  readonly icons?: readonly object[]
}

/** Any JSON Schema; that of arguments has the type `object`. */
export interface JsonSchema {
  readonly type?: unknown
}
