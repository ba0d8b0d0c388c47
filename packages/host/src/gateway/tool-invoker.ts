import type { LogFields } from '../kernel/log.ts'
import type { InboundCall } from './inbound-call.ts'
import type { ToolFailure } from './tool-failure.ts'

/** What runs one tool of a target. */
export interface ToolInvoker {
  /** Where the tool runs, for the log. */
  readonly about: LogFields
  /** Never rejects: however a call ends has a name. `payload` is the JSON text of `args`. */
  callTool(call: InboundCall, args: object, payload: string): Promise<ToolEnding>
}

/** How a tool call ended. */
export type ToolEnding =
  /** With a value and the JSON text it came as: of a function. */
  | { readonly kind: 'returned'; readonly value: unknown; readonly json: string }
  /** With a result that is one of MCP already: of an MCP server. */
  | { readonly kind: 'relayed'; readonly result: object }
  /** Somebody has to log in first, there. */
  | { readonly kind: 'login-needed'; readonly url: string; readonly elicitationId: string }
  /** The target speaks MCP, and answered with an error of the protocol. */
  | {
      readonly kind: 'dependency-failed'
      readonly subject: string
      readonly code: number
      /** The target's own words. */
      readonly message: string
    }
  | { readonly kind: 'failed'; readonly failure: ToolFailure }

export function failed(failure: ToolFailure): ToolEnding {
  return { kind: 'failed', failure }
}
