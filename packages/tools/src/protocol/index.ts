/** The server side of the MCP wire, 2025-03-26 to 2026-07-28; free of sockets and of schemas. */
export { MetaKey } from './envelope.ts'
export {
  formatError,
  formatEvent,
  formatNotification,
  formatRefusal,
  formatResult,
  formatResultBody,
  wrapResult,
  type ServerInfo,
} from './format.ts'
export { decodeHeaderValue } from './header-value.ts'
export {
  isLogLevel,
  LOG_LEVELS,
  type Era,
  type Inbound,
  type InboundHeaders,
  type LogLevel,
  type NotificationMessage,
  type RequestId,
  type RequestMessage,
  type ResponseMessage,
} from './message.ts'
export { confirmParamHeaders, findParamHeaders, type ParamHeader } from './param-headers.ts'
export { ErrorCode, ProtocolRefusal } from './protocol-refusal.ts'
export { readInbound, type InboundRules } from './read-inbound.ts'
export { isModernRevision, MODERN_REVISION, negotiateRevision, REVISIONS } from './revisions.ts'
