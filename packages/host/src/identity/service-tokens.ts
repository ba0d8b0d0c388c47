// The workload access tokens that services ask for on behalf of their callers. Apart from those of the
// API, because the first call of an agent runtime needs this, and nothing else of Identity.
import type { Scope } from '../kernel/scope.ts'
import type { Sealer } from '../kernel/seal.ts'
import { getWorkloadIdentity, type IdentityRows } from './identity-rows.ts'
import { readVerifiedUser } from './user-token-verifier.ts'
import { formatWorkloadAccessToken } from './workload-access-token.ts'
import type { ClaimedUser } from './workload-tokens.ts'
import type { WorkloadUser } from './workload-user.ts'

/** What an agent runtime needs for the process that it calls. */
export interface ServiceTokens {
  /** For the runtime's own identity. A token must have been verified by the runtime's authorizer. */
  forCaller(request: {
    readonly scope: Scope
    readonly workloadName: string
    readonly user: ClaimedUser
  }): Promise<string>
}

interface ServiceTokensOptions {
  readonly rows: Pick<IdentityRows, 'workloadIdentities'>
  readonly sealer: Sealer
  readonly now: () => number
}

export function createServiceTokens({ rows, sealer, now }: ServiceTokensOptions): ServiceTokens {
  return {
    async forCaller({ scope, workloadName, user: claimed }) {
      getWorkloadIdentity(rows, scope, workloadName)
      const user: WorkloadUser =
        'userId' in claimed
          ? { kind: 'id', userId: claimed.userId }
          : readVerifiedUser(claimed.token)
      return formatWorkloadAccessToken({ scope, workloadName, user }, sealer, now())
    },
  }
}
