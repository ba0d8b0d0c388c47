import type { InboundAuthorizer } from './authorize.ts'

/** What is needed to host one MCP server (AgentCore Runtime, `CreateAgentRuntime`). */
export interface AgentRuntimeConfiguration {
  readonly agentRuntimeId: string
  readonly agentRuntimeName: string
  /** A program and its arguments; the program is looked up on the PATH of `environment`. */
  readonly command: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly protocol: 'MCP'
  /** Where the server answers; `/mcp` by the container contract. */
  readonly path?: string
  /** Absent: nobody is asked who they are. */
  readonly authorizer?: InboundAuthorizer
  readonly idleRuntimeSessionTimeoutMs: number
  readonly maxLifetimeMs: number
  readonly startTimeoutMs?: number
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
