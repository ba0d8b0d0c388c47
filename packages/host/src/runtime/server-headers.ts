// The headers a server gets. What a caller sent is left behind unless the protocol needs it or the
// runtime's allowlist names it (AgentCore developer guide, request header allowlist; service model
// bedrock-agentcore 2024-02-28, InvokeAgentRuntime).
import type { IncomingHttpHeaders } from 'node:http'
import { DEFAULT_CONTENT_TYPE, MAX_ALLOWED_HEADER_BYTES, SERVER_HOST } from './compat.ts'
import { RuntimeFault } from './fault.ts'
import { RUNTIME_SESSION_HEADER } from './session-ids.ts'

export interface ServerHeaderOptions {
  readonly runtimeSessionId: string
  readonly mcpSessionId: string | undefined
  readonly requestId: string
  readonly allowedHeaders: readonly string[]
  /** Bytes of the body, when they are known. */
  readonly body: number | 'chunked' | 'none'
}

/** What the protocol needs, and how long the service model lets it be. */
const PASSED: readonly (readonly [name: string, maxLength: number])[] = [
  ['accept', 256],
  ['content-type', 256],
  ['mcp-protocol-version', 1_024],
  ['mcp-method', 1_024],
  ['mcp-name', 1_024],
  ['last-event-id', 1_024],
  ['x-amzn-trace-id', 128],
  ['traceparent', 128],
  ['tracestate', 512],
  ['baggage', 8_192],
]

const REQUEST_ID_HEADER = 'x-amzn-bedrock-agentcore-runtime-request-id'

/** Names and values in turn, as `http.request` takes them fastest. */
export function serverHeaders(
  headers: IncomingHttpHeaders,
  options: ServerHeaderOptions,
): string[] {
  const { runtimeSessionId, mcpSessionId, requestId, allowedHeaders, body } = options
  const sent = ['host', SERVER_HOST, RUNTIME_SESSION_HEADER, runtimeSessionId]
  sent.push(REQUEST_ID_HEADER, requestId)
  if (mcpSessionId !== undefined) sent.push('mcp-session-id', mcpSessionId)
  for (const [name, maxLength] of PASSED) pass(sent, name, headers[name], maxLength)
  for (const name of allowedHeaders) pass(sent, name, headers[name], MAX_ALLOWED_HEADER_BYTES)
  for (const name in headers) {
    // The tool decides which of its parameters travel in headers, too (MCP 2026-07-28, Transports).
    if (name.startsWith('mcp-param-')) pass(sent, name, headers[name], MAX_ALLOWED_HEADER_BYTES)
  }
  if (body === 'none') return sent
  if (body === 'chunked') sent.push('transfer-encoding', 'chunked')
  else sent.push('content-length', String(body))
  if (headers['content-type'] === undefined) sent.push('content-type', DEFAULT_CONTENT_TYPE)
  return sent
}

function pass(
  sent: string[],
  name: string,
  value: string | string[] | undefined,
  maxLength: number,
): void {
  if (value === undefined) return
  const text = typeof value === 'string' ? value : value.join(', ')
  if (text.length > maxLength) {
    throw new RuntimeFault('Validation', `${name} is longer than ${maxLength} characters`)
  }
  sent.push(name, text)
}
