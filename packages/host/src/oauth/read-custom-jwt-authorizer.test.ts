import fc from 'fast-check'
import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { readCustomJwtAuthorizer } from './read-custom-jwt-authorizer.ts'

const discoveryUrl = 'https://issuer.example/pool/.well-known/openid-configuration'
const match = (claimMatchOperator: string, claimMatchValue: object) => ({
  claimMatchOperator,
  claimMatchValue,
})
const claim = (inboundTokenClaimValueType: string, authorizingClaimMatchValue: object) => ({
  inboundTokenClaimName: 'https://example.com/groups',
  inboundTokenClaimValueType,
  authorizingClaimMatchValue,
})

test('a whole configuration is read as it was written', ({ expect }) => {
  const whole = {
    discoveryUrl,
    allowedAudience: ['https://a.example/mcp'],
    allowedClients: ['abc'],
    allowedScopes: ['tools/read'],
    advertisedScopeMapping: { 'tools/read': 'read' },
    customClaims: [
      claim('STRING', match('EQUALS', { matchValueString: 'gold' })),
      claim('STRING_ARRAY', match('CONTAINS', { matchValueString: 'admins' })),
      claim('STRING_ARRAY', match('CONTAINS_ANY', { matchValueStringList: ['a', 'b'] })),
    ],
  }
  expect(readCustomJwtAuthorizer(whole)).toEqual(whole)
})

test.for<[member: string, value: unknown]>([
  ['customJWTAuthorizer:', undefined],
  ['discoveryUrl', { allowedClients: ['a'] }],
  ['discoveryUrl', { allowedClients: ['a'], discoveryUrl: 'https://a.example' }],
  ['discoveryUrl', { allowedClients: ['a'], discoveryUrl: `ftp${discoveryUrl.slice(5)}` }],
  ['discoveryUrl', { allowedClients: ['a'], discoveryUrl: `http://[${discoveryUrl}` }],
  ['at least one of', { discoveryUrl }],
  ['allowedAudience', { discoveryUrl, allowedAudience: [] }],
  ['allowedClients', { discoveryUrl, allowedClients: 'a' }],
  ['allowedScopes.0', { discoveryUrl, allowedScopes: ['a b'] }],
  ['"allowedClient"', { discoveryUrl, allowedClient: ['a'] }],
  ['advertisedScopeMapping', { discoveryUrl, allowedClients: ['a'], advertisedScopeMapping: {} }],
  ['customClaims.0', { discoveryUrl, customClaims: [{}] }],
  [
    'customClaims.0.authorizingClaimMatchValue.claimMatchOperator',
    { discoveryUrl, customClaims: [claim('STRING', match('CONTAINS', { matchValueString: 'a' }))] },
  ],
  [
    'customClaims.0.authorizingClaimMatchValue.claimMatchValue.matchValueStringList',
    {
      discoveryUrl,
      customClaims: [claim('STRING_ARRAY', match('CONTAINS_ANY', { matchValueString: 'a' }))],
    },
  ],
])('a mistake is refused with the name of %s', ([member, value], { expect }) => {
  expect(() => readCustomJwtAuthorizer(value)).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_INPUT',
      message: expect.stringContaining(member),
    }),
  )
})

test('a member that would narrow access and is not served is refused, not ignored', ({
  expect,
}) => {
  const value = { discoveryUrl, allowedClients: ['a'], privateEndpoint: {} }
  expect(() => readCustomJwtAuthorizer(value)).toThrow(
    expect.objectContaining({ code: 'ERR_NOT_SUPPORTED' }),
  )
})

test('no value makes the reader fail with anything but its own refusal', ({ expect }) => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(() => readCustomJwtAuthorizer(value)).toThrow(HostError)
    }),
  )
})
