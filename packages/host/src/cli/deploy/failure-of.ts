import { HostError } from '../../kernel/host-error.ts'
import type { StackProgress } from './progress/stack-progress.ts'

/** Every reason, so that nobody has to look for it above. */
export function failureOf(
  { stackName, status, reason, failures }: StackProgress,
  action: 'created' | 'updated' | 'removed',
): HostError {
  const reasons = failures.map(
    ({ logicalId, type, reason: why }) =>
      `  ${logicalId} (${type}): ${why.replaceAll('\n', '\n    ')}`,
  )
  const lines = reasons.length > 0 ? reasons : [`  ${reason ?? status}`]
  // a removal that CloudFormation takes back, because of an export in use, leaves the stack as it was
  const isRefused = action === 'removed' && reasons.length === 0 && status.endsWith('_COMPLETE')
  return new HostError(
    isRefused ? 'ERR_CONFLICT' : 'ERR_TARGET_FAILED',
    `${stackName} was not ${action} (${status}):\n${lines.join('\n')}`,
  )
}
