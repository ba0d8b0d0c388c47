// One POST body, classified and validated before anything else looks at it.
//
// The body decides the era and headers only confirm it. `Mcp-Method` says nothing (older clients
// send it too), `Mcp-Session-Id` says nothing (platforms inject it), and neither does anything that
// this client sent before (MCP 2026-07-28, Transports: Streamable HTTP).
// The order of the checks is the order in which the errors are promised; earlier ones win.
import { readEnvelope, type Envelope } from './envelope.ts'
import { confirmHeaders } from './confirm-headers.ts'
import { headerValue } from './header-value.ts'
import {
  isLogLevel,
  isObject,
  LOG_LEVELS,
  type Inbound,
  type InboundHeaders,
  type LogLevel,
  type NotificationMessage,
  type RequestId,
  type RequestMessage,
} from './message.ts'
import { ErrorCode, ProtocolRefusal } from './protocol-refusal.ts'
import {
  HEADERLESS_REVISION,
  isModernRevision,
  negotiateRevision,
  servesLegacyRevision,
} from './revisions.ts'

export interface InboundRules {
  /** The revisions served, newest first. */
  readonly revisions: readonly string[]
  /** The methods served, of both eras. */
  readonly methods: ReadonlySet<string>
  /** The code that refuses an unserved handshake revision; MCP leaves it free. */
  readonly refusedRevisionCode?: number
}

type JsonObject = Readonly<Record<string, unknown>>

/** Gone at 2026-07-28: asked for in an envelope, they are unknown. */
const LEGACY_METHODS: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'logging/setLevel',
  'resources/subscribe',
  'resources/unsubscribe',
])

const MODERN_METHODS: ReadonlySet<string> = new Set(['server/discover', 'subscriptions/listen'])

const NO_PARAMS: JsonObject = {}

/** What one POST asks for. Throws `ProtocolRefusal`, and nothing else, whatever was sent. */
export function readInbound(headers: InboundHeaders, body: string, rules: InboundRules): Inbound {
  const message = readJsonRpc(body)
  const { method } = message
  if (typeof method !== 'string') return { kind: 'response' }

  const params = message['params'] === undefined ? NO_PARAMS : message['params']
  const id = 'id' in message ? readId(message['id']) : undefined
  if (!isObject(params)) {
    throw invalidRequest('`params` must be an object; leave it out when there are none.', id)
  }
  return id === undefined
    ? readNotification(headers, method, params, rules)
    : readRequest(headers, { id, method, params }, rules)
}

function readJsonRpc(body: string): JsonObject {
  let message: unknown
  try {
    message = JSON.parse(body)
  } catch (cause) {
    const refusal = new ProtocolRefusal(400, ErrorCode.parseError, 'The body is not JSON.')
    refusal.cause = cause
    throw refusal
  }
  if (Array.isArray(message)) {
    throw invalidRequest('Batches are not served; send one message per request.')
  }
  if (!isObject(message) || message['jsonrpc'] !== '2.0') {
    throw invalidRequest('The body is not a JSON-RPC 2.0 message: `"jsonrpc":"2.0"` is missing.')
  }
  if (typeof message['method'] === 'string') return message
  if (message['method'] === undefined && ('result' in message || 'error' in message)) return message
  throw invalidRequest('A message needs a `method`, a text.', findId(message['id']))
}

function readId(id: unknown): RequestId {
  const known = findId(id)
  if (known === undefined) throw invalidRequest('`id` must be a text or an integer, not null.')
  return known
}

function findId(id: unknown): RequestId | undefined {
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : undefined
}

interface Asked {
  readonly id: RequestId
  readonly method: string
  readonly params: JsonObject
}

function readRequest(headers: InboundHeaders, asked: Asked, rules: InboundRules): RequestMessage {
  const envelope = readEnvelope(asked.params)
  const named = headerValue(headers, 'mcp-protocol-version')
  if (asked.method === 'initialize' && !isModernEnvelope(envelope)) {
    return readInitialize(named, asked, rules)
  }
  if (envelope.kind !== 'absent') return readModernRequest(headers, asked, envelope, rules)
  if (named !== undefined && isModernRevision(named)) {
    throw new ProtocolRefusal(
      400,
      ErrorCode.invalidParams,
      `MCP-Protocol-Version names ${quote(named)}, whose requests carry ${envelope.missing.map((key) => `\`${key}\``).join(' and ')} in \`params._meta\`.`,
      { id: asked.id, data: { missing: envelope.missing } },
    )
  }
  const revision = readLegacyRevision(named, rules, asked.id)
  if (!rules.methods.has(asked.method) || MODERN_METHODS.has(asked.method)) {
    throw methodNotFound(200, asked)
  }
  return request('legacy', revision, asked)
}

