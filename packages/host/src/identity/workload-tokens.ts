// Workload access tokens: who may get one, and for which user.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import { LINKED_IDENTITY_REFUSAL } from './compat.ts'
import type { VerifyUserToken } from './user-token-verifier.ts'
import { formatWorkloadAccessToken, readWorkloadAccessToken } from './workload-access-token.ts'
import type { WorkloadIdentities } from './workload-identities.ts'
import type { WorkloadIdentity } from './workload-identity.ts'
import type { WorkloadUser } from './workload-user.ts'

/** What a caller says about the user; a token has not been verified yet. */
export type ClaimedUser = { readonly token: string } | { readonly userId: string }

export interface WorkloadTokens {
  /** The operations: refused for identities that belong to a service. */
  issue(scope: Scope, workloadName: string, user?: ClaimedUser): Promise<string>
  /** The workload and the user of a token that was presented, in the account of who presents it. */
  read(
    scope: Scope,
    token: string,
  ): { readonly workload: WorkloadIdentity; readonly user: WorkloadUser }
  readUser(user: ClaimedUser): Promise<WorkloadUser>
}

interface WorkloadTokensOptions {
  readonly identities: WorkloadIdentities
  readonly sealer: Sealer
  readonly verifyUserToken: VerifyUserToken
  /** Developers' programs name identities that they made in AWS once (`.agentcore.json`). */
  readonly createMissing: boolean
  readonly now: () => number
}

export function createWorkloadTokens(options: WorkloadTokensOptions): WorkloadTokens {
  const { identities, sealer, verifyUserToken, createMissing, now } = options

  const findOrCreate = async (scope: Scope, name: string): Promise<WorkloadIdentity> => {
    const known = identities.find(scope, name)
    if (known || !createMissing) return known ?? identities.get(scope, name)
    return identities.create(scope, { name }).catch((error: unknown) => {
      const made = identities.find(scope, name)
      if (made) return made // by another first use, at the same time
      throw error
    })
  }
  const readUser = async (user: ClaimedUser | undefined): Promise<WorkloadUser> => {
    if (!user) return { kind: 'none' }
    if ('userId' in user) return { kind: 'id', userId: user.userId }
    return { kind: 'token', ...(await verifyUserToken(user.token)), token: user.token }
  }

  return {
    readUser,
    async issue(scope, workloadName, claimed) {
      const workload = await findOrCreate(scope, workloadName)
      if (workload.madeBy === 'service') {
        throw new HostError('ERR_INVALID_INPUT', LINKED_IDENTITY_REFUSAL)
      }
      const user = await readUser(claimed)
      return formatWorkloadAccessToken({ scope, workloadName, user }, sealer, now())
    },
    read(scope, token) {
      const access = readWorkloadAccessToken(token, sealer, now())
      if (access.scope.accountId !== scope.accountId || access.scope.region !== scope.region) {
        const message = 'The workload access token belongs to another account or Region'
        throw new HostError('ERR_FORBIDDEN', message)
      }
      return { workload: identities.get(scope, access.workloadName), user: access.user }
    },
  }
}
