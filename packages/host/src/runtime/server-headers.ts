// The headers a server gets. What a caller sent is left behind unless the protocol needs it or the
// runtime's allowlist names it (AgentCore developer guide, request header allowlist; service model
// bedrock-agentcore 2024-02-28, InvokeAgentRuntime).
import type { IncomingHttpHeaders } from 'node:http'
import { MAX_ALLOWED_HEADER_BYTES } from './compat.ts'
import { RuntimeFault } from './fault.ts'
import { SERVER_PROTOCOLS, serverHost, type ServerProtocolName } from './server-protocol.ts'
import { RUNTIME_SESSION_HEADER } from './session-ids.ts'

export interface ServerHeaderOptions {
  readonly protocol: ServerProtocolName
  readonly runtimeSessionId: string
  readonly mcpSessionId: string | undefined
  readonly requestId: string
  readonly allowedHeaders: readonly string[]
  /** For whom the server works; undefined when the caller named no user. */
  readonly workloadToken: string | undefined
  /** Bytes of the body, when they are known. */
  readonly body: number | 'chunked' | 'none'
}

/** What the protocol needs, and how long the service model lets it be. */
const PASSED: readonly (readonly [name: string, maxLength: number])[] = [
  ['accept', 256],
  ['content-type', 256],
  ['x-amzn-trace-id', 128],
  ['traceparent', 128],
  ['tracestate', 512],
  ['baggage', 8_192],
]
const PASSED_TO_MCP: typeof PASSED = [
  ['mcp-protocol-version', 1_024],
  ['mcp-method', 1_024],
  ['mcp-name', 1_024],
  ['last-event-id', 1_024],
]

/** Under all the names that the AgentCore packages have read it by (identity and runtime modules). */
const WORKLOAD_TOKEN_HEADERS = [
  'workloadaccesstoken',
  'x-amzn-bedrock-agentcore-runtime-workloadaccesstoken',
  'x-amz-bedrock-agentcore-identity-wat',
]

const REQUEST_ID_HEADER = 'x-amzn-bedrock-agentcore-runtime-request-id'

/** Names and values in turn, as `http.request` takes them fastest. */
export function serverHeaders(
  headers: IncomingHttpHeaders,
  options: ServerHeaderOptions,
): string[] {
  const { protocol, runtimeSessionId, mcpSessionId, requestId, allowedHeaders, body } = options
  const sent = ['host', serverHost(protocol), RUNTIME_SESSION_HEADER, runtimeSessionId]
  sent.push(REQUEST_ID_HEADER, requestId)
  if (mcpSessionId !== undefined) sent.push('mcp-session-id', mcpSessionId)
  for (const [name, maxLength] of PASSED) pass(sent, name, headers[name], maxLength)
  for (const name of allowedHeaders) pass(sent, name, headers[name], MAX_ALLOWED_HEADER_BYTES)
  if (protocol === 'MCP') passMcpHeaders(sent, headers)
  const { workloadToken } = options
  if (workloadToken !== undefined) {
    for (const name of WORKLOAD_TOKEN_HEADERS) sent.push(name, workloadToken)
  }
  if (body === 'none') return sent
  if (body === 'chunked') sent.push('transfer-encoding', 'chunked')
  else sent.push('content-length', String(body))
  if (headers['content-type'] === undefined) {
    sent.push('content-type', SERVER_PROTOCOLS[protocol].defaultContentType)
  }
  return sent
}

function passMcpHeaders(sent: string[], headers: IncomingHttpHeaders): void {
  for (const [name, maxLength] of PASSED_TO_MCP) pass(sent, name, headers[name], maxLength)
  for (const name in headers) {
    // The tool decides which of its parameters travel in headers, too (MCP 2026-07-28, Transports).
    if (name.startsWith('mcp-param-')) pass(sent, name, headers[name], MAX_ALLOWED_HEADER_BYTES)
  }
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
