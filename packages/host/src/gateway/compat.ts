// What no public source says about a gateway, and what we do until a capture of the live service
// says otherwise. Each entry answers one open question, so that a later answer changes one line.
import { REVISIONS } from '@catamaran/tools/protocol'
import type { OAuthRefusal } from '../oauth/oauth-refusal.ts'

/** Revisions of a gateway that was created without `supportedVersions`. */
export const DEFAULT_SUPPORTED_VERSIONS: readonly string[] = REVISIONS

const REFUSED_CALLERS: Record<OAuthRefusal['reason'], { code: number; title: string }> = {
  missing: { code: -32001, title: 'Missing Bearer token' },
  invalid: { code: -32001, title: 'Invalid Bearer token' },
  insufficient: { code: -32002, title: 'Authorization error' },
}

/** The body of a 401 and a 403: a JSON-RPC error with a null id, for no request was read yet. */
export function describeCallerRefusal({ reason, message }: OAuthRefusal): object {
  const { code, title } = REFUSED_CALLERS[reason]
  return refusedRequest(code, message === title ? title : `${title} - ${message}`)
}

/** The body of a 403 for a signature that is not accepted, or a signer who may not call. */
export function describeSignerRefusal(message: string): object {
  return refusedRequest(-32002, `Authorization error - ${message}`)
}

function refusedRequest(code: number, message: string): object {
  return { jsonrpc: '2.0', id: null, error: { code, message } }
}

/** What any verb but POST gets on the MCP URL of a gateway without sessions. */
export const WRONG_VERB_STATUS = 405

/** What a notification and a posted response get. */
export const ACCEPTED_STATUS = 202

/** What a URL that names no gateway gets, with `{"message": …}` as the body. */
export const UNKNOWN_GATEWAY_STATUS = 404

/** How a tool that is not in the catalogue is refused: with −32602, as MCP clients expect. */
export const UNKNOWN_TOOL_STATUS = 200
export function unknownToolMessage(name: string): string {
  return `Unknown tool: ${name}`
}

/** What stands for the value of a function that sent nothing at all. */
export const EMPTY_PAYLOAD = 'null'

/** The text that shows a returned value, as a JSON literal: a string bare, the rest as its JSON. */
export function formatText(value: unknown, payload: string): string {
  return typeof value === 'string' ? payload : JSON.stringify(payload)
}

/** Parts of the longest JSON Pointer to a node of a tool schema: what bounds its depth. */
export const MAX_SCHEMA_POINTER_PARTS = 128

/** The path of an MCP gateway's URL, and of one that was made without a protocol. */
export function mcpPath(protocolType: 'MCP' | undefined): string {
  return protocolType === 'MCP' ? '/mcp' : ''
}

/** What a target is called that nobody named. */
export function defaultTargetName(targetId: string): string {
  return `target-${targetId.toLowerCase()}`
}

/** A request above a rate limit: a JSON-RPC error, which MCP clients read with status 200 only. */
export const THROTTLED_STATUS = 200
export const THROTTLED_CODE = -32003
export const THROTTLED_MESSAGE = 'Rate limit exceeded'

/** Where an API key goes when the target does not say, and what stands between prefix and key. */
export const API_KEY_HEADER = 'Authorization'
export function prefixKey(prefix: string, apiKey: string): string {
  return prefix === '' || prefix.endsWith(' ') ? prefix + apiKey : `${prefix} ${apiKey}`
}

/** How long a server may take to tell its tools, and how long to wait before it is asked again. */
export const SYNCHRONIZATION_TIMEOUT_MS = 20_000
export const SYNCHRONIZATION_RETRIES_MS: readonly number[] = [500, 2_000]
