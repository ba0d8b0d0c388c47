import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { parseProviderName, type ProviderKind } from './arns.ts'
import type { Oauth2Flow, ResourceTokens } from './resource-tokens.ts'
import { readVerifiedUser } from './user-token-verifier.ts'
import type { WorkloadIdentities } from './workload-identities.ts'

export type Oauth2GrantType = 'CLIENT_CREDENTIALS' | 'AUTHORIZATION_CODE' | 'TOKEN_EXCHANGE'

export interface OutboundOauth2Request {
  readonly scope: Scope
  /** The workload identity of the service that calls out. */
  readonly workloadName: string
  readonly providerArn: string
  readonly scopes: readonly string[]
  readonly customParameters?: Readonly<Record<string, string>> | undefined
  readonly grantType: Oauth2GrantType
  /** The caller's own token, which the service has verified. */
  readonly userToken?: string | undefined
  readonly returnUrl?: string | undefined
  /** The one that was given before was refused by its resource. */
  readonly forceNew?: boolean | undefined
}

/** What a gateway needs to call its targets: the same tokens that programs get by operation. */
export interface OutboundTokens {
  /** `expiresAt` in milliseconds since 1970. */
  oauth2Token(
    request: OutboundOauth2Request,
  ): Promise<
    | { readonly accessToken: string; readonly expiresAt?: number }
    | { readonly authorizationUrl: string; readonly sessionUri: string }
  >
  apiKey(request: {
    readonly scope: Scope
    readonly workloadName: string
    readonly providerArn: string
  }): Promise<string>
}

const FLOWS: Record<Oauth2GrantType, Oauth2Flow> = {
  CLIENT_CREDENTIALS: 'M2M',
  AUTHORIZATION_CODE: 'USER_FEDERATION',
  TOKEN_EXCHANGE: 'ON_BEHALF_OF_TOKEN_EXCHANGE',
}

export function createOutboundTokens(
  identities: WorkloadIdentities,
  resourceTokens: ResourceTokens,
): OutboundTokens {
  return {
    async oauth2Token({ providerArn, grantType, userToken, forceNew = false, ...request }) {
      const answer = await resourceTokens.getOauth2Token({
        ...request,
        workload: identities.get(request.scope, request.workloadName),
        user: userToken === undefined ? { kind: 'none' } : readVerifiedUser(userToken),
        providerName: readProviderName('oauth2', providerArn),
        flow: FLOWS[grantType],
        renewal: forceNew ? 'fetch' : 'none',
      })
      if ('accessToken' in answer) {
        const { accessToken, expiresAtMs: expiresAt } = answer
        return { accessToken, ...(expiresAt !== undefined && { expiresAt }) }
      }
      const { authorizationUrl, sessionUri } = answer
      if (authorizationUrl !== undefined) return { authorizationUrl, sessionUri }
      throw new HostError('ERR_TARGET_FAILED', 'The authorization has failed')
    },
    async apiKey({ scope, workloadName, providerArn }) {
      identities.get(scope, workloadName)
      return resourceTokens.getApiKey(scope, readProviderName('apikey', providerArn))
    },
  }
}

function readProviderName(kind: ProviderKind, providerArn: string): string {
  const name = parseProviderName(kind, providerArn)
  if (name !== undefined) return name
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${providerArn} is not a credential provider of that kind`,
  )
}
