// Asking a user (authorization code with session binding; developer guide, session binding): a URL is
// given out, the browser goes and comes back with a code (serve-browser.ts), and the application says
// who the user in front of it is. Only then is the code exchanged, and only for the user who was meant.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import {
  formatSessionUri,
  parseSessionUri,
  type AuthorizationSession,
} from './authorization-session.ts'
import type { AuthorizationSessions } from './authorization-sessions.ts'
import { AUTHORIZE_PATH, CALLBACK_PREFIX } from './browser-paths.ts'
import { SESSION_REFUSAL } from './compat.ts'
import type { Oauth2Providers } from './oauth2-providers.ts'
import type { RequestToken } from './request-token.ts'
import {
  describeCustomParameters,
  describeTarget,
  type ResourceRequest,
} from './resource-request.ts'
import type { Parameter } from './token-endpoint.ts'
import type { UserTokenVault } from './user-token-vault.ts'
import { describeUserToken, userTokenKey } from './user-tokens.ts'
import { describeUser, type WorkloadUser } from './workload-user.ts'

export interface PendingAuthorization {
  readonly sessionUri: string
  readonly authorizationUrl?: string
  readonly sessionStatus?: 'IN_PROGRESS' | 'FAILED'
}

export interface UserAuthorization {
  begin(
    request: ResourceRequest,
    way: { readonly returnUrl: string | undefined; readonly customState?: string | undefined },
  ): Promise<PendingAuthorization>
  /** How the authorization stands, for the one who began it. */
  describe(request: ResourceRequest, sessionUri: string): PendingAuthorization
  complete(scope: Scope, sessionUri: string, user: WorkloadUser): Promise<void>
}

interface UserAuthorizationOptions {
  readonly sessions: AuthorizationSessions
  readonly providers: Oauth2Providers
  readonly vault: UserTokenVault
  readonly requestToken: RequestToken
  readonly publicUrl: () => string
  readonly now: () => number
}

export function createUserAuthorization(options: UserAuthorizationOptions): UserAuthorization {
  const { sessions, providers, vault, requestToken, publicUrl, now } = options
  const completing = new Map<string, Promise<void>>()

  const exchange = async (session: AuthorizationSession, sealedCode: string) => {
    const { scope, providerName, tokenKey } = session
    const { redirectUri, codeVerifier, resources } = sessions.openSecrets(session)
    const outcome = await requestToken(providers.get(scope, providerName), 'authorization_code', [
      ['code', sessions.openCode(session, sealedCode)],
      ['redirect_uri', redirectUri],
      ['code_verifier', codeVerifier],
      ...resources.map((resource): Parameter => ['resource', resource]),
    ])
    if (outcome.kind === 'refused') {
      await sessions.move(session, { phase: 'failed' })
      throw new HostError('ERR_TARGET_FAILED', outcome.message)
    }
    const kept = vault.describePut(tokenKey, session, describeUserToken(outcome, now()))
    await sessions.move(session, { phase: 'completed' }, [kept])
  }

  return {
    async begin(request, { returnUrl, customState }) {
      const { workload, provider, user } = request
      const describedUser = describeUser(user)
      if (describedUser === undefined) {
        throw invalid('USER_FEDERATION needs a workload access token that was made for a user')
      }
      const session = await sessions.create({
        scope: provider.scope,
        workloadIdentityArn: workload.workloadIdentityArn,
        providerName: provider.name,
        credentialProviderArn: provider.credentialProviderArn,
        tokenKey: userTokenKey(request),
        secrets: {
          user: describedUser,
          redirectUri: `${publicUrl()}${CALLBACK_PREFIX}${provider.callbackId}`,
          returnUrl: readReturnUrl(request, returnUrl),
          ...(customState !== undefined && { customState }),
          parameters: [...describeTarget(request), ...describeCustomParameters(request)],
          resources: request.resources,
        },
      })
      return describePending(session, publicUrl())
    },
    describe(request, sessionUri) {
      const session = sessions.find(parseSessionUri(sessionUri) ?? '')
      if (session?.tokenKey !== userTokenKey(request)) throw refuse()
      const { phase } = session.state
      const isRunning = phase === 'open' || phase === 'returned'
      if (!isRunning || sessions.isExpired(session)) return { sessionUri, sessionStatus: 'FAILED' }
      return { ...describePending(session, publicUrl()), sessionStatus: 'IN_PROGRESS' }
    },
    async complete(scope, sessionUri, user) {
      const session = sessions.find(parseSessionUri(sessionUri) ?? '')
      if (!session || !isSameScope(session.scope, scope)) throw refuse()
      if (sessions.openSecrets(session).user !== describeUser(user)) throw refuse()
      const { state } = session
      if (state.phase === 'completed') return // said twice
      if (state.phase === 'failed' || sessions.isExpired(session)) throw refuse()
      if (state.phase === 'open') {
        throw invalid('The user has not come back from the authorization server yet')
      }
      // A code works once: whoever says the same meanwhile waits for the same exchange.
      const running = completing.get(session.id)
      if (running) return running
      const started = exchange(session, state.sealedCode).finally(() =>
        completing.delete(session.id),
      )
      completing.set(session.id, started)
      return started
    },
  }
}

/** An address that nobody allowed would let anybody receive the session. */
function readReturnUrl({ workload }: ResourceRequest, returnUrl: string | undefined): string {
  if (returnUrl === undefined) throw invalid('USER_FEDERATION needs resourceOauth2ReturnUrl')
  const allowed = workload.allowedResourceOauth2ReturnUrls
  if (allowed.includes(returnUrl) && URL.canParse(returnUrl)) return returnUrl
  const message = `resourceOauth2ReturnUrl is not one of the allowedResourceOauth2ReturnUrls of the workload identity ${workload.name}`
  throw invalid(message)
}

function describePending({ id }: AuthorizationSession, publicUrl: string): PendingAuthorization {
  const sessionUri = formatSessionUri(id)
  const authorizationUrl = `${publicUrl}${AUTHORIZE_PATH}?request_uri=${encodeURIComponent(sessionUri)}`
  return { sessionUri, authorizationUrl }
}

function isSameScope(one: Scope, other: Scope): boolean {
  return one.accountId === other.accountId && one.region === other.region
}

function refuse(): HostError {
  return new HostError('ERR_FORBIDDEN', SESSION_REFUSAL)
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
