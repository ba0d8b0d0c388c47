import fc from 'fast-check'
import { test } from 'vitest'
import { formatChallenge } from './challenge.ts'
import { OAuthRefusal, type OAuthRefusalReason } from './oauth-refusal.ts'
import { describeProtectedResource } from './protected-resource.ts'

/** Any UTF-16, halves of characters included. */
const anyText = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })

const resourceMetadataUrl = 'http://127.0.0.1:4420/.well-known/oauth-protected-resource/mcp'
const challenge = (reason: OAuthRefusalReason, scopes: readonly string[] = []) =>
  formatChallenge({ refusal: new OAuthRefusal(reason, 'no'), resourceMetadataUrl, scopes })

test('who sent no token is told where to get one, and no error', ({ expect }) => {
  expect(challenge('missing')).toBe(`Bearer resource_metadata="${resourceMetadataUrl}"`)
  expect(challenge('missing', ['a/read', 'a/write'])).toBe(
    `Bearer resource_metadata="${resourceMetadataUrl}", scope="a/read a/write"`,
  )
})

test('a bad token and missing scopes are named', ({ expect }) => {
  expect(challenge('invalid')).toBe(
    `Bearer error="invalid_token", resource_metadata="${resourceMetadataUrl}"`,
  )
  expect(challenge('insufficient', ['a/read'])).toBe(
    `Bearer error="insufficient_scope", scope="a/read", resource_metadata="${resourceMetadataUrl}"`,
  )
})

test('only missing scopes are forbidden; everything else asks for a token', ({ expect }) => {
  const status = (reason: OAuthRefusalReason) => new OAuthRefusal(reason, 'no').status
  expect([status('missing'), status('invalid'), status('insufficient')]).toEqual([401, 401, 403])
})

test('whatever the address and the scopes are, the value is one header of two parameters', ({
  expect,
}) => {
  fc.assert(
    fc.property(anyText, fc.array(anyText, { minLength: 1 }), (url, scopes) => {
      const refusal = new OAuthRefusal('missing', 'no')
      const value = formatChallenge({ refusal, resourceMetadataUrl: url, scopes })
      expect(value).toMatch(/^Bearer resource_metadata="[!#-[\]-~]*", scope="[ !#-[\]-~]*"$/)
    }),
  )
})

test('the metadata document names the resource and its issuers', ({ expect }) => {
  const about = { resource: 'http://a/mcp', authorizationServers: ['http://b'] }
  expect(describeProtectedResource({ ...about, scopes: [] })).toEqual({
    resource: 'http://a/mcp',
    authorization_servers: ['http://b'],
    scopes_supported: [],
    bearer_methods_supported: ['header'],
  })
  expect(describeProtectedResource(about)).not.toHaveProperty('scopes_supported')
})
