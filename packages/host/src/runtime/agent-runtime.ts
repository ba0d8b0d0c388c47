import type { AgentRuntimeConfiguration } from './agent-runtime-configuration.ts'
import type { ProcessPool } from './process-pool.ts'

/** A runtime and the version that new sessions use. */
export interface AgentRuntime {
  readonly agentRuntimeId: string
  readonly arn: string
  current: RuntimeVersion
}

/** An immutable version; sessions keep the one they started with. */
export interface RuntimeVersion {
  readonly runtime: { readonly agentRuntimeId: string; readonly arn: string }
  readonly version: string
  readonly configuration: AgentRuntimeConfiguration
  /** Lower-case names of the caller headers that pass. */
  readonly allowedHeaders: readonly string[]
  readonly pool: ProcessPool
  /** Where the server answers; corrected once when the server redirects (`/mcp` to `/mcp/`). */
  path: string
}