function isModernEnvelope(envelope: Envelope): boolean {
  return envelope.kind === 'valid' && isModernRevision(envelope.revision)
}

function readInitialize(
  named: string | undefined,
  asked: Asked,
  rules: InboundRules,
): RequestMessage {
  if (named !== undefined && isModernRevision(named)) {
    throw new ProtocolRefusal(
      400,
      ErrorCode.headerMismatch,
      `\`initialize\` belongs to revisions before the one MCP-Protocol-Version names, ${quote(named)}; use \`server/discover\`, or leave the header out.`,
      { id: asked.id },
    )
  }
  const requested = asked.params['protocolVersion']
  const revision = negotiateRevision(requested, rules.revisions)
  if (!servesLegacyRevision(revision, rules.revisions)) {
    throw refusedRevision(String(requested), rules, asked.id)
  }
  if (!rules.methods.has(asked.method)) throw methodNotFound(200, asked)
  return request('legacy', revision, asked)
}

function readModernRequest(
  headers: InboundHeaders,
  asked: Asked,
  envelope: Exclude<Envelope, { kind: 'absent' }>,
  rules: InboundRules,
): RequestMessage {
  const { id, method } = asked
  if (envelope.kind !== 'valid') {
    throw new ProtocolRefusal(400, ErrorCode.invalidParams, inMeta(envelope.problem), { id })
  }
  confirmHeaders(headers, asked, envelope.revision, rules.revisions)
  if (!rules.methods.has(method) || LEGACY_METHODS.has(method)) throw methodNotFound(404, asked)
  const { logLevel } = envelope
  if (logLevel !== undefined && !isLogLevel(logLevel)) {
    throw new ProtocolRefusal(
      200,
      ErrorCode.invalidParams,
      `The log level must be one of ${LOG_LEVELS.join(', ')}.`,
      { id },
    )
  }
  return request('modern', envelope.revision, asked, logLevel)
}

function readNotification(
  headers: InboundHeaders,
  method: string,
  params: JsonObject,
  rules: InboundRules,
): NotificationMessage {
  const named = headerValue(headers, 'mcp-protocol-version')
  const envelope = readEnvelope(params)
  if (envelope.kind === 'absent') {
    const isModern = named !== undefined && isModernRevision(named)
    const revision = isModern ? named : readLegacyRevision(named, rules, undefined)
    const era = isModern ? 'modern' : 'legacy'
    return { kind: 'notification', era, revision, method, params }
  }
  // Only the revision must be readable: a notification needs nothing else from its envelope.
  if (envelope.kind === 'unreadable') {
    throw new ProtocolRefusal(400, ErrorCode.invalidParams, inMeta(envelope.problem))
  }
  confirmHeaders(headers, { method, params }, envelope.revision, rules.revisions)
  return { kind: 'notification', era: 'modern', revision: envelope.revision, method, params }
}

function readLegacyRevision(
  named: string | undefined,
  rules: InboundRules,
  id: RequestId | undefined,
): string {
  const revision = named ?? HEADERLESS_REVISION
  if (!servesLegacyRevision(revision, rules.revisions)) throw refusedRevision(revision, rules, id)
  return revision
}

function request(
  era: 'modern' | 'legacy',
  revision: string,
  { id, method, params }: Asked,
  logLevel?: LogLevel,
): RequestMessage {
  const kind = 'request'
  const meta = params['_meta']
  const token = isObject(meta) ? meta['progressToken'] : undefined
  const progressToken = typeof token === 'string' || typeof token === 'number' ? token : undefined
  if (progressToken === undefined && logLevel === undefined) {
    return { kind, era, revision, id, method, params }
  }
  return {
    kind,
    era,
    revision,
    id,
    method,
    params,
    ...(progressToken !== undefined && { progressToken }),
    ...(logLevel !== undefined && { logLevel }),
  }
}

function refusedRevision(
  requested: string,
  { revisions, refusedRevisionCode = -32000 }: InboundRules,
  id: RequestId | undefined,
): ProtocolRefusal {
  return new ProtocolRefusal(
    400,
    refusedRevisionCode,
    `Protocol revision ${quote(requested)} is not served here; served are ${revisions.join(', ')}.`,
    { id, data: { requested: requested.slice(0, 100), supported: revisions } },
  )
}

function methodNotFound(status: number, { id, method }: Asked): ProtocolRefusal {
  return new ProtocolRefusal(
    status,
    ErrorCode.methodNotFound,
    `Method ${quote(method)} is not served here.`,
    { id },
  )
}

function inMeta(problem: string): string {
  return `In \`params._meta\`, ${problem}`
}

function invalidRequest(message: string, id?: RequestId): ProtocolRefusal {
  return new ProtocolRefusal(400, ErrorCode.invalidRequest, message, { id })
}

/** Short enough for a message, whatever the peer sent. */
function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
