import type { IncomingHttpHeaders } from 'node:http'
import { singleHeader } from '../http/exchange.ts'
import { RuntimeFault } from './fault.ts'

/** The ids by which a request selects a session; `Mcp-Session-Id` wins. */
export interface SessionIds {
  readonly mcpSessionId: string | undefined
  readonly runtimeSessionId: string | undefined
}

export const RUNTIME_SESSION_HEADER = 'x-amzn-bedrock-agentcore-runtime-session-id'

const MCP_SESSION_ID = /^[\x21-\x7E]{1,1024}$/ // MCP 2025-11-25, Session Management
const RUNTIME_SESSION_ID = /^[\x21-\x7E]{33,256}$/

/** Reads both ids, and refuses one that the service model would refuse. */
export function readSessionIds(headers: IncomingHttpHeaders): SessionIds {
  return {
    mcpSessionId: readId(headers, 'mcp-session-id', MCP_SESSION_ID, '1 to 1024'),
    runtimeSessionId: readRuntimeSessionId(headers),
  }
}

export function readRuntimeSessionId(headers: IncomingHttpHeaders): string | undefined {
  return readId(headers, RUNTIME_SESSION_HEADER, RUNTIME_SESSION_ID, '33 to 256')
}

/** Whether this text can stand in `X-Amzn-Bedrock-AgentCore-Runtime-Session-Id`. */
export function isRuntimeSessionId(text: string): boolean {
  return RUNTIME_SESSION_ID.test(text)
}

export function isMcpSessionId(text: string): boolean {
  return MCP_SESSION_ID.test(text)
}

function readId(
  headers: IncomingHttpHeaders,
  name: string,
  pattern: RegExp,
  length: string,
): string | undefined {
  const value = singleHeader(headers[name])
  if (value === undefined || pattern.test(value)) return value
  throw new RuntimeFault(
    'Validation',
    `${name} must have ${length} visible ASCII characters without spaces`,
  )
}
