import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Store } from '../store/store.ts'
import type { UserPoolSettings } from './user-pool-record.ts'

export interface UserPoolOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly poolId: string
  readonly settings: () => UserPoolSettings
  /** Scheme and authority that clients use; asked for each answer. */
  readonly baseUrl: () => string
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly nextKeyDelayMs: number
  readonly strictCognito: boolean
  readonly offersDeveloper: boolean
}
