import { decodeHeaderValue, headerValue } from './header-value.ts'
import type { InboundHeaders, RequestId } from './message.ts'
import { ErrorCode, ProtocolRefusal } from './protocol-refusal.ts'
import { isModernRevision } from './revisions.ts'

/** Notifications have no id, and nobody demands that they carry headers. */
interface Message {
  readonly id?: RequestId
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The member of `params` that `Mcp-Name` repeats, by method. */
const NAME_SOURCES: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
])

/** Checks that the headers of a modern message say what its body says, and that we serve it. */
export function confirmHeaders(
  headers: InboundHeaders,
  message: Message,
  revision: string,
  revisions: readonly string[],
): void {
  const { id, method, params } = message
  const namedRevision = headerValue(headers, 'mcp-protocol-version')
  if (namedRevision !== undefined && namedRevision !== revision) {
    throw mismatch('MCP-Protocol-Version differs from the revision in `params._meta`.', id)
  }
  const namedMethod = headerValue(headers, 'mcp-method')
  if (namedMethod !== undefined && namedMethod !== method) {
    throw mismatch('Mcp-Method differs from `method` in the body.', id)
  }
  if (!isModernRevision(revision) || !revisions.includes(revision)) {
    throw unsupportedRevision(revision, revisions, id)
  }
  if (id === undefined) return
  if (namedRevision === undefined) throw mismatch('MCP-Protocol-Version is missing.', id)
  if (namedMethod === undefined) throw mismatch('Mcp-Method is missing.', id)
  const source = NAME_SOURCES.get(method)
  if (source !== undefined) confirmName(headers, source, params[source], id)
}

/** Names what an envelope may ask for, as `server/discover` does; without any, what a handshake may. */
function unsupportedRevision(
  requested: string,
  revisions: readonly string[],
  id: RequestId | undefined,
): ProtocolRefusal {
  const modern = revisions.filter(isModernRevision)
  const supported = modern.length > 0 ? modern : revisions
  const shown = requested.slice(0, 100)
  return new ProtocolRefusal(
    400,
    ErrorCode.unsupportedRevision,
    `An envelope cannot ask for protocol revision ${JSON.stringify(shown)} here; served are ${supported.join(', ')}.`,
    { id, data: { supported, requested: shown } },
  )
}

/** A body that lacks the name is not a mismatch: that is for the method itself to refuse. */
function confirmName(headers: InboundHeaders, source: string, name: unknown, id: RequestId): void {
  const header = headerValue(headers, 'mcp-name')
  if (header === undefined) {
    if (typeof name !== 'string') return
    throw mismatch(`Mcp-Name is missing; it repeats \`params.${source}\`.`, id)
  }
  const decoded = decodeHeaderValue(header)
  if (decoded === undefined) throw mismatch('Mcp-Name is not valid base64 of UTF-8.', id)
  if (typeof name === 'string' && decoded !== name) {
    throw mismatch(`Mcp-Name differs from \`params.${source}\`.`, id)
  }
}

function mismatch(message: string, id: RequestId | undefined): ProtocolRefusal {
  return new ProtocolRefusal(400, ErrorCode.headerMismatch, message, { id })
}
