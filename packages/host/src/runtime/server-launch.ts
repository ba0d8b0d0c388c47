import type { ServerProtocolName } from './server-protocol.ts'

/** How a server is started as a process of this machine. */
export interface ServerLaunch {
  /** A program and its arguments; the program is looked up on the PATH of `environment`. */
  readonly command: readonly string[]
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  readonly protocol: ServerProtocolName
  readonly startTimeoutMs?: number
}
