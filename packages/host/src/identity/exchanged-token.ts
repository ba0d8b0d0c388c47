// A token in the user's name, for a token of the user's (on behalf of): RFC 8693 token exchange, or the
// RFC 7523 assertion grant.
import { HostError } from '../kernel/host-error.ts'
import type { OnBehalfOfConfig } from './credential-provider.ts'
import { getMachineToken, type MachineTokenContext } from './machine-token.ts'
import { describeCached, readGrant } from './request-token.ts'
import {
  describeCustomParameters,
  describeTarget,
  requestKey,
  type ResourceRequest,
} from './resource-request.ts'
import type { CachedToken } from './token-cache.ts'
import type { Parameter } from './token-endpoint.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

export function getExchangedToken(
  request: ResourceRequest,
  context: MachineTokenContext,
): Promise<CachedToken> {
  const { provider, user, customParameters } = request
  const config = provider.client.onBehalfOfTokenExchangeConfig
  if (!config) {
    throw invalid(`The provider ${provider.name} has no onBehalfOfTokenExchangeConfig`)
  }
  if (user.kind !== 'token') {
    throw invalid('An exchange needs a workload access token that was made for a user token')
  }
  const purpose = ['OBO', provider.updatedAtMs, Object.entries(customParameters), user.token]
  const fetch = async () => {
    const grantType = config.grantType === 'TOKEN_EXCHANGE' ? TOKEN_EXCHANGE : JWT_BEARER
    const own = await describeGrant(config, user.token, request, context)
    // What the caller says replaces a default of ours (`subject_token_type`, say).
    const named = new Set(Object.keys(customParameters))
    const parameters = [
      ...own.filter(([name]) => !named.has(name)),
      ...describeTarget(request),
      ...describeCustomParameters(request),
    ]
    const outcome = await context.requestToken(provider, grantType, parameters)
    return describeCached(readGrant(outcome), context.now())
  }
  return context.cache.get(requestKey(request, purpose), fetch, {
    isFresh: request.renewal !== 'none',
  })
}

async function describeGrant(
  config: OnBehalfOfConfig,
  userToken: string,
  request: ResourceRequest,
  context: MachineTokenContext,
): Promise<readonly Parameter[]> {
  if (config.grantType === 'JWT_AUTHORIZATION_GRANT') return [['assertion', userToken]]
  const subject: readonly Parameter[] = [
    ['subject_token', userToken],
    ['subject_token_type', ACCESS_TOKEN_TYPE],
  ]
  const { actorTokenContent, actorTokenScopes = [] } = config.tokenExchangeGrantTypeConfig ?? {}
  if (actorTokenContent !== 'M2M') return subject
  const actor = await getMachineToken(
    { ...request, scopes: actorTokenScopes, resources: [], audiences: [], customParameters: {} },
    context,
  )
  return [...subject, ['actor_token', actor.accessToken], ['actor_token_type', ACCESS_TOKEN_TYPE]]
}

function invalid(message: string): HostError {
  return new HostError('ERR_INVALID_INPUT', message)
}
