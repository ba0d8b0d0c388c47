import { MetaKey } from './envelope.ts'
import { isObject, type Era, type RequestId, type RequestMessage } from './message.ts'
import type { ProtocolRefusal } from './protocol-refusal.ts'

export interface ServerInfo {
  readonly name: string
  readonly version: string
}

/** Results that a modern client may keep (MCP 2026-07-28, Utilities: Caching). */
const CACHEABLE_METHODS: ReadonlySet<string> = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
])

/** What 2026-07-28 added to every result; older clients never see it. */
const MODERN_MEMBERS: readonly string[] = ['resultType', 'ttlMs', 'cacheScope']

/** The response to a request: what the era adds is added, what the era does not know is removed. */
export function formatResult(
  request: Pick<RequestMessage, 'id' | 'era' | 'method'>,
  result: object,
  serverInfo: ServerInfo,
): string {
  return wrapResult(request.id, formatResultBody(request, result, serverInfo))
}

/** The `result` member alone, for callers that keep it and wrap it once per request id. */
export function formatResultBody(
  { era, method }: { readonly era: Era; readonly method: string },
  result: object,
  serverInfo: ServerInfo,
): string {
  return JSON.stringify(
    era === 'modern' ? modernResult(method, result, serverInfo) : legacyResult(result),
  )
}

/** The response that carries a result which is JSON text already. */
export function wrapResult(id: RequestId, resultJson: string): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${resultJson}}`
}

function modernResult(method: string, result: object, serverInfo: ServerInfo): object {
  const meta = '_meta' in result && isObject(result._meta) ? result._meta : undefined
  const _meta = { ...meta, [MetaKey.serverInfo]: serverInfo }
  const resultType = 'resultType' in result ? result.resultType : 'complete'
  return CACHEABLE_METHODS.has(method) && resultType === 'complete'
    ? { ttlMs: 0, cacheScope: 'private', ...result, resultType, _meta }
    : { ...result, resultType, _meta }
}

function legacyResult(result: object): object {
  if (!MODERN_MEMBERS.some((member) => member in result)) return result
  return Object.fromEntries(
    Object.entries(result).filter(([member]) => !MODERN_MEMBERS.includes(member)),
  )
}

/** An error response. An id that could not be read is left out: null is not allowed any more. */
export function formatError(
  id: RequestId | undefined,
  code: number,
  message: string,
  data?: unknown,
): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    ...(id !== undefined && { id }),
    error: { code, message, ...(data !== undefined && { data }) },
  })
}

/** The error response that a refusal is answered with, under its own `status`. */
export function formatRefusal({ id, code, message, data }: ProtocolRefusal): string {
  return formatError(id, code, message, data)
}

/** A notification, as it stands in an event stream. */
export function formatNotification(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params })
}

/** One message of an event stream; JSON text has no line breaks, so one data line is enough. */
export function formatEvent(json: string): string {
  return `event: message\ndata: ${json}\n\n`
}
