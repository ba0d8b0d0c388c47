// The part of a pool that is about people: who they are, the pages where they sign in, their tokens, and
// the applications that send them. It is loaded when the first of them comes; machines never need it.
import { errorMessage } from '../kernel/host-error.ts'
import type { StoreChange } from '../store/store.ts'
import {
  answerNewPassword,
  authenticateUser,
  type Authentication,
  type AuthenticationRequest,
  type NewPasswordAnswer,
} from './authenticate-user.ts'
import { createAuthorizationCodes } from './authorization-codes.ts'
import { serveAuthorize } from './authorize-endpoint.ts'
import { createBrowserSessions } from './browser-sessions.ts'
import { createCsrf } from './csrf.ts'
import { PATHS } from './discovery.ts'
import type { Endpoint } from './endpoint.ts'
import { serveLoginForm, serveLoginPage } from './login-endpoint.ts'
import { serveLogout } from './logout-endpoint.ts'
import { createPasswordChallenges } from './password-challenges.ts'
import { grantAuthorizationCode, grantRefreshToken } from './people-grants.ts'
import type { PoolClients } from './pool-clients.ts'
import type { PoolKeys } from './pool-keys.ts'
import { loadPoolUsers, type PoolUsers } from './pool-users.ts'
import { createRefreshTokens } from './refresh-tokens.ts'
import { createRegistrationEndpoint } from './register-endpoint.ts'
import type { ResourceServers } from './resource-servers.ts'
import { serveRevoke } from './revoke-endpoint.ts'
import type { SignInContext } from './sign-in-context.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'
import type { PeopleGrants } from './token-endpoint.ts'
import { serveUserInfo } from './user-info-endpoint.ts'
import type { UserPoolOptions } from './user-pool-options.ts'
import { createUserTokens } from './user-tokens.ts'

export interface PoolPeople extends PeopleGrants, AsyncDisposable {
  readonly users: PoolUsers
  /** By path. */
  readonly endpoints: ReadonlyMap<string, Endpoint>
  /** InitiateAuth and AdminInitiateAuth. */
  authenticate(request: AuthenticationRequest): Promise<Authentication>
  /** RespondToAuthChallenge, for the one challenge there is. */
  answerNewPassword(answer: NewPasswordAnswer): Promise<Authentication>
  /** The rows to remove with the pool. */
  rows(): Promise<readonly StoreChange[]>
}

interface PoolPeopleOptions extends UserPoolOptions {
  readonly clients: PoolClients
  readonly resourceServers: ResourceServers
  readonly keys: PoolKeys
  readonly issuerUrl: () => string
}

export async function openPoolPeople(options: PoolPeopleOptions): Promise<PoolPeople> {
  const { store, poolId, baseUrl, log, now, strictCognito, clients } = options
  const isSecure = () => baseUrl().startsWith('https:')
  const users = await loadPoolUsers(options)
  const refreshTokens = createRefreshTokens(store, poolId, now)
  const findUser = (sub: string) => users.find(sub)
  const userTokens = createUserTokens({ ...options, refreshTokens, findUser })
  const codes = createAuthorizationCodes(now)
  const shared = { ...options, users, refreshTokens, userTokens, codes }
  const signIn = {
    ...shared,
    throttle: createSignInThrottle(now),
    passwordChallenges: createPasswordChallenges(users, now),
  }
  const pages: SignInContext = {
    ...signIn,
    sessions: createBrowserSessions(isSecure, now),
    csrf: createCsrf(isSecure),
    findClient: (clientId) => clients.find(clientId),
  }
  const registration = createRegistrationEndpoint(options)
  const removing = refreshTokens.removeExpired().catch((error: unknown) => {
    log.warn('Expired refresh tokens cannot be removed', { poolId, error: errorMessage(error) })
  })

  const endpoints = new Map<string, Endpoint>([
    [PATHS.authorize, { GET: (request) => serveAuthorize(request, pages) }],
    [
      PATHS.login,
      {
        GET: (request) => serveLoginPage(request, pages),
        POST: (request) => serveLoginForm(request, pages),
      },
    ],
    [PATHS.logout, { GET: (request) => serveLogout(request, pages) }],
    [PATHS.revoke, { POST: (request) => serveRevoke(request, shared) }],
    [
      PATHS.userInfo,
      {
        GET: (request) => serveUserInfo(request, shared),
        POST: (request) => serveUserInfo(request, shared),
      },
    ],
  ])
  if (!strictCognito) {
    endpoints.set(PATHS.register, { POST: (request) => registration.serve(request) })
  }

  return {
    users,
    endpoints,
    authenticate: (request) => authenticateUser(request, signIn),
    answerNewPassword: (answer) => answerNewPassword(answer, signIn),
    grantAuthorizationCode: (asked, client) => grantAuthorizationCode(asked, client, shared),
    grantRefreshToken: (asked, client) => grantRefreshToken(asked, client, shared),
    rows: async () => [...users.rows(), ...(await refreshTokens.rows())],
    async [Symbol.asyncDispose]() {
      await removing
    },
  }
}
