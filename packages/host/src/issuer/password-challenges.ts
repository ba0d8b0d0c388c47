import { CODE_S } from './compat.ts'
import type { PoolUser, PoolUsers } from './pool-users.ts'
import { createShortLived } from './short-lived.ts'

/** People who showed a temporary password and now choose their own. */
export interface PasswordChallenges {
  add(user: PoolUser, clientId: string): string
  /**
   * Who was challenged, through that client and no other; undefined once it is too late, the person is
   * shut out, or the temporary password is not the password any more.
   */
  find(challenge: string, clientId: string): PoolUser | undefined
  delete(challenge: string): void
}

interface Challenged {
  readonly sub: string
  readonly clientId: string
  readonly sealedPasswordHash: string | undefined
}

const MAX_CHALLENGES = 1_000

export function createPasswordChallenges(users: PoolUsers, now: () => number): PasswordChallenges {
  const challenges = createShortLived<Challenged>({
    lifetimeSeconds: CODE_S,
    max: MAX_CHALLENGES,
    now,
  })
  return {
    add: ({ sub, sealedPasswordHash }, clientId) =>
      challenges.add({ sub, clientId, sealedPasswordHash }),
    find(challenge, clientId) {
      const challenged = challenges.find(challenge)
      if (challenged?.clientId !== clientId) return undefined
      const user = users.find(challenged.sub)
      const isSame = user?.sealedPasswordHash === challenged.sealedPasswordHash
      return isSame && user?.isEnabled ? user : undefined
    },
    delete: (challenge) => challenges.delete(challenge),
  }
}
