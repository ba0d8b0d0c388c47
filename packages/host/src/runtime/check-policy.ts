import type { AgentRuntimeRecord } from './agent-runtime-record.ts'
import type { InboundCaller } from './authorize.ts'
import { RuntimeFault } from './fault.ts'

export type RuntimeAction =
  | 'InvokeAgentRuntime'
  | 'InvokeAgentRuntimeCommand'
  | 'StopRuntimeSession'

/**
 * Refuses whom the runtime's resource policy denies, and callers of other accounts whom it does not
 * allow. A caller with a token is nobody's principal: only what is denied to everybody is denied to them.
 */
export async function checkPolicy(
  { agentRuntimeArn, resourcePolicy, scope }: AgentRuntimeRecord,
  caller: InboundCaller,
  action: RuntimeAction,
  isForUser: boolean,
): Promise<void> {
  const isOwnAccount = caller.by !== 'signature' || caller.aws.scope.accountId === scope.accountId
  if (caller.by === 'nobody' || (resourcePolicy === undefined && isOwnAccount)) return
  const { evaluateResourcePolicy, readResourcePolicy } = await import('../aws/resource-policy.ts')
  const policy = resourcePolicy === undefined ? undefined : readResourcePolicy(resourcePolicy)
  const forUser = isForUser && action === 'InvokeAgentRuntime' ? ['InvokeAgentRuntimeForUser'] : []
  for (const name of [action, ...forUser]) {
    const verdict = evaluateResourcePolicy(policy, {
      caller: caller.by === 'jwt' ? 'anonymous-jwt' : caller.aws,
      action: `bedrock-agentcore:${name}`,
      resourceArn: agentRuntimeArn,
      resourceAccountId: scope.accountId,
    })
    if (verdict === 'allowed') continue
    const who = caller.by === 'jwt' ? 'The caller' : `User: ${caller.aws.arn}`
    throw new RuntimeFault(
      'AccessDenied',
      `${who} is not authorized to perform: bedrock-agentcore:${name} on resource: ${agentRuntimeArn}`,
    )
  }
}
