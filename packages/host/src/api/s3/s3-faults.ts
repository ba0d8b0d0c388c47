// What S3 calls its refusals (Amazon S3 API reference, "Error responses").
import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError, type HostErrorCode } from '../../kernel/host-error.ts'

interface Fault {
  readonly name: string
  readonly status: number
}

const HOST_ERRORS: Readonly<Record<HostErrorCode, Fault>> = {
  ERR_INVALID_INPUT: { name: 'InvalidArgument', status: 400 },
  ERR_UNAUTHENTICATED: { name: 'AccessDenied', status: 403 },
  ERR_FORBIDDEN: { name: 'AccessDenied', status: 403 },
  ERR_NOT_FOUND: { name: 'NoSuchKey', status: 404 },
  ERR_CONFLICT: { name: 'InvalidRequest', status: 400 },
  ERR_LIMIT_EXCEEDED: { name: 'EntityTooLarge', status: 400 },
  ERR_THROTTLED: { name: 'SlowDown', status: 503 },
  ERR_NOT_SUPPORTED: { name: 'NotImplemented', status: 501 },
  ERR_TARGET_FAILED: { name: 'InternalError', status: 500 },
}

/** What other services call a signature's faults, and S3's own words for the same. */
const SIGNATURE_FAULTS: Readonly<Record<string, Fault>> = {
  UnrecognizedClientException: { name: 'InvalidAccessKeyId', status: 403 },
  InvalidSignatureException: { name: 'SignatureDoesNotMatch', status: 403 },
  ExpiredTokenException: { name: 'ExpiredToken', status: 400 },
  MissingAuthenticationTokenException: { name: 'AccessDenied', status: 403 },
  IncompleteSignatureException: { name: 'AuthorizationHeaderMalformed', status: 400 },
}

/** A refusal as S3 words it; undefined for what nobody expected. */
export function readS3Fault(error: unknown): AwsFault | undefined {
  if (error instanceof AwsFault) {
    const own = { name: error.errorName, status: error.status }
    const { name, status } = SIGNATURE_FAULTS[error.errorName] ?? own
    return new AwsFault(name, status, error.message, error)
  }
  if (!(error instanceof HostError)) return undefined
  const { name, status } = HOST_ERRORS[error.code]
  return new AwsFault(name, status, error.message)
}

export function notImplemented(what: string): AwsFault {
  return new AwsFault('NotImplemented', 501, `${what} is not supported by this host`)
}

export function invalidArgument(message: string): AwsFault {
  return new AwsFault('InvalidArgument', 400, message)
}

export function preconditionFailed(condition: string): AwsFault {
  return new AwsFault(
    'PreconditionFailed',
    412,
    'At least one of the pre-conditions you specified did not hold',
    { members: { Condition: condition } },
  )
}

export function noSuchKey(key: string): AwsFault {
  return new AwsFault('NoSuchKey', 404, 'The specified key does not exist.', {
    members: { Key: key },
  })
}

export function noSuchUpload(uploadId: string): AwsFault {
  return new AwsFault(
    'NoSuchUpload',
    404,
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { members: { UploadId: uploadId } },
  )
}
