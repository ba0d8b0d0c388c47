import type { AuthorizationCodes } from './authorization-codes.ts'
import type { AuthorizeRules } from './authorize-request.ts'
import type { BrowserSessions } from './browser-sessions.ts'
import type { Csrf } from './csrf.ts'
import type { PasswordChallenges } from './password-challenges.ts'
import type { PoolClients } from './pool-clients.ts'
import type { PoolUsers } from './pool-users.ts'
import type { ResourceServers } from './resource-servers.ts'
import type { SignInThrottle } from './sign-in-throttle.ts'

/** What the pages on which people sign in work with. */
export interface SignInContext extends AuthorizeRules {
  readonly issuerUrl: () => string
  readonly clients: PoolClients
  readonly resourceServers: ResourceServers
  readonly users: PoolUsers
  readonly throttle: SignInThrottle
  readonly sessions: BrowserSessions
  readonly codes: AuthorizationCodes
  readonly csrf: Csrf
  readonly passwordChallenges: PasswordChallenges
  /** Whether this pool lets people of this machine in without a password. */
  readonly offersDeveloper: boolean
  readonly now: () => number
}
