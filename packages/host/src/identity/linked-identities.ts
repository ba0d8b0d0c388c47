import { workloadIdentityArn } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { StoreChange } from '../store/store.ts'
import type { IdentityRows } from './identity-rows.ts'
import type { WorkloadIdentity } from './workload-identity.ts'

/** The identity of one gateway or agent runtime, as changes for the service to write with its own. */
export interface LinkedIdentity {
  readonly workloadIdentityArn: string
  readonly created: readonly StoreChange[]
  readonly removed: readonly StoreChange[]
  /** After `created` is written; alone, when the service itself lives in memory only. */
  commit(): void
  /** After `removed` is written; alone, when the service itself lives in memory only. */
  uncommit(): void
}

export interface LinkedIdentities {
  /** `name` is the id of the gateway or agent runtime; `nowMs` becomes the time of creation. */
  describe(scope: Scope, name: string, nowMs: number): LinkedIdentity
}

/** Workload identities that live and die with a service's resource. */
export function createLinkedIdentities({
  workloadIdentities: rows,
  remadeIdentities,
}: Pick<IdentityRows, 'workloadIdentities' | 'remadeIdentities'>): LinkedIdentities {
  return {
    describe(scope, name, nowMs) {
      const arn = workloadIdentityArn(name, scope)
      const identity: WorkloadIdentity = rows.find(scope, name) ??
        remadeIdentities.get(arn) ?? {
          name,
          scope,
          workloadIdentityArn: arn,
          allowedResourceOauth2ReturnUrls: [],
          tags: {},
          madeBy: 'service',
          createdAtMs: nowMs,
          updatedAtMs: nowMs,
        }
      return {
        workloadIdentityArn: arn,
        created: [rows.describePut(identity)],
        removed: [rows.describeRemove(identity)],
        commit: () => rows.hold(identity),
        uncommit: () => rows.drop(identity),
      }
    },
  }
}
