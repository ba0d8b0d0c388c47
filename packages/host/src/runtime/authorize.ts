// Inbound authorization of a runtime with a JWT authorizer (AgentCore developer guide, inbound
// authorization with OAuth).
import { formatChallenge } from '../oauth/challenge.ts'
import type { Caller } from '../oauth/caller.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import { RuntimeFault } from './fault.ts'

/** What a runtime needs from whatever checks its callers. */
export type InboundAuthorizer = Pick<JwtAuthorizer, 'authorize' | 'scopes' | 'authorizationServers'>

/** Whom a session belongs to. Nobody is asked who they are without an authorizer: one owner then. */
export type Owner = string

const ANYBODY: Owner = ''
const MISMATCH =
  'Authorization method mismatch. The agent is configured for a different authorization method ' +
  "than what was used in your request. Check the agent's authorization configuration and ensure " +
  'your request uses the matching method (OAuth or SigV4)'

/** Who is calling; a known token answers at once, without a promise. */
export function authorize(
  authorization: string | undefined,
  authorizer: InboundAuthorizer | undefined,
  resourceMetadataUrl: () => string,
): Owner | Promise<Owner> {
  if (authorizer === undefined) return ANYBODY
  if (authorization?.startsWith('AWS4-')) {
    throw new RuntimeFault('AccessDenied', undefined, { message: MISMATCH })
  }
  const refuse = (error: unknown): never => {
    throw describeRefusal(error, authorizer, resourceMetadataUrl())
  }
  try {
    const caller = authorizer.authorize(authorization)
    return caller instanceof Promise ? caller.then(ownerOf, refuse) : ownerOf(caller)
  } catch (error) {
    return refuse(error)
  }
}

/** The principal, not the token: a renewed token finds the sessions of the one before. */
function ownerOf({ issuer, subject, clientId = '' }: Caller): Owner {
  return JSON.stringify([issuer, subject, clientId])
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
