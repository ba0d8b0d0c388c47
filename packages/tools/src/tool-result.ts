import { isObject } from './protocol/message.ts'
import { InvalidArguments, InvalidResult } from './tool-errors.ts'

/** The result of `tools/call` (MCP, Tools: Tool Result). */
export interface CallToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly structuredContent?: object
  readonly isError: boolean
}

/**
 * What a tool returned, as MCP says it: texts as they are, everything else as JSON text, and beside
 * it as structured content when the tool promises some. A gateway answers the same for a function.
 */
export function describeResult(returned: unknown, hasOutput: boolean): CallToolResult {
  const text = typeof returned === 'string' ? returned : (JSON.stringify(returned) ?? 'null')
  return {
    content: [{ type: 'text', text }],
    ...(hasOutput && isObject(returned) && { structuredContent: returned }),
    isError: false,
  }
}

/** A failure as a result: it is the model that can do something about it (MCP, Tools: Errors). */
export function describeFailure(toolName: string, error: unknown): CallToolResult {
  return { content: [{ type: 'text', text: describeError(toolName, error) }], isError: true }
}

function describeError(toolName: string, error: unknown): string {
  if (error instanceof InvalidArguments || error instanceof InvalidResult) return error.message
  const message = error instanceof Error ? error.message : String(error)
  return `${toolName} failed: ${message === '' ? 'it gave no reason' : message}`
}
