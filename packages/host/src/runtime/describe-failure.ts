import { HostError } from '../kernel/host-error.ts'
import { describeStartFailure } from './start-failure.ts'

const MAX_REASON_CHARS = 2_000

/** Why a version did not come up, for `failureReason`: bounded, and nothing that was not expected. */
export function describeFailure(error: unknown): string {
  const described = describeStartFailure(error)
  if (!(described instanceof HostError)) return 'The host failed; its log says more'
  const { message } = described
  return message.length <= MAX_REASON_CHARS ? message : `${message.slice(0, MAX_REASON_CHARS - 1)}…`
}
