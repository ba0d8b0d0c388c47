import type { Cleanup } from '../kernel/cleanup.ts'
import type { Log } from '../kernel/log.ts'
import type { HostSettings } from './host-settings.ts'

/** What the surfaces need besides the features. */
export interface SurfaceOptions {
  readonly settings: HostSettings
  readonly baseUrl: () => string
  /** Closes what they have opened. */
  readonly cleanup: Cleanup
  readonly log: Log
}
