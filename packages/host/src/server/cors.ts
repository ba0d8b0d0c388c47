// Browser clients (the Inspector in direct mode, a console elsewhere on this machine). The origin has
// been checked by then; what is answered here is only how the browser may use it.
import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from '../http/exchange.ts'

const REQUEST_HEADERS = [
  'accept',
  'authorization',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'x-amzn-bedrock-agentcore-runtime-session-id',
]
const RESPONSE_HEADERS =
  'Mcp-Session-Id, Mcp-Protocol-Version, WWW-Authenticate, X-Amzn-RequestId, X-Amzn-Bedrock-AgentCore-Runtime-Session-Id'

/** What every answer to an allowed origin carries. */
export function corsHeaders(origin: string): readonly (readonly [string, string])[] {
  return [
    ['access-control-allow-origin', origin],
    ['access-control-expose-headers', RESPONSE_HEADERS],
    ['vary', 'Origin'],
  ]
}

/** The answer to a preflight: the methods we serve and the headers MCP clients send. */
export function answerPreflight(headers: IncomingHttpHeaders): Answer {
  const asked = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => REQUEST_HEADERS.includes(name) || /^mcp-param-[a-z0-9-]+$/.test(name))
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': (asked.length > 0 ? asked : REQUEST_HEADERS).join(', '),
      'access-control-max-age': '600',
    },
  }
}
