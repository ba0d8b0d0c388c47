import type { Inbound } from './authorize.ts'
import type { ProcessPool } from './process-pool.ts'
import type { ServerProtocolName } from './server-protocol.ts'

/** An immutable version that is served; sessions keep the one they started with. */
export interface RuntimeVersion {
  readonly runtime: { readonly agentRuntimeId: string; readonly arn: string }
  readonly version: string
  readonly protocol: ServerProtocolName
  readonly inbound: Inbound
  readonly idleRuntimeSessionTimeoutMs: number
  readonly maxLifetimeMs: number
  /** Lower-case names of the caller headers that pass. */
  readonly allowedHeaders: readonly string[]
  readonly pool: ProcessPool
  /** Where the server answers; corrected once when the server redirects (`/mcp` to `/mcp/`). */
  path: string
}
