import { HostError } from '../kernel/host-error.ts'

/** The refusal of one more when a quota is used up. */
export function tooMany(what: string): HostError {
  return new HostError('ERR_LIMIT_EXCEEDED', `There are ${what} already; delete one first`)
}
