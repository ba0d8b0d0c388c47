import { propagate } from '../propagated-metadata.ts'
import type { CallLimits } from '../lambda-tool-invoker.ts'
import type { InboundCall } from '../inbound-call.ts'
import type { TargetRecord } from '../target-record.ts'
import { failed, type ToolEnding } from '../tool-invoker.ts'
import { CALLER_GONE, type ToolFailure } from '../tool-failure.ts'
import type { Tool } from '../tool.ts'
import type { McpFailure, Wait } from './mcp-connection.ts'
import type { CallExtras, Connect } from './borrowed-connection.ts'

export interface McpToolCall {
  readonly target: TargetRecord
  readonly tool: Tool
  readonly endpoint: string
  readonly connect: Connect
  readonly limits: CallLimits
}

/** Calls a tool of an MCP server under its own name; never rejects. */
export async function callMcpTool(
  { caller, inbound, request }: InboundCall,
  args: object,
  { target, tool, endpoint, connect, limits }: McpToolCall,
): Promise<ToolEnding> {
  const { headers, queryParameters } = propagate(target.metadataConfiguration ?? {}, inbound)
  const user = {
    kind: 'caller',
    token: caller.kind === 'token' ? caller.token : undefined,
  } as const
  // A caller that closes its connection cancels the call only since 2026-07-28 (MCP, Cancellation).
  const gone = request.era === 'modern' ? inbound.signal?.() : undefined
  const wait: Wait = {
    timeoutMs: limits.timeoutMs,
    signal: gone ?? new AbortController().signal,
  }
  try {
    const result = await callOnce(connect, tool, args, { user, headers, queryParameters }, wait)
    return { kind: 'relayed', result }
  } catch (error) {
    if (gone?.aborted) return failed(CALLER_GONE)
    const { describeMcpError } = await import('./mcp-connection.ts')
    return describeEnding(describeMcpError(error), endpoint, limits)
  }
}

/** One call; a second one when the session of a shared connection turns out to be over. */
async function callOnce(
  connect: Connect,
  tool: Tool,
  args: object,
  extras: CallExtras,
  wait: Wait,
): Promise<object> {
  for (let attempt = 1; ; attempt++) {
    const borrowed = await connect(extras, wait)
    let isLost = true
    try {
      const result = await borrowed.connection.callTool(tool, args, wait)
      isLost = false
      return result
    } catch (error) {
      const { describeMcpError } = await import('./mcp-connection.ts')
      const { kind } = describeMcpError(error)
      isLost = kind !== 'refused'
      if (!borrowed.isReused || kind !== 'session-lost' || attempt > 1) throw error
    } finally {
      borrowed.release(isLost)
    }
  }
}

function describeEnding(failure: McpFailure, endpoint: string, limits: CallLimits): ToolEnding {
  const subject = `MCP server ${endpoint}`
  switch (failure.kind) {
    case 'refused':
      return { kind: 'dependency-failed', code: failure.code, message: failure.message, subject }
    case 'login-needed':
      return failure
    case 'timed-out':
      return failed({
        type: 'GatewayTimeout',
        text: `${subject} did not answer within ${limits.timeoutMs / 1_000} seconds, the longest a gateway waits.`,
      })
    case 'session-lost':
      return failed(broken(`${subject} failed: it answered with HTTP status 404.`))
    case 'broken':
      return failed(broken(`${subject} failed: ${failure.text}.`))
  }
}

function broken(text: string): ToolFailure {
  return { type: 'DependencyFailedException', text }
}
