import { createHash } from 'node:crypto'
import { HostError } from '../kernel/host-error.ts'
import { RESERVED_PARAMETERS } from './compat.ts'
import type { Oauth2CredentialProvider } from './credential-provider.ts'
import type { Parameter } from './token-endpoint.ts'
import type { WorkloadIdentity } from './workload-identity.ts'
import type { WorkloadUser } from './workload-user.ts'

/** A token is wanted: by whom, for whom, from where and for what. */
export interface ResourceRequest {
  readonly workload: WorkloadIdentity
  readonly user: WorkloadUser
  readonly provider: Oauth2CredentialProvider
  readonly scopes: readonly string[]
  readonly resources: readonly string[]
  readonly audiences: readonly string[]
  readonly customParameters: Readonly<Record<string, string>>
  /**
   * Whether a kept token will do. `fetch`: its resource refused it, so another one is fetched without a
   * user where that is possible. `ask`: the user shall be asked again.
   */
  readonly renewal: 'none' | 'fetch' | 'ask'
}

/** What the token is for, as OAuth writes it (RFC 6749 §3.3, RFC 8707 §2, RFC 8693 §2.1). */
export function describeTarget(request: ResourceRequest): readonly Parameter[] {
  const { scopes, resources, audiences } = request
  return [
    ...(scopes.length > 0 ? [['scope', scopes.join(' ')] as const] : []),
    ...resources.map((resource): Parameter => ['resource', resource]),
    ...audiences.map((audience): Parameter => ['audience', audience]),
  ]
}

export function describeCustomParameters({
  customParameters,
}: ResourceRequest): readonly Parameter[] {
  return Object.entries(customParameters)
}

/** Parameters that would change the flow itself instead of what is asked for. */
export function refuseReservedParameters(parameters: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(parameters).find((name) => RESERVED_PARAMETERS.has(name))
  if (reserved === undefined) return
  throw new HostError('ERR_INVALID_INPUT', `customParameters must not contain ${reserved}`)
}

/** The same text for requests that the same token answers; `parts` say what else it depends on. */
export function requestKey(request: ResourceRequest, parts: readonly unknown[]): string {
  const { provider, scopes, resources, audiences } = request
  // The callback id tells a provider from the next one of its name.
  const words = [provider.credentialProviderArn, provider.callbackId]
  const purpose = [scopes, resources, audiences].map((each) => each.toSorted())
  const text = JSON.stringify([...words, ...purpose, ...parts])
  return createHash('sha256').update(text).digest('base64url')
}
