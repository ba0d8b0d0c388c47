import type { Log } from '../kernel/log.ts'
import type { LoadedApp } from './load-app.ts'

export interface StartOptions {
  /** Absent: nothing is hosted but what clients create. */
  readonly app?: LoadedApp | undefined
  readonly log: Log
  /** Folder of V8's compile cache, shared by the host and its children. */
  readonly compileCache?: string | undefined
  readonly warmSessions?: number
  /** A line that a tool wrote, for the terminal. */
  readonly onLine?: (source: string, line: string) => void
  /** What takes long (installing packages), for the terminal. */
  readonly onProgress?: (message: string) => void
}
