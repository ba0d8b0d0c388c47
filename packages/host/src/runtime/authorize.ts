// Inbound authorization of a runtime (AgentCore developer guide, inbound authorization): a JSON Web
// Token where an authorizer is configured, otherwise an AWS signature.
//
// Without an authorizer a session belongs to the account that signed, as it does to anybody at AWS:
// telling an account's users apart is left to the one who calls.
import type { AwsCaller } from '../aws/caller.ts'
import { formatChallenge } from '../oauth/challenge.ts'
import type { Caller } from '../oauth/caller.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import { RuntimeFault } from './fault.ts'

/** What a runtime needs from whatever checks its callers. */
export type InboundAuthorizer = Pick<JwtAuthorizer, 'authorize' | 'scopes' | 'authorizationServers'>

/** Who may call: a version's callers prove themselves in one way only. */
export type Inbound =
  /** An app's runtime on a host that asks nobody who they are. */
  | { readonly by: 'nobody' }
  | { readonly by: 'jwt'; readonly authorizer: InboundAuthorizer }
  | { readonly by: 'signature' }

/** Whom a session belongs to. Nobody is asked who they are without an authorizer: one owner then. */
export type Owner = string

/** Who calls, after the proof. */
export type InboundCaller =
  | { readonly by: 'nobody'; readonly owner: Owner }
  | { readonly by: 'jwt'; readonly owner: Owner; readonly token: string }
  | { readonly by: 'signature'; readonly owner: Owner; readonly aws: AwsCaller }

const NOBODY: InboundCaller = { by: 'nobody', owner: '' }
const SIGNATURE = 'AWS4-'
const MISMATCH =
  'Authorization method mismatch. The agent is configured for a different authorization method ' +
  "than what was used in your request. Check the agent's authorization configuration and ensure " +
  'your request uses the matching method (OAuth or SigV4)'

export interface Proof {
  readonly authorization: string | undefined
  readonly resourceMetadataUrl: () => string
  readonly authenticateAws: () => Promise<AwsCaller>
}

/** Who is calling; a known token answers at once, without a promise. */
export function authorize(
  inbound: Inbound,
  { authorization, resourceMetadataUrl, authenticateAws }: Proof,
): InboundCaller | Promise<InboundCaller> {
  switch (inbound.by) {
    case 'nobody':
      return NOBODY
    case 'jwt':
      if (authorization?.startsWith(SIGNATURE)) throw mismatch()
      return authorizeToken(inbound.authorizer, authorization, resourceMetadataUrl)
    case 'signature':
      if (authorization !== undefined && !authorization.startsWith(SIGNATURE)) throw mismatch()
      return authenticateAws().then(callerOfSignature)
  }
}

function authorizeToken(
  authorizer: InboundAuthorizer,
  authorization: string | undefined,
  resourceMetadataUrl: () => string,
): InboundCaller | Promise<InboundCaller> {
  const refuse = (error: unknown): never => {
    throw describeRefusal(error, authorizer, resourceMetadataUrl())
  }
  const describe = (caller: Caller): InboundCaller => ({
    by: 'jwt',
    owner: ownerOf(caller),
    token: authorization?.slice(authorization.indexOf(' ') + 1).trim() ?? '',
  })
  try {
    const caller = authorizer.authorize(authorization)
    return caller instanceof Promise ? caller.then(describe, refuse) : describe(caller)
  } catch (error) {
    return refuse(error)
  }
}

function callerOfSignature(aws: AwsCaller): InboundCaller {
  return { by: 'signature', owner: aws.scope.accountId, aws }
}

/** The principal, not the token: a renewed token finds the sessions of the one before. */
function ownerOf({ issuer, subject, clientId = '' }: Caller): Owner {
  return JSON.stringify([issuer, subject, clientId])
}

function mismatch(): RuntimeFault {
  return new RuntimeFault('AccessDenied', undefined, { message: MISMATCH })
}

function describeRefusal(
  error: unknown,
  { scopes }: InboundAuthorizer,
  resourceMetadataUrl: string,
): unknown {
  if (!(error instanceof OAuthRefusal)) return error
  const challenge = formatChallenge({ refusal: error, resourceMetadataUrl, scopes })
  const headers = { 'www-authenticate': challenge }
  if (error.reason === 'missing') {
    const message = 'Missing Authentication Token'
    return new RuntimeFault('Unauthorized', undefined, { message, headers, cause: error })
  }
  const fault = error.status === 401 ? 'Unauthorized' : 'AccessDenied'
  return new RuntimeFault(fault, error.message, { headers, cause: error })
}
