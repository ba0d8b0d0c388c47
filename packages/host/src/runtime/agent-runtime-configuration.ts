import type { InboundAuthorizer } from './authorize.ts'
import type { ServerLaunch } from './server-launch.ts'

/** What is needed to host one server that an app file describes. */
export interface AgentRuntimeConfiguration extends ServerLaunch {
  readonly agentRuntimeId: string
  readonly agentRuntimeName: string
  /** Where the server answers; by the service contract of its protocol when it is left out. */
  readonly path?: string
  /** Absent: nobody is asked who they are. */
  readonly authorizer?: InboundAuthorizer
  readonly idleRuntimeSessionTimeoutMs: number
  readonly maxLifetimeMs: number
  /** Started, never used processes kept ready for new sessions; 0 starts every session cold. */
  readonly warmSessions: number
  /** Caller headers that reach the server besides those of the protocol. */
  readonly requestHeaderAllowlist?: readonly string[]
}

/** One line that a hosted server wrote. */
export interface RuntimeLine {
  readonly agentRuntimeId: string
  /** Absent while the process waits in the pool. */
  readonly runtimeSessionId: string | undefined
  readonly stream: 'stdout' | 'stderr'
  readonly line: string
}
