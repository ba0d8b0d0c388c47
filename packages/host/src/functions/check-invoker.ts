import type { AwsCaller } from '../aws/caller.ts'
import { evaluateResourcePolicy, readResourcePolicy } from '../aws/resource-policy.ts'
import { HostError } from '../kernel/host-error.ts'
import { qualifiedArn, type FunctionIdentifier } from './function-identifier.ts'
import type { FunctionRecord } from './function-record.ts'
import { findPolicy } from './policy-document.ts'

/** Another account needs a statement in the function's policy, which is asked before it is looked for. */
export function checkInvoker(
  record: FunctionRecord | undefined,
  named: FunctionIdentifier,
  caller: AwsCaller,
): void {
  const text = record && findPolicy(record, named.qualifier)
  const decision = evaluateResourcePolicy(
    text === undefined ? undefined : readResourcePolicy(text),
    {
      caller,
      action: 'lambda:InvokeFunction',
      resourceArn: qualifiedArn(named),
      resourceAccountId: named.scope.accountId,
    },
  )
  if (decision === 'allowed') return
  throw new HostError(
    'ERR_FORBIDDEN',
    `User: ${caller.arn} is not authorized to perform: lambda:InvokeFunction on resource: ${qualifiedArn(named)} because no resource-based policy allows the lambda:InvokeFunction action`,
  )
}
