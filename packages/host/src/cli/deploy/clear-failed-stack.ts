import { randomUUID } from 'node:crypto'
import type { CloudFormation } from './aws/cloudformation.ts'
import type { StackDescription } from './aws/stack-description.ts'
import { failureOf } from './failure-of.ts'
import { followStack } from './follow-stack.ts'
import type { Reporter } from './progress/reporter.ts'

/** A stack that never came to be has to go before it can be made; the CDK does the same. */
export async function clearFailedStack(
  stack: StackDescription,
  cloudFormation: CloudFormation,
  { reporter, signal }: { readonly reporter: Reporter; readonly signal: AbortSignal },
): Promise<StackDescription | undefined> {
  if (stack.status === 'REVIEW_IN_PROGRESS') return undefined
  if (!NEVER_MADE.has(stack.status)) return stack
  const done = reporter.begin(`Removing what is left of ${stack.stackName} (${stack.status})`)
  const { stackId, stackName } = stack
  const clientRequestToken = randomUUID()
  await cloudFormation.deleteStack(stackId, clientRequestToken)
  const progress = await followStack({
    cloudFormation,
    stackName,
    stackId,
    clientRequestToken,
    reporter: { update() {}, finish() {} },
    signal,
  })
  done()
  if (progress.status !== 'DELETE_COMPLETE') throw failureOf(progress, 'removed')
  return undefined
}

const NEVER_MADE = new Set([
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
  'DELETE_FAILED',
])
