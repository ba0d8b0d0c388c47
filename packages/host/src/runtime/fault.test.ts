import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { asFault, formatAwsFault, formatMcpFault, RuntimeFault, type FaultName } from './fault.ts'

const post = { method: 'POST', isModern: false, requestId: 7 }

// AgentCore developer guide, MCP error codes.
test.for<[FaultName, number, number, string]>([
  ['Unauthorized', 401, -32_001, 'Authentication error - Invalid credentials'],
  ['AccessDenied', 403, -32_002, 'Authorization error - Insufficient permissions'],
  ['ServiceQuotaExceeded', 200, -32_003, 'Rate limit exceeded - Too many requests'],
  ['ResourceNotFound', 200, -32_004, 'Resource not found - Requested resource does not exist'],
  ['Conflict', 200, -32_005, 'Resource conflict - Resource already exists'],
  ['RetryableConflict', 200, -32_005, 'Session operation in progress, please retry'],
  ['Validation', 200, -32_006, 'Validation error - Invalid request data'],
  ['PayloadTooLarge', 413, -32_006, 'Validation error - Invalid request data'],
  [
    'RuntimeClientError',
    200,
    -32_010,
    'Tool execution error - Please check your CloudWatch logs for more information',
  ],
  [
    'NotAcceptable',
    406,
    -32_011,
    'Accept Header Error - MCP protocol requires Accept header: application/json, text/event-stream',
  ],
  ['InternalServer', 200, -32_603, 'Internal error - Server error'],
])('%s is answered with %i and %i', ([fault, status, code, message], { expect }) => {
  const answer = formatMcpFault(new RuntimeFault(fault), post)
  expect(answer.status).toBe(status)
  expect(JSON.parse(String(answer.body))).toMatchObject({ error: { code, message } })
})

test('a request that reads no JSON-RPC is refused by its status', ({ expect }) => {
  const { status } = formatMcpFault(new RuntimeFault('RuntimeClientError'), {
    ...post,
    method: 'GET',
  })
  expect(status).toBe(424)
})

test('AWS clients read the name in a header', ({ expect }) => {
  const answer = formatAwsFault(new RuntimeFault('ResourceNotFound', 'No session x'))
  expect(answer).toMatchObject({
    status: 404,
    headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
    body: '{"message":"No session x"}',
  })
})

test('what was not expected says nothing', ({ expect }) => {
  const fault = asFault(new Error('secret'))
  expect(formatMcpFault(fault, post).body).toBe(
    '{"jsonrpc":"2.0","error":{"code":-32603,"message":"Internal error - Server error"},"id":7}',
  )
  const refused = asFault(new HostError('ERR_LIMIT_EXCEEDED', 'too many'))
  expect([refused.fault, refused.reason]).toEqual(['ServiceQuotaExceeded', 'too many'])
})
