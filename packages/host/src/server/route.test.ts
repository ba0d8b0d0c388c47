import fc from 'fast-check'
import { test } from 'vitest'
import { findRoute } from './route.ts'

const ID = 'weather-abcde01234'
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/greet-AbCdE01234'
const ENCODED = encodeURIComponent(ARN)

test('a path names a gateway, its metadata, a runtime operation or the issuer', ({ expect }) => {
  const path = `/gateway/${ID}/mcp`
  expect(findRoute(path, undefined)).toEqual({ to: 'gateway', gatewayId: ID, mcpPath: path })
  expect(findRoute(`/.well-known/oauth-protected-resource${path}`, undefined)).toEqual({
    to: 'gateway-metadata',
    gatewayId: ID,
    mcpPath: path,
  })
  expect(findRoute(`/runtimes/${ENCODED}/invocations`, undefined)).toEqual({
    to: 'runtime',
    arn: ARN,
    operation: 'invocations',
  })
  const metadata = { to: 'runtime', arn: ARN, operation: 'metadata' }
  const suffix = '/.well-known/oauth-protected-resource'
  expect(findRoute(`/runtimes/${ENCODED}/invocations${suffix}`, undefined)).toEqual(metadata)
  expect(findRoute(`${suffix}/runtimes/${ENCODED}/invocations`, undefined)).toEqual(metadata)
  expect(findRoute('/issuer/us-east-1_AbCdEfGhI/oauth2/token', undefined)).toEqual({
    to: 'issuer',
    poolId: 'us-east-1_AbCdEfGhI',
    path: '/oauth2/token',
  })
})

test('a gateway has a host name of its own, with the paths AWS uses', ({ expect }) => {
  const host = `${ID}.gateway.localhost:4420`
  expect(findRoute('/mcp', host)).toEqual({ to: 'gateway', gatewayId: ID, mcpPath: '/mcp' })
  expect(findRoute('/.well-known/oauth-protected-resource', host)).toEqual({
    to: 'gateway-metadata',
    gatewayId: ID,
    mcpPath: '/mcp',
  })
  expect(findRoute('/mcp', 'localhost:4420')).toEqual({ to: 'aws' })
})

test('an ARN whose slashes are not encoded, and other spellings, are left to the AWS API', ({
  expect,
}) => {
  for (const path of [
    `/runtimes/${ARN}/invocations`,
    `/runtimes/${ENCODED}/invoke`,
    '/runtimes/%zz/invocations',
    '/gateway/NOPE/mcp',
    '/.well-known/oauth-authorization-server',
    '/',
  ]) {
    expect(findRoute(path, 'localhost')).toEqual({ to: 'aws' })
  }
})

test('no path makes the router throw', () => {
  fc.assert(fc.property(fc.webPath(), fc.string(), (path, host) => void findRoute(path, host)))
})
