import type { Caller } from './caller.ts'
import { claimMismatch } from './compat.ts'
import type { CustomClaim, CustomJwtAuthorizer } from './custom-jwt-authorizer.ts'
import { OAuthRefusal } from './oauth-refusal.ts'

/** Every kind of rule that the authorizer has must pass; a kind it does not have asks nothing. */
export function checkClaims(caller: Caller, config: CustomJwtAuthorizer): void {
  const { allowedAudience, allowedClients, allowedScopes, customClaims } = config
  if (allowedAudience && !hasAudience(caller, allowedAudience)) throw mismatch('aud')
  if (allowedClients && !allowedClients.includes(caller.clientId ?? '')) throw mismatch('client_id')
  const failed = customClaims?.find((rule) => !hasClaim(caller.claims, rule))
  if (failed) throw mismatch(failed.inboundTokenClaimName)
  // Last: a caller is told which scopes to ask for only when they would be enough.
  if (allowedScopes && !allowedScopes.some((scope) => caller.scopes.includes(scope))) {
    throw new OAuthRefusal('insufficient', 'The token has none of the scopes that are needed here.')
  }
}

function mismatch(claim: string): OAuthRefusal {
  return new OAuthRefusal('invalid', claimMismatch(claim))
}

/** RFC 7519 §4.1.3: one audience, or a list of them. */
function hasAudience({ claims }: Caller, allowed: readonly string[]): boolean {
  const audience: unknown = claims['aud']
  const values: readonly unknown[] = Array.isArray(audience) ? audience : [audience]
  return values.some((value) => typeof value === 'string' && allowed.includes(value))
}

function hasClaim(claims: Readonly<Record<string, unknown>>, rule: CustomClaim): boolean {
  const { inboundTokenClaimName: name, authorizingClaimMatchValue: match } = rule
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined
  const values: readonly unknown[] = Array.isArray(value) ? value : []
  switch (match.claimMatchOperator) {
    case 'EQUALS':
      return value === match.claimMatchValue.matchValueString
    case 'CONTAINS':
      return values.includes(match.claimMatchValue.matchValueString)
    case 'CONTAINS_ANY':
      return match.claimMatchValue.matchValueStringList.some((text) => values.includes(text))
  }
}
