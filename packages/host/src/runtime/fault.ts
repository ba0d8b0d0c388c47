// How a runtime says no. One row per cause, for the two wires it is said on: JSON-RPC to an MCP
// client (AgentCore developer guide, MCP error codes) and the service's own faults to an AWS client
// (service model bedrock-agentcore 2024-02-28).
//
// The documented texts say little. The reason goes into `error.data.reason`, which AgentCore does not
// send; clients that do not know it ignore it.
import type { OutgoingHttpHeaders } from 'node:http'
import { AwsFault } from '../aws/aws-fault.ts'
import type { Answer } from '../http/exchange.ts'
import { HostError, type HostErrorCode } from '../kernel/host-error.ts'
import { MODERN_ACCESS_DENIED_CODE, PAYLOAD_TOO_LARGE_STATUS } from './compat.ts'

export type FaultName =
  | 'Unauthorized'
  | 'AccessDenied'
  | 'ServiceQuotaExceeded'
  | 'Throttling'
  | 'ResourceNotFound'
  | 'SessionEnded'
  | 'Conflict'
  | 'RetryableConflict'
  | 'Validation'
  | 'MalformedIdentifier'
  | 'PayloadTooLarge'
  | 'RuntimeClientError'
  | 'NotAcceptable'
  | 'InternalServer'

interface FaultRow {
  /** HTTP status of the JSON-RPC error that answers a POST. */
  readonly mcpStatus: number
  readonly code: number
  readonly message: string
  /** The fault an AWS client knows, and its status; also the status of a refused GET or DELETE. */
  readonly awsName: string
  readonly awsStatus: number
}

const FAULTS: Record<FaultName, FaultRow> = {
  Unauthorized: {
    mcpStatus: 401,
    code: -32001,
    message: 'Authentication error - Invalid credentials',
    awsName: 'UnauthorizedException',
    awsStatus: 401,
  },
  AccessDenied: {
    mcpStatus: 403,
    code: -32002,
    message: 'Authorization error - Insufficient permissions',
    awsName: 'AccessDeniedException',
    awsStatus: 403,
  },
  ServiceQuotaExceeded: {
    mcpStatus: 200,
    code: -32003,
    message: 'Rate limit exceeded - Too many requests',
    awsName: 'ServiceQuotaExceededException',
    awsStatus: 402,
  },
  Throttling: {
    mcpStatus: 200,
    code: -32003,
    message: 'Rate limit exceeded - Too many requests',
    awsName: 'ThrottlingException',
    awsStatus: 429,
  },
  ResourceNotFound: {
    mcpStatus: 200,
    code: -32004,
    message: 'Resource not found - Requested resource does not exist',
    awsName: 'ResourceNotFoundException',
    awsStatus: 404,
  },
  // A 404 makes an MCP client initialize again (MCP 2025-11-25, Session Management).
  SessionEnded: {
    mcpStatus: 404,
    code: -32004,
    message: 'Resource not found - Requested resource does not exist',
    awsName: 'ResourceNotFoundException',
    awsStatus: 404,
  },
  Conflict: {
    mcpStatus: 200,
    code: -32005,
    message: 'Resource conflict - Resource already exists',
    awsName: 'ConflictException',
    awsStatus: 409,
  },
  RetryableConflict: {
    mcpStatus: 200,
    code: -32005,
    message: 'Session operation in progress, please retry',
    awsName: 'RetryableConflictException',
    awsStatus: 409,
  },
  Validation: {
    mcpStatus: 200,
    code: -32006,
    message: 'Validation error - Invalid request data',
    awsName: 'ValidationException',
    awsStatus: 400,
  },
  // Seen as a plain 400: what protocol the runtime speaks is not known yet.
  MalformedIdentifier: {
    mcpStatus: 400,
    code: -32006,
    message: 'Validation error - Invalid request data',
    awsName: 'ValidationException',
    awsStatus: 400,
  },
  PayloadTooLarge: {
    mcpStatus: PAYLOAD_TOO_LARGE_STATUS,
    code: -32006,
    message: 'Validation error - Invalid request data',
    awsName: 'ValidationException',
    awsStatus: PAYLOAD_TOO_LARGE_STATUS,
  },
  // Never a 5xx: AWS clients repeat those, and the call may have run.
  RuntimeClientError: {
    mcpStatus: 200,
    code: -32010,
    message: 'Tool execution error - Please check your CloudWatch logs for more information',
    awsName: 'RuntimeClientError',
    awsStatus: 424,
  },
  NotAcceptable: {
    mcpStatus: 406,
    code: -32011,
    message:
      'Accept Header Error - MCP protocol requires Accept header: application/json, text/event-stream',
    awsName: 'ValidationException',
    awsStatus: 406,
  },
  InternalServer: {
    mcpStatus: 200,
    code: -32603,
    message: 'Internal error - Server error',
    awsName: 'InternalServerException',
    awsStatus: 500,
  },
}

