// What a workload gets for its access token: somebody else's access tokens and API keys
// (bedrock-agentcore 2024-02-28: GetResourceOauth2Token, CompleteResourceTokenAuth, GetResourceApiKey).
//
// What is different, and stays so:
// - The caller's role is not asked whether it may read the provider's secret.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { ApiKeyProviders } from './api-key-providers.ts'
import { getExchangedToken } from './exchanged-token.ts'
import { getMachineToken, type MachineTokenContext } from './machine-token.ts'
import type { Oauth2Providers } from './oauth2-providers.ts'
import type { ProviderSecrets } from './provider-secrets.ts'
import { refuseReservedParameters, type ResourceRequest } from './resource-request.ts'
import type { PendingAuthorization, UserAuthorization } from './user-authorization.ts'
import type { UserTokens } from './user-tokens.ts'
import type { WorkloadIdentity } from './workload-identity.ts'
import type { WorkloadUser } from './workload-user.ts'

export type Oauth2Flow = 'M2M' | 'USER_FEDERATION' | 'ON_BEHALF_OF_TOKEN_EXCHANGE'

export interface Oauth2TokenRequest {
  readonly scope: Scope
  readonly workload: WorkloadIdentity
  readonly user: WorkloadUser
  readonly providerName: string
  readonly flow: Oauth2Flow
  readonly scopes: readonly string[]
  readonly resources?: readonly string[] | undefined
  readonly audiences?: readonly string[] | undefined
  readonly customParameters?: Readonly<Record<string, string>> | undefined
  readonly customState?: string | undefined
  readonly renewal?: ResourceRequest['renewal'] | undefined
  readonly returnUrl?: string | undefined
  /** An authorization that was begun before: how does it stand? */
  readonly sessionUri?: string | undefined
}

export type Oauth2TokenAnswer =
  | { readonly accessToken: string; readonly expiresAtMs?: number }
  | PendingAuthorization

export interface ResourceTokens {
  getOauth2Token(request: Oauth2TokenRequest): Promise<Oauth2TokenAnswer>
  getApiKey(scope: Scope, providerName: string): string
}

interface ResourceTokensOptions extends MachineTokenContext {
  readonly oauth2Providers: Oauth2Providers
  readonly apiKeyProviders: ApiKeyProviders
  readonly secrets: ProviderSecrets
  readonly userTokens: UserTokens
  readonly userAuthorization: UserAuthorization
}

export function createResourceTokens(options: ResourceTokensOptions): ResourceTokens {
  const { oauth2Providers, apiKeyProviders, secrets, userTokens, userAuthorization } = options

  const getUserToken = async (
    request: ResourceRequest,
    { sessionUri, returnUrl, customState }: Oauth2TokenRequest,
  ): Promise<Oauth2TokenAnswer> => {
    if (request.user.kind === 'none') {
      const message = 'USER_FEDERATION needs a workload access token that was made for a user'
      throw new HostError('ERR_INVALID_INPUT', message)
    }
    const accessToken = await userTokens.find(request)
    if (accessToken !== undefined) return { accessToken }
    if (sessionUri !== undefined) return userAuthorization.describe(request, sessionUri)
    return userAuthorization.begin(request, { returnUrl, customState })
  }

  return {
    async getOauth2Token(asked) {
      const { customParameters = {}, renewal = 'none', sessionUri, flow } = asked
      refuseReservedParameters(customParameters)
      const request: ResourceRequest = {
        workload: asked.workload,
        user: asked.user,
        provider: oauth2Providers.get(asked.scope, asked.providerName),
        scopes: asked.scopes,
        resources: asked.resources ?? [],
        audiences: asked.audiences ?? [],
        customParameters,
        // Who asks how an authorization stands does not want another one.
        renewal: sessionUri === undefined ? renewal : 'none',
      }
      switch (flow) {
        case 'M2M':
          return getMachineToken(request, options)
        case 'ON_BEHALF_OF_TOKEN_EXCHANGE':
          return getExchangedToken(request, options)
        case 'USER_FEDERATION':
          return getUserToken(request, asked)
      }
    },
    getApiKey(scope, providerName) {
      const { secret } = apiKeyProviders.get(scope, providerName)
      return secrets.read(scope, secret)
    },
  }
}
