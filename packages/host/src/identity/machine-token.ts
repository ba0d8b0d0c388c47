import { describeCached, readGrant, type RequestToken } from './request-token.ts'
import {
  describeCustomParameters,
  describeTarget,
  requestKey,
  type ResourceRequest,
} from './resource-request.ts'
import type { CachedToken, TokenCache } from './token-cache.ts'

/**
 * A token for the workload itself (RFC 6749 §4.4). Kept by provider and purpose, so that all workloads
 * share it, and gone with the provider's next change.
 */
export function getMachineToken(
  request: ResourceRequest,
  { cache, requestToken, now }: MachineTokenContext,
): Promise<CachedToken> {
  const { provider, customParameters } = request
  const key = requestKey(request, ['M2M', provider.updatedAtMs, Object.entries(customParameters)])
  const fetch = async () => {
    const parameters = [...describeTarget(request), ...describeCustomParameters(request)]
    return describeCached(
      readGrant(await requestToken(provider, 'client_credentials', parameters)),
      now(),
    )
  }
  return cache.get(key, fetch, { isFresh: request.renewal !== 'none' })
}

export interface MachineTokenContext {
  readonly cache: TokenCache
  readonly requestToken: RequestToken
  readonly now: () => number
}
