import type { RequestId } from './message.ts'

/** JSON-RPC 2.0 §5.1 and MCP 2026-07-28, Error Codes. */
export const ErrorCode = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  headerMismatch: -32020,
  missingClientCapability: -32021,
  unsupportedRevision: -32022,
} as const

interface RefusalDetails {
  readonly data?: unknown
  /** Of the refused request, when it could be read. */
  readonly id?: RequestId | undefined
}

/** A message that is not served, with the HTTP status and the JSON-RPC error to answer it with. */
export class ProtocolRefusal extends Error {
  override readonly name = 'ProtocolRefusal'
  readonly status: number
  readonly code: number
  readonly data?: unknown
  readonly id?: RequestId

  constructor(status: number, code: number, message: string, { data, id }: RefusalDetails = {}) {
    super(message)
    this.status = status
    this.code = code
    if (data !== undefined) this.data = data
    if (id !== undefined) this.id = id
  }
}
