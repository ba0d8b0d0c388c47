import { test } from 'vitest'
import { readHeaderAllowlist } from './header-allowlist.ts'

const open = { hasAuthorizer: false }

test('names are kept in lower case, once', ({ expect }) => {
  const names = ['X-Tenant', 'x-tenant', 'X-Amzn-Bedrock-AgentCore-Runtime-Custom-A']
  expect(readHeaderAllowlist(names, open)).toEqual([
    'x-tenant',
    'x-amzn-bedrock-agentcore-runtime-custom-a',
  ])
  expect(readHeaderAllowlist(undefined, open)).toEqual([])
})

test('Authorization passes only where tokens are checked', ({ expect }) => {
  expect(readHeaderAllowlist(['Authorization'], open)).toEqual([])
  expect(readHeaderAllowlist(['Authorization'], { hasAuthorizer: true })).toEqual(['authorization'])
})

test.for([
  'Cookie',
  'Host',
  'If-None-Match',
  'Access-Control-Request-Method',
  'Sec-WebSocket-Key',
  'X-Amz-Security-Token',
  'X-Amzn-Trace-Id',
  'X-Forwarded-For',
  'a b',
  '1abc',
  '',
])('%j cannot be listed', (name, { expect }) => {
  expect(() => readHeaderAllowlist([name], open)).toThrow(JSON.stringify(name))
})

test('there are 1 to 20 names', ({ expect }) => {
  const names = Array.from({ length: 21 }, (_, at) => `X-${at}`)
  expect(readHeaderAllowlist(names.slice(1), open)).toHaveLength(20)
  expect(() => readHeaderAllowlist(names, open)).toThrow('21 names')
  expect(() => readHeaderAllowlist([], open)).toThrow('0 names')
})