const FAULT_OF: Record<HostErrorCode, FaultName> = {
  ERR_INVALID_INPUT: 'Validation',
  ERR_UNAUTHENTICATED: 'Unauthorized',
  ERR_FORBIDDEN: 'AccessDenied',
  ERR_NOT_FOUND: 'ResourceNotFound',
  ERR_CONFLICT: 'Conflict',
  ERR_LIMIT_EXCEEDED: 'ServiceQuotaExceeded',
  ERR_THROTTLED: 'Throttling',
  ERR_NOT_SUPPORTED: 'Validation',
  ERR_TARGET_FAILED: 'RuntimeClientError',
}

/** Faults of the AWS wire (a bad signature, say) that a runtime passes on. */
const FAULT_OF_STATUS: ReadonlyMap<number, FaultName> = new Map([
  [401, 'Unauthorized'],
  [403, 'AccessDenied'],
  [429, 'Throttling'],
])

/** A refusal on a runtime's own wire. The reason is written for the caller. */
export class RuntimeFault extends Error {
  override readonly name = 'RuntimeFault'
  readonly fault: FaultName
  readonly reason: string | undefined
  /** Sent with the answer; whoever knows more about the request adds to them. */
  headers: OutgoingHttpHeaders
  /** What the row would say to an AWS client, or what is more exact than it. */
  readonly awsName: string
  readonly awsStatus: number

  constructor(
    fault: FaultName,
    reason?: string,
    options: {
      /** Said instead of the row's text. */
      readonly message?: string
      readonly headers?: OutgoingHttpHeaders
      readonly awsName?: string
      readonly awsStatus?: number
      readonly cause?: unknown
    } = {},
  ) {
    super(options.message ?? FAULTS[fault].message, { cause: options.cause })
    this.fault = fault
    this.reason = reason
    this.headers = options.headers ?? {}
    this.awsName = options.awsName ?? FAULTS[fault].awsName
    this.awsStatus = options.awsStatus ?? FAULTS[fault].awsStatus
  }
}

/** Anything thrown while a request was served, as a fault; what was not expected says nothing. */
export function asFault(error: unknown): RuntimeFault {
  if (error instanceof RuntimeFault) return error
  if (error instanceof HostError) {
    return new RuntimeFault(FAULT_OF[error.code], error.message, { cause: error })
  }
  if (error instanceof AwsFault) {
    const { errorName: awsName, status: awsStatus, headers, message } = error
    const fault = FAULT_OF_STATUS.get(awsStatus) ?? 'Validation'
    return new RuntimeFault(fault, message, { headers: { ...headers }, awsName, awsStatus })
  }
  return new RuntimeFault('InternalServer', undefined, { cause: error })
}

export interface McpContext {
  readonly method: string
  readonly isModern: boolean
  /** `undefined` when it could not be read. */
  readonly requestId: string | number | undefined
}

/** The fault as a JSON-RPC error. */
export function formatMcpFault(
  fault: RuntimeFault,
  { method, isModern, requestId }: McpContext,
): Answer {
  const { mcpStatus } = FAULTS[fault.fault]
  const status = method === 'POST' ? mcpStatus : fault.awsStatus
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(status >= 400 && { 'x-amzn-errortype': fault.awsName }), // for AWS clients
      ...fault.headers,
    },
    body: formatRpcError(fault, isModern, requestId),
  }
}

/** The JSON-RPC error alone, for an event stream that has begun already. */
export function formatRpcError(
  { fault, message, reason }: RuntimeFault,
  isModern: boolean,
  requestId: string | number | undefined,
): string {
  const isAccessDenied = fault === 'AccessDenied'
  const code = isModern && isAccessDenied ? MODERN_ACCESS_DENIED_CODE : FAULTS[fault].code
  const data = reason === undefined ? undefined : { reason }
  // A missing or refused token is answered without an id, as seen on AWS: no body is read for it.
  const isAuthorization = isAccessDenied || fault === 'Unauthorized'
  // Schemas from 2025-11-25 on know no null id; AgentCore's legacy answers do.
  const id =
    isAuthorization || (isModern && requestId === undefined) ? undefined : (requestId ?? null)
  return JSON.stringify({ jsonrpc: '2.0', error: { code, message, data }, id })
}

/** The fault as AWS clients read it: its name in a header, its message in the body. */
export function formatAwsFault(fault: RuntimeFault): Answer {
  const { awsName, awsStatus, headers } = fault
  return {
    status: awsStatus,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': awsName, ...headers },
    body: JSON.stringify(describeAwsFault(fault)),
  }
}

/** The members of the fault's shape. */
export function describeAwsFault({ awsName, message, reason }: RuntimeFault) {
  const isValidation = awsName === 'ValidationException'
  return {
    message: reason ?? message,
    ...(isValidation && { reason: 'FieldValidationFailed' }),
  }
}
