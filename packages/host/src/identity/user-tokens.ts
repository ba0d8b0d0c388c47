import { HostError } from '../kernel/host-error.ts'
import { EXPIRY_MARGIN_MS } from './compat.ts'
import { expiryOf, type RequestToken } from './request-token.ts'
import { requestKey, type ResourceRequest } from './resource-request.ts'
import type { GrantedToken } from './token-endpoint.ts'
import type { UserToken, UserTokenVault } from './user-token-vault.ts'
import { describeUser } from './workload-user.ts'

export interface UserTokens {
  /** The kept token, refreshed when it is old; undefined when the user has to be asked. */
  find(request: ResourceRequest): Promise<string | undefined>
}

interface UserTokensOptions {
  readonly vault: UserTokenVault
  readonly requestToken: RequestToken
  readonly now: () => number
}

export function createUserTokens({ vault, requestToken, now }: UserTokensOptions): UserTokens {
  const refreshing = new Map<string, Promise<string | undefined>>()

  const refresh = async (key: string, refreshToken: string, { provider }: ResourceRequest) => {
    const parameters = [['refresh_token', refreshToken]] as const
    const outcome = await requestToken(provider, 'refresh_token', parameters)
    if (outcome.kind === 'granted') {
      await vault.replace(key, describeUserToken(outcome, now(), refreshToken))
      return outcome.accessToken
    }
    // RFC 6749 §5.2: expired or withdrawn. Anything else may pass the next time.
    if (outcome.error !== 'invalid_grant') throw new HostError('ERR_TARGET_FAILED', outcome.message)
    await vault.remove(key)
    return undefined
  }

  return {
    async find(request) {
      const key = userTokenKey(request)
      if (request.renewal === 'ask') {
        await vault.remove(key)
        return undefined
      }
      const token = await vault.find(key)
      if (!token) return undefined
      if (request.renewal === 'none' && isUsable(token, now())) return token.accessToken
      if (token.refreshToken === undefined) return undefined
      const running = refreshing.get(key)
      if (running) return running
      const started = refresh(key, token.refreshToken, request).finally(() =>
        refreshing.delete(key),
      )
      refreshing.set(key, started)
      return started
    },
  }
}

/**
 * One for each workload, user, provider and purpose. A provider that was pointed to another server, or
 * to another client there, must not be handed what users gave to the one before.
 */
export function userTokenKey(request: ResourceRequest): string {
  const { workload, user, provider } = request
  const { clientId, oauthDiscovery: found } = provider.client
  const server =
    'discoveryUrl' in found ? found.discoveryUrl : found.authorizationServerMetadata.tokenEndpoint
  const whose = [workload.workloadIdentityArn, describeUser(user)]
  return requestKey(request, ['USER_FEDERATION', ...whose, clientId, server])
}

/** A server that gives no new refresh token lets the one before go on (RFC 6749 §6). */
export function describeUserToken(
  token: GrantedToken,
  nowMs: number,
  refreshTokenBefore?: string,
): UserToken {
  const { accessToken, refreshToken = refreshTokenBefore } = token
  const expiresAtMs = expiryOf(token, nowMs)
  return {
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  }
}

function isUsable({ expiresAtMs }: UserToken, nowMs: number): boolean {
  return expiresAtMs === undefined || expiresAtMs - EXPIRY_MARGIN_MS > nowMs
}
