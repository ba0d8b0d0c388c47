// The workload access token by which a server acts for its caller at AgentCore Identity (identity
// contract: JWT callers, and AWS callers who name a user). It never comes from the caller's headers.
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { AgentRuntimeRecord } from './agent-runtime-record.ts'
import type { WorkloadTokens, WorkloadUser } from './ports.ts'

export interface CallerTokens {
  /** Undefined when there is nobody who makes such tokens. */
  find(record: AgentRuntimeRecord, user: WorkloadUser): Promise<string | undefined>
}

/** Far below the 15 minutes for which a token is good. */
const REUSED_MS = 60_000
const MAX_REUSED = 1_000

/** Asks for a token once a minute for each caller, not once a request. */
export function createCallerTokens(
  source: WorkloadTokens | undefined,
  { now, log }: { readonly now: () => number; readonly log: Log },
): CallerTokens {
  const known = new Map<string, { readonly token: Promise<string>; readonly until: number }>()

  const get = ({ scope, agentRuntimeId }: AgentRuntimeRecord, user: WorkloadUser, key: string) => {
    const found = known.get(key)
    if (found && found.until > now()) return found.token
    const token = source?.forCaller({ scope, workloadName: agentRuntimeId, user })
    if (token === undefined) return undefined
    known.delete(key)
    known.set(key, { token, until: now() + REUSED_MS })
    const [oldest] = known.keys()
    if (known.size > MAX_REUSED && oldest !== undefined) known.delete(oldest)
    token.catch(() => known.delete(key)) // told to whoever waits for it
    return token
  }

  return {
    async find(record, user) {
      const key = `${record.agentRuntimeId}\n${JSON.stringify(user)}`
      try {
        return await get(record, user, key)
      } catch (error) {
        // The server may not need it; one that does says so, and this is why.
        const { agentRuntimeId } = record
        log.error('No workload access token', { agentRuntimeId, error: errorMessage(error) })
        return undefined
      }
    },
  }
}
