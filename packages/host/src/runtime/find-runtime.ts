import { parseAgentRuntimeId } from '../kernel/ids.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { AgentRuntime } from './agent-runtime.ts'
import { RuntimeFault } from './fault.ts'

/** What a data-plane path names: `/runtimes/{arn}/invocations` and its siblings. */
export interface RuntimeTarget {
  /** The ARN, or a bare agent runtime id together with `accountId`; decoded. */
  readonly arn: string
  readonly operation: 'invocations' | 'stopruntimesession' | 'metadata'
  readonly qualifier: string
  readonly accountId?: string | undefined
}

/** The only endpoint: it exists without being created and follows the newest version. */
const DEFAULT_ENDPOINT = 'DEFAULT'
const { accountId: ACCOUNT_ID, region: REGION } = DEFAULT_SCOPE
const ARN = /^arn:aws:bedrock-agentcore:([a-z0-9-]+):(\d{12}):runtime\/([^/]+)$/

/** The runtime that is meant. Account and Region are checked as AWS checks them. */
export function findRuntime(
  { arn, qualifier, accountId }: RuntimeTarget,
  runtimes: ReadonlyMap<string, AgentRuntime>,
): AgentRuntime {
  const runtime = runtimes.get(arn) ?? runtimes.get(readArn(arn, accountId))
  if (runtime === undefined) {
    throw new RuntimeFault('ResourceNotFound', `No agent runtime ${arn.slice(0, 300)}`)
  }
  if (qualifier !== DEFAULT_ENDPOINT) {
    throw new RuntimeFault(
      'ResourceNotFound',
      `No endpoint ${qualifier.slice(0, 100)}; every agent runtime has the endpoint DEFAULT`,
    )
  }
  return runtime
}

function readArn(identifier: string, accountId: string | undefined): string {
  const [, region = REGION, account = accountId, id = identifier] = ARN.exec(identifier) ?? []
  if (parseAgentRuntimeId(id) === undefined) {
    throw new RuntimeFault(
      'MalformedIdentifier',
      'The path must name an agent runtime by its encoded ARN',
    )
  }
  if (account === undefined) {
    throw new RuntimeFault(
      'MalformedIdentifier',
      'An agent runtime id without an ARN needs accountId',
    )
  }
  if (account !== ACCOUNT_ID || region !== REGION) {
    throw new RuntimeFault(
      'AccessDenied',
      `This host serves account ${ACCOUNT_ID} in ${REGION} only`,
    )
  }
  return `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT_ID}:runtime/${id}`
}
