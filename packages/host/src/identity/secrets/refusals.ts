// Refusals in Secrets Manager's own words; only its wire shows them.
import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError } from '../../kernel/host-error.ts'

export function secretMissing(): HostError {
  return new HostError('ERR_NOT_FOUND', "Secrets Manager can't find the specified secret.")
}

export function versionMissing(choice: string): HostError {
  const message = `Secrets Manager can't find the specified secret value for ${choice}`
  return new HostError('ERR_NOT_FOUND', message)
}

export function secretExists(name: string): AwsFault {
  const message = `The operation failed because the secret ${name} already exists.`
  return new AwsFault('ResourceExistsException', 400, message)
}

export function versionExists(versionId: string): AwsFault {
  const message = `The version ${versionId} already exists with another value; versions cannot be changed.`
  return new AwsFault('ResourceExistsException', 400, message)
}

/** The secret is in a state, or in hands, that forbid what is asked. */
export function requestInvalid(message: string): AwsFault {
  return new AwsFault('InvalidRequestException', 400, message)
}
