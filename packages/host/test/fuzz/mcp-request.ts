import { withHeaders, type RequestText } from './http-text.ts'
import type { HullWorld } from './world.ts'

export type Json = Readonly<Record<string, unknown>>
type HeaderChanges = Readonly<Record<string, string | undefined>>

const MODERN = '2026-07-28'

/** A good legacy call of `greet_user`, to be spoilt in one respect. */
export function callMessage({ tool }: HullWorld, args: unknown = { name: 'Ada' }): Json {
  const params = { name: tool, arguments: args }
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params }
}

/** A POST of a legacy message, or of a body that is none. */
export function legacyRequest(
  hull: HullWorld,
  message: string | Buffer | Json | readonly unknown[],
  changes: HeaderChanges = {},
): RequestText {
  const isText = typeof message === 'string' || Buffer.isBuffer(message)
  const body = isText ? message : JSON.stringify(message)
  return { target: hull.target, headers: withHeaders(hull.headers, changes), body }
}

/** A POST of a modern request with its envelope and every header that confirms it. */
export function modernRequest(
  hull: HullWorld,
  method: string,
  params: Json = {},
  { headers = {}, meta = {} }: { readonly headers?: HeaderChanges; readonly meta?: Json } = {},
): RequestText {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'bad-input', version: '1.0.0' },
    ...meta,
  }
  const message = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } }
  const name = typeof params['name'] === 'string' ? params['name'] : undefined
  return legacyRequest(hull, message, {
    'MCP-Protocol-Version': MODERN,
    'Mcp-Method': method,
    'Mcp-Name': name,
    ...headers,
  })
}

/** A good modern call of `greet_user`. */
export function modernCall(
  hull: HullWorld,
  changes: Parameters<typeof modernRequest>[3] = {},
): RequestText {
  const params = { name: hull.tool, arguments: { name: 'Ada' } }
  return modernRequest(hull, 'tools/call', params, changes)
}
