import { test } from 'vitest'
import { describeCaller } from './caller.ts'
import { checkClaims } from './check-claims.ts'
import type { CustomClaim, CustomJwtAuthorizer } from './custom-jwt-authorizer.ts'

type Rules = Omit<CustomJwtAuthorizer, 'discoveryUrl'>
type Claims = Readonly<Record<string, unknown>>

const GOLD: CustomClaim = {
  inboundTokenClaimName: 'tier',
  inboundTokenClaimValueType: 'STRING',
  authorizingClaimMatchValue: {
    claimMatchOperator: 'EQUALS',
    claimMatchValue: { matchValueString: 'gold' },
  },
}
const ADMINS: CustomClaim = {
  inboundTokenClaimName: 'groups',
  inboundTokenClaimValueType: 'STRING_ARRAY',
  authorizingClaimMatchValue: {
    claimMatchOperator: 'CONTAINS',
    claimMatchValue: { matchValueString: 'admins' },
  },
}
const STAFF: CustomClaim = {
  inboundTokenClaimName: 'groups',
  inboundTokenClaimValueType: 'STRING_ARRAY',
  authorizingClaimMatchValue: {
    claimMatchOperator: 'CONTAINS_ANY',
    claimMatchValue: { matchValueStringList: ['ops', 'admins'] },
  },
}

function outcome(rules: Rules, claims: Claims): string {
  try {
    checkClaims(describeCaller(claims), { discoveryUrl: '', ...rules })
    return 'passes'
  } catch (error) {
    return (error as Error).message
  }
}

const wrong = (claim: string) => `Claim '${claim}' value mismatch with configuration.`
const tooFewScopes = 'The token has none of the scopes that are needed here.'

test.for<[rules: Rules, claims: Claims, result: string]>([
  [{ allowedAudience: ['a', 'b'] }, { aud: 'b' }, 'passes'],
  [{ allowedAudience: ['a'] }, { aud: ['x', 'a'] }, 'passes'],
  [{ allowedAudience: ['a'] }, { aud: [] }, wrong('aud')],
  [{ allowedAudience: ['a'] }, { aud: 'ab' }, wrong('aud')],
  [{ allowedAudience: ['a'] }, {}, wrong('aud')],
  [{ allowedAudience: ['1'] }, { aud: 1 }, wrong('aud')],
  [{ allowedClients: ['c'] }, { client_id: 'c' }, 'passes'],
  [{ allowedClients: ['c'] }, { azp: 'c' }, 'passes'],
  [{ allowedClients: ['c'] }, { cid: 'c' }, 'passes'],
  // The best name counts: a token of client d does not become one of c by a weaker claim.
  [{ allowedClients: ['c'] }, { client_id: 'd', azp: 'c' }, wrong('client_id')],
  [{ allowedClients: ['c'] }, { aud: 'c', sub: 'c' }, wrong('client_id')],
  [{ allowedClients: ['c'] }, { client_id: ['c'] }, wrong('client_id')],
  [{ allowedScopes: ['s', 't'] }, { scope: 'r t' }, 'passes'],
  [{ allowedScopes: ['s'] }, { scp: 'r s' }, 'passes'],
  [{ allowedScopes: ['s'] }, { scp: ['r', 's'] }, 'passes'],
  [{ allowedScopes: ['s'] }, { scope: 'ss' }, tooFewScopes],
  [{ allowedScopes: ['s'] }, {}, tooFewScopes],
  [{ allowedScopes: ['s'], allowedClients: ['c'] }, { scope: 's' }, wrong('client_id')],
  [{ allowedScopes: ['s'], allowedClients: ['c'] }, { client_id: 'c', scope: 's' }, 'passes'],
  [{ customClaims: [GOLD] }, { tier: 'gold' }, 'passes'],
  [{ customClaims: [GOLD] }, { tier: ['gold'] }, wrong('tier')],
  [{ customClaims: [GOLD] }, { tier: 'golden' }, wrong('tier')],
  [{ customClaims: [ADMINS] }, { groups: ['x', 'admins'] }, 'passes'],
  [{ customClaims: [ADMINS] }, { groups: 'admins' }, wrong('groups')],
  [{ customClaims: [STAFF] }, { groups: ['ops'] }, 'passes'],
  [{ customClaims: [STAFF] }, { groups: ['x'] }, wrong('groups')],
  [{ customClaims: [GOLD, STAFF] }, { tier: 'gold', groups: [] }, wrong('groups')],
  [{ customClaims: [GOLD] }, {}, wrong('tier')],
])('with %j, a token with %j: %s', ([rules, claims, result], { expect }) => {
  expect(outcome(rules, claims)).toBe(result)
})

test('what every object inherits is not a claim', ({ expect }) => {
  const rule = { ...GOLD, inboundTokenClaimName: 'constructor' }
  expect(outcome({ customClaims: [rule] }, {})).toBe(wrong('constructor'))
})

test('a caller is described by what its token says', ({ expect }) => {
  const claims = { iss: 'i', sub: 's', client_id: 'c', scope: 'a b', scp: ['d', 7], exp: 1 }
  expect(describeCaller(claims)).toEqual({
    issuer: 'i',
    subject: 's',
    clientId: 'c',
    scopes: ['a', 'b', 'd'],
    claims,
  })
  expect(describeCaller({ iss: 'i', azp: 'c' })).toMatchObject({ subject: 'c', scopes: [] })
  expect(describeCaller({ iss: 'i' })).not.toHaveProperty('clientId')
})
