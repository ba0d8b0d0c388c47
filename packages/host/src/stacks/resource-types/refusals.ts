import { AwsFault } from '../../aws/aws-fault.ts'
import { HostError } from '../../kernel/host-error.ts'

/** What is gone already needs no deletion. */
export async function ignoreMissing(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

export function isMissing(error: unknown): boolean {
  if (error instanceof AwsFault) return error.status === 404 || /NotFound/.test(error.errorName)
  return error instanceof HostError && error.code === 'ERR_NOT_FOUND'
}

/** Whether something of that name is there already. */
export function isConflict(error: unknown): boolean {
  if (error instanceof AwsFault) {
    const isNamed = error.status === 409 || /Exists|Conflict/.test(error.errorName)
    return isNamed || /already exists/.test(error.message) // AgentCore Identity: ValidationException
  }
  return error instanceof HostError && error.code === 'ERR_CONFLICT'
}
