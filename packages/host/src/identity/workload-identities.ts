// The directory `default` of workload identities (bedrock-agentcore-control 2023-06-05).
//
// What is different, and stays so:
// - The return URLs of an identity that belongs to an app file's gateway or agent runtime may be set
//   here, although the resource itself may not be changed: there is no other place for them.
import { HostError } from '../kernel/host-error.ts'
import { workloadIdentityArn } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store, StoreChange } from '../store/store.ts'
import { workloadIdentityExists } from './compat.ts'
import { getWorkloadIdentity, type IdentityRows } from './identity-rows.ts'
import { createTurns } from '../kernel/turns.ts'
import type { WorkloadIdentity } from './workload-identity.ts'

export interface NewWorkloadIdentity {
  readonly name: string
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface WorkloadIdentities {
  create(scope: Scope, identity: NewWorkloadIdentity): Promise<WorkloadIdentity>
  find(scope: Scope, name: string): WorkloadIdentity | undefined
  get(scope: Scope, name: string): WorkloadIdentity
  list(scope: Scope): WorkloadIdentity[]
  /** Without URLs nothing changes but the time. */
  update(
    scope: Scope,
    name: string,
    allowedResourceOauth2ReturnUrls: readonly string[] | undefined,
  ): Promise<WorkloadIdentity>
  /** `others` are removed with it. */
  delete(scope: Scope, name: string, others: readonly StoreChange[]): Promise<void>
  writeTags(identity: WorkloadIdentity, tags: Readonly<Record<string, string>>): Promise<void>
}

interface WorkloadIdentitiesOptions {
  readonly rows: Pick<IdentityRows, 'workloadIdentities' | 'remadeIdentities'>
  readonly store: Store
  readonly now: () => number
}

export function createWorkloadIdentities(options: WorkloadIdentitiesOptions): WorkloadIdentities {
  const { store, now } = options
  const { workloadIdentities: rows, remadeIdentities } = options.rows
  const inTurn = createTurns()

  const get = (scope: Scope, name: string) => getWorkloadIdentity(options.rows, scope, name)

  const change = (scope: Scope, name: string, members: Partial<WorkloadIdentity>) =>
    inTurn(async () => {
      const identity = get(scope, name)
      const { kind, id } = rows.describePut(identity)
      // A row that was never written belongs to a resource of the app file.
      const isRemade = identity.isRemade === true || (await store.get(kind, id)) === undefined
      const changed = { ...identity, ...members, ...(isRemade && { isRemade }), updatedAtMs: now() }
      await rows.put(changed)
      if (isRemade) remadeIdentities.set(identity.workloadIdentityArn, changed)
      return changed
    })

  return {
    create: (scope, { name, allowedResourceOauth2ReturnUrls = [], tags = {} }) =>
      inTurn(async () => {
        if (rows.find(scope, name)) {
          throw new HostError('ERR_INVALID_INPUT', workloadIdentityExists(name))
        }
        const identity: WorkloadIdentity = {
          name,
          scope,
          workloadIdentityArn: workloadIdentityArn(name, scope),
          allowedResourceOauth2ReturnUrls,
          tags,
          madeBy: 'user',
          createdAtMs: now(),
          updatedAtMs: now(),
        }
        await rows.put(identity)
        return identity
      }),
    find: (scope, name) => rows.find(scope, name),
    get,
    list: (scope) => rows.list(scope),
    update: (scope, name, allowedResourceOauth2ReturnUrls) =>
      change(
        scope,
        name,
        allowedResourceOauth2ReturnUrls ? { allowedResourceOauth2ReturnUrls } : {},
      ),
    delete: (scope, name, others) =>
      inTurn(async () => {
        const identity = get(scope, name)
        if (identity.madeBy === 'service') {
          const message = `Workload identity ${name} is linked to a service; delete its gateway or agent runtime instead`
          throw new HostError('ERR_INVALID_INPUT', message)
        }
        await rows.remove(identity, others)
      }),
    async writeTags({ scope, name }, tags) {
      await change(scope, name, { tags })
    },
  }
}
