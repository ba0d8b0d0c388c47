// From anything thrown to the fault of one service. `HostError` has a name for every code; a service
// whose model calls it something else says so (`Service.faults`). Status, members and spelling come
// from the service's model.
import { AwsFault } from '../aws/aws-fault.ts'
import type { ServiceModel } from '../aws/service-model.ts'
import { HostError, type HostErrorCode } from '../kernel/host-error.ts'
import { describeViolation, describeViolations, type Violation } from '../aws/validate.ts'

/** The error names of one service, where they differ from the defaults. */
export type FaultNames = Partial<Record<HostErrorCode | 'violations', string>>

interface FaultRow {
  readonly name: string
  /** Unless the model says otherwise. */
  readonly status: number
}

const FAULTS: Record<HostErrorCode, FaultRow> = {
  ERR_INVALID_INPUT: { name: 'ValidationException', status: 400 },
  ERR_UNAUTHENTICATED: { name: 'UnauthorizedException', status: 401 },
  ERR_FORBIDDEN: { name: 'AccessDeniedException', status: 403 },
  ERR_NOT_FOUND: { name: 'ResourceNotFoundException', status: 404 },
  ERR_CONFLICT: { name: 'ConflictException', status: 409 },
  ERR_LIMIT_EXCEEDED: { name: 'ServiceQuotaExceededException', status: 402 },
  ERR_THROTTLED: { name: 'ThrottlingException', status: 429 },
  ERR_NOT_SUPPORTED: { name: 'ValidationException', status: 400 },
  ERR_TARGET_FAILED: { name: 'InternalServerException', status: 500 },
}

/** What services call the error that is nobody's fault but ours; the first that a model has. */
const UNEXPECTED = [
  'InternalServerException',
  'InternalErrorException',
  'InternalServiceError',
  'ServiceException',
]

/** How query services (STS) spell the faults of signatures. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  AccessDeniedException: 'AccessDenied',
  UnknownOperationException: 'InvalidAction',
  SerializationException: 'MalformedInput',
}

/** The fault to answer, and whether it is one that nobody expected and the log should have. */
export function readFault(
  error: unknown,
  model: ServiceModel,
  names: FaultNames,
  requestId: string,
): { readonly fault: AwsFault; readonly isUnexpected: boolean } {
  if (error instanceof AwsFault) return { fault: spell(error, model), isUnexpected: false }
  if (error instanceof HostError) {
    const { name, status } = FAULTS[error.code]
    const fault = modelledFault(names[error.code] ?? name, status, error.message, model)
    return { fault: spell(fault, model), isUnexpected: false }
  }
  const name = UNEXPECTED.find((candidate) => model.errors.has(candidate)) ?? 'InternalFailure'
  const message = `Unexpected error in request ${requestId}`
  return { fault: new AwsFault(name, 500, message), isUnexpected: true }
}

/** The refusal of an input that breaks the model's constraints. */
export function violationsFault(
  violations: readonly Violation[],
  model: ServiceModel,
  names: FaultNames,
): AwsFault {
  const name = names.violations ?? 'ValidationException'
  const hasFields = model.errors.get(name)?.members.has('fieldList') === true
  const fieldList = violations.map((violation) => ({
    name: violation.path,
    message: describeViolation(violation),
  }))
  return new AwsFault(name, 400, describeViolations(violations), {
    members: hasFields ? { fieldList } : {},
  })
}

/** The one answer to an operation that is not served. */
export function unknownOperation(message: string, model?: ServiceModel): AwsFault {
  const status = model?.protocol === 'query' ? 400 : 404
  return new AwsFault('UnknownOperationException', status, message)
}

function modelledFault(
  name: string,
  status: number,
  message: string,
  model: ServiceModel,
): AwsFault {
  const shape = model.errors.get(name)
  // the JSON and query services answer 400 to whatever the model gives no status of its own
  const general = model.protocol === 'rest-json' || status === 403 || status === 500 ? status : 400
  return new AwsFault(name, shape?.error?.httpStatusCode ?? general, message)
}

/** The name as the protocol spells it, and the `reason` that a model may require. */
function spell(fault: AwsFault, model: ServiceModel): AwsFault {
  const shape = model.errors.get(fault.errorName)
  const name =
    model.protocol === 'query'
      ? (QUERY_NAMES[fault.errorName] ?? shape?.error?.code ?? fault.errorName)
      : fault.errorName
  const needsReason = shape?.members.has('reason') === true && !('reason' in fault.members)
  if (name === fault.errorName && !needsReason) return fault
  const { status, message, members, headers } = fault
  return new AwsFault(name, status, message, {
    headers,
    members: needsReason ? { reason: 'FieldValidationFailed', ...members } : members,
  })
}
