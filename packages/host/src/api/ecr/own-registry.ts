import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'

/** A registry is an account; another account's is not readable. */
export function refuseOtherRegistry(registryId: string | undefined, { accountId }: Scope): void {
  if (registryId === undefined || registryId === accountId) return
  throw new HostError(
    'ERR_INVALID_INPUT',
    `The registry with id '${registryId}' is of another account; yours is '${accountId}'`,
  )
}
