import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'

/** What CloudFormation's handlers call the errors of services ("Handler error codes", CLI user guide). */
const HANDLER_CODES: readonly (readonly [RegExp, string])[] = [
  [/Exists|ResourceConflict/, 'AlreadyExists'],
  [/NotFound|NoSuch/, 'NotFound'],
  [/AccessDenied|NotAuthorized|Unauthorized/, 'AccessDenied'],
  [/Quota|LimitExceeded|TooMany/, 'ServiceLimitExceeded'],
  [/Throttl/, 'Throttling'],
  [/Validation|Invalid|Parameter|BadRequest|Malformed/, 'InvalidRequest'],
]

/** Why a resource could not be made, changed or removed, for its event; undefined when it is nobody's business. */
export function failureReason(error: unknown, token: string): string | undefined {
  if (error instanceof HostError) return error.message
  if (!(error instanceof AwsFault)) return undefined
  const [, code] = HANDLER_CODES.find(([name]) => name.test(error.errorName)) ?? []
  const request = `RequestToken: ${formatToken(token)}, HandlerErrorCode: ${code ?? 'GeneralServiceException'}`
  return `Resource handler returned message: "${error.message} (${error.errorName})" (${request})`
}

/** A token in the form in which CloudFormation shows them, a UUID. */
function formatToken(token: string): string {
  return [0, 8, 12, 16, 20]
    .map((start, index, starts) => token.slice(start, starts[index + 1] ?? 32))
    .join('-')
}
