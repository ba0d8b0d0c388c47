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
export function formatCallerRefusal({ reason, message }: OAuthRefusal): string {
  const { code, title } = REFUSED_CALLERS[reason]
  const text = message === title ? title : `${title} - ${message}`
  return JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message: text } })
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
