import { parseAgentRuntimeId } from '../kernel/ids.ts'
import type { AgentRuntimeRecord } from './agent-runtime-record.ts'
import type { RuntimeVersion } from './agent-runtime.ts'
import { RuntimeFault } from './fault.ts'
import type { RuntimeEntry } from './registry.ts'

/** What a data-plane path names: `/runtimes/{arn}/invocations` and its siblings. */
export interface RuntimeTarget {
  /** The ARN, or a bare agent runtime id together with `accountId`; decoded. */
  readonly arn: string
  readonly operation: 'invocations' | 'commands' | 'stopruntimesession' | 'metadata'
  readonly qualifier: string
  readonly accountId?: string | undefined
}

/** Where runtimes are looked up. */
export interface RuntimeDirectory {
  find(agentRuntimeId: string): RuntimeEntry | undefined
  /** A version that is ready, as it is served. */
  serve(entry: RuntimeEntry, version: string): RuntimeVersion
}

export interface FoundRuntime {
  readonly record: AgentRuntimeRecord
  readonly endpoint: string
  readonly version: RuntimeVersion
}

const ARN = /^arn:aws:bedrock-agentcore:([a-z0-9-]+):(\d{12}):runtime\/([^/]+)$/

/** The runtime that is meant, and the version its endpoint leads to. */
export function findRuntime(target: RuntimeTarget, runtimes: RuntimeDirectory): FoundRuntime {
  const entry = findEntry(target, runtimes)
  const { record, endpoints, versions } = entry
  const endpoint = endpoints.get(target.qualifier)
  if (endpoint === undefined) {
    throw new RuntimeFault(
      'ResourceNotFound',
      `No endpoint ${target.qualifier.slice(0, 100)}; every agent runtime has the endpoint DEFAULT`,
    )
  }
  if (endpoint.liveVersion !== undefined) {
    const version = runtimes.serve(entry, endpoint.liveVersion)
    return { record, endpoint: endpoint.name, version }
  }
  const state = versions.get(record.newestVersion)?.state
  if (state !== undefined && 'failureReason' in state) {
    // Not the reason itself: without a version nobody has been asked yet who is calling.
    const reason = `The agent runtime is ${state.status}; GetAgentRuntime tells why`
    throw new RuntimeFault('Validation', reason)
  }
  throw new RuntimeFault('RetryableConflict', 'The agent runtime is not ready yet')
}

function findEntry(
  { arn: identifier, accountId }: RuntimeTarget,
  runtimes: RuntimeDirectory,
): RuntimeEntry {
  const [, region, account = accountId, id = identifier] = ARN.exec(identifier) ?? []
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
  const entry = runtimes.find(id)
  if (entry === undefined) {
    throw new RuntimeFault('ResourceNotFound', `No agent runtime ${identifier.slice(0, 300)}`)
  }
  const { scope } = entry.record
  if (account !== scope.accountId || (region ?? scope.region) !== scope.region) {
    throw new RuntimeFault('AccessDenied', 'No agent runtime of that account and Region')
  }
  return entry
}
