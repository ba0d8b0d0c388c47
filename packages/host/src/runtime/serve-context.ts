import type { Log } from '../kernel/log.ts'
import type { AgentRuntime } from './agent-runtime.ts'
import type { SessionTable } from './session-table.ts'

/** What serving a request needs. */
export interface ServeContext {
  /** By ARN. */
  readonly runtimes: ReadonlyMap<string, AgentRuntime>
  readonly sessions: SessionTable
  readonly log: Log
}
