import { HostError } from '../kernel/host-error.ts'
import type { AgentRuntimeRecord } from './agent-runtime-record.ts'
import type { RuntimeEntry } from './registry.ts'

/** Refuses a change while another is under way, and of what an app file describes. */
export function checkChangeable({ record, versions }: RuntimeEntry): void {
  checkOrigin(record)
  const status = versions.get(record.newestVersion)?.state.status
  if (status !== 'CREATING' && status !== 'UPDATING') return
  throw new HostError(
    'ERR_CONFLICT',
    `The agent runtime ${record.agentRuntimeId} is ${status}; wait until that has ended`,
  )
}

export function checkOrigin({ origin, agentRuntimeId }: AgentRuntimeRecord): void {
  if (origin === 'api') return
  throw new HostError(
    'ERR_CONFLICT',
    `The agent runtime ${agentRuntimeId} is described by the app file; change it there`,
  )
}
