import type { Scope } from '../kernel/scope.ts'
import type { StoreChange } from '../store/store.ts'

/** A workload identity that comes and goes with a gateway. */
export interface LinkedIdentity {
  readonly workloadIdentityArn: string
  /** For the write that creates the gateway, so that both are there or neither is. */
  readonly created: readonly StoreChange[]
  /** For the write that removes it. */
  readonly removed: readonly StoreChange[]
  /** After the first write. */
  commit(): void
  /** After the second. */
  uncommit(): void
}

/** What a gateway needs of whatever keeps workload identities. */
export interface LinkedIdentities {
  /** `nowMs` becomes the time of creation. */
  describe(scope: Scope, name: string, nowMs: number): LinkedIdentity
}
