// What callers of the Runtime hull read when something is wrong, and what passes in between
// (AgentCore developer guide: inbound authorization, MCP error codes, request header allowlist).
import { test } from 'vitest'
import type { Caller } from '../../src/oauth/caller.ts'
import { OAuthRefusal } from '../../src/oauth/oauth-refusal.ts'
import { MODERN, post } from '../support/runtime-client.ts'
import {
  INVOCATIONS,
  RUNTIME_ARN,
  RUNTIME_ID,
  runtimeConfiguration,
  startRuntimeHost,
} from '../support/runtime-host.ts'

const TOOL_FAILURE = 'Tool execution error - Please check your CloudWatch logs for more information'
const METADATA = `${INVOCATIONS}/.well-known/oauth-protected-resource`

const authorizer = {
  authorize(authorization: string | undefined): Caller {
    if (authorization === undefined) throw new OAuthRefusal('missing', 'Missing Bearer token')
    if (authorization === 'Bearer expired')
      throw new OAuthRefusal('invalid', 'The token has expired.')
    if (authorization === 'Bearer weak')
      throw new OAuthRefusal('insufficient', 'A scope is missing.')
    return { issuer: 'https://issuer.test', subject: authorization, scopes: [], claims: {} }
  },
  scopes: ['greeter/invoke'],
  authorizationServers: () => ['https://issuer.test/pool'],
}

test('a runtime is found by its ARN, or by its id with the account', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const at = (arn: string, query = '') =>
    post(host, 'whoami', {}, { path: `/runtimes/${encodeURIComponent(arn)}/invocations${query}` })
  expect((await at(RUNTIME_ARN, '?qualifier=DEFAULT')).result).toBeDefined()
  expect((await at(RUNTIME_ID, '?accountId=000000000000')).result).toBeDefined()
  expect(await at(RUNTIME_ID)).toMatchObject({ status: 400, error: { code: -32_006 } })
  expect(await at('nonsense')).toMatchObject({ status: 400, error: { code: -32_006 } })
  expect(await at(RUNTIME_ARN, '?qualifier=PROD')).toMatchObject({
    status: 200,
    error: {
      code: -32_004,
      message: 'Resource not found - Requested resource does not exist',
      data: { reason: 'No endpoint PROD; every agent runtime has the endpoint DEFAULT' },
    },
  })
  const elsewhere = RUNTIME_ARN.replace('us-east-1', 'eu-west-1')
  expect(await at(elsewhere)).toMatchObject({
    status: 403,
    error: { code: -32_002, message: 'Authorization error - Insufficient permissions' },
  })
})

test('without a good token a caller is sent to the authorization server', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ authorizer }))
  const challenge = `resource_metadata="${host.baseUrl}${METADATA}?qualifier=DEFAULT"`
  const response = await fetch(`${host.baseUrl}${INVOCATIONS}`, { method: 'POST', body: '{}' })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer ${challenge}, scope="greeter/invoke"`,
  )
  expect(await response.text()).toBe(
    '{"jsonrpc":"2.0","error":{"code":-32001,"message":"Missing Authentication Token"}}',
  )
  const as = (authorization: string, more = {}) =>
    post(host, 'whoami', {}, { headers: { authorization, ...more } })
  const expired = await as('Bearer expired')
  expect(expired).toMatchObject({
    status: 401,
    error: {
      code: -32_001,
      message: 'Authentication error - Invalid credentials',
      data: { reason: 'The token has expired.' },
    },
  })
  expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"')
  expect(await as('Bearer weak')).toMatchObject({ status: 403, error: { code: -32_002 } })
  expect(await as('Bearer weak', MODERN)).toMatchObject({ status: 403, error: { code: 403 } })
  expect(await as('AWS4-HMAC-SHA256 Credential=A')).toMatchObject({
    status: 403,
    error: {
      code: -32_002,
      message: expect.stringMatching(/^Authorization method mismatch\. The/),
    },
  })
  expect((await as('Bearer good')).result).toBeDefined()
  const stop = await fetch(
    `${host.baseUrl}${INVOCATIONS.replace('invocations', 'stopruntimesession')}`,
    {
      method: 'POST',
    },
  )
  expect([stop.status, stop.headers.get('x-amzn-errortype')]).toEqual([
    401,
    'UnauthorizedException',
  ])
  expect(stop.headers.get('www-authenticate')).toContain(encodeURIComponent(RUNTIME_ARN))
})

test('the protected resource is described to everybody', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration({ authorizer }))
  const response = await fetch(`${host.baseUrl}${METADATA}?qualifier=DEFAULT`)
  expect(await response.json()).toMatchObject({
    resource: `${host.baseUrl}${INVOCATIONS}?qualifier=DEFAULT`,
    authorization_servers: ['https://issuer.test/pool'],
    scopes_supported: ['greeter/invoke'],
  })
  expect(host.runtimes.describeResource(RUNTIME_ARN, { resource: 'r' })).toMatchObject({
    resource: 'r',
  })
  await host.runtimes.putRuntime(runtimeConfiguration())
  expect((await fetch(`${host.baseUrl}${METADATA}`)).status).toBe(404)
  expect(host.runtimes.describeResource(RUNTIME_ARN, { resource: 'r' })).toBeUndefined()
})

test('both types of answer must be acceptable', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const accepting = (accept: string) => post(host, 'whoami', {}, { id: 5, headers: { accept } })
  for (const accept of ['*/*', 'Application/JSON;q=0.9, text/event-stream', 'a/b, */*;q=0.1']) {
    expect((await accepting(accept)).result).toBeDefined()
  }
  for (const accept of ['application/json', 'text/event-stream', 'text/html']) {
    expect(await accepting(accept)).toMatchObject({
      status: 406,
      id: 5,
      error: {
        code: -32_011,
        message:
          'Accept Header Error - MCP protocol requires Accept header: application/json, text/event-stream',
      },
    })
  }
})

test('ids that the service model refuses are refused', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const short = { 'x-amzn-bedrock-agentcore-runtime-session-id': 'x'.repeat(32) }
  for (const headers of [
    short,
    { 'mcp-session-id': 'a b' },
    { 'mcp-session-id': 'x'.repeat(1025) },
  ]) {
    expect(await post(host, 'whoami', {}, { headers })).toMatchObject({
      status: 200,
      id: 1,
      error: { code: -32_006, message: 'Validation error - Invalid request data' },
    })
  }
  expect(await host.folders()).toHaveLength(1) // no session was opened
})

test('what a server refuses in JSON-RPC passes; its other failures do not', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const body = { jsonrpc: '2.0', id: 1, error: { code: -32_601, message: 'Method not found' } }
  const answering = (status: number, value: unknown) =>
    post(host, 'status', { status, body: value }, { headers: MODERN })
  for (const status of [400, 404, 422]) {
    expect(await answering(status, body)).toMatchObject({ ...body, status })
  }
  for (const [status, value] of [
    [400, 'no'],
    [404, { message: 'nothing here' }],
    [401, body],
    [403, body],
    [500, body],
    [302, {}],
  ] as const) {
    expect(await answering(status, value)).toMatchObject({
      status: 200,
      id: 1,
      error: {
        code: -32_010,
        message: TOOL_FAILURE,
        data: { reason: `The server answered with HTTP status ${status}` },
      },
    })
  }
})

test('a redirect to the same server is followed', async ({ expect }) => {
  await using host = await startRuntimeHost()
  await host.runtimes.putRuntime(runtimeConfiguration())
  const answer = await post(host, 'redirect', {}, { headers: MODERN })
  expect(answer.result).toEqual({ path: '/mcp/' })
})

test('a server gets the headers of the protocol and those that are allowed', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const requestHeaderAllowlist = ['X-Tenant', 'Authorization', 'X-Missing']
  await host.runtimes.putRuntime(runtimeConfiguration({ authorizer, requestHeaderAllowlist }))
  const sent = {
    ...MODERN,
    authorization: 'Bearer good',
    'x-tenant': 'blue',
    'x-other': 'no',
    cookie: 'a=b',
    'mcp-method': 'tools/call',
    'mcp-name': 'describe',
    'mcp-param-region': 'eu',
    traceparent: '00-1-2-03',
  }
  const { result, headers } = await post(host, 'describe', {}, { headers: sent })
  const { 'x-other': _, cookie: __, ...passed } = sent
  const got = result?.['headers'] as Record<string, string>
  expect(got).toMatchObject({ ...passed, host: 'localhost:8000' })
  expect(got['x-amzn-bedrock-agentcore-runtime-request-id']).toBe(headers.get('x-amzn-requestid'))
  expect(
    Object.keys(got).filter((name) => ['x-other', 'cookie', 'user-agent'].includes(name)),
  ).toEqual([])
  expect(headers.has('set-cookie')).toBe(false)
  await host.runtimes.putRuntime(runtimeConfiguration({ requestHeaderAllowlist }))
  const open = await post(host, 'describe', {}, { headers: sent })
  expect(open.result?.['headers']).not.toHaveProperty('authorization')
  const long = await post(host, 'describe', {}, { headers: { 'x-tenant': 'x'.repeat(4_097) } })
  expect(long.error).toMatchObject({ code: -32_006 })
})

test('a refusal names the request by its id as far as it can be read', async ({ expect }) => {
  await using host = await startRuntimeHost()
  const send = async (body: string, headers = {}) => {
    const unacceptable = { accept: 'text/html', ...headers }
    const init = { method: 'POST', body, headers: unacceptable }
    const response = await fetch(`${host.baseUrl}${INVOCATIONS}`, init)
    return (await response.json()) as object
  }
  await host.runtimes.putRuntime(runtimeConfiguration())
  expect(await send('{"jsonrpc":"2.0","id":"a","method":"x"}')).toMatchObject({ id: 'a' })
  expect(await send('[{"jsonrpc":"2.0","id":"a","method":"x"}]')).toMatchObject({ id: null })
  expect(await send('{"jsonrpc":')).toMatchObject({ id: null })
  expect(await send('{"jsonrpc":', MODERN)).not.toHaveProperty('id')
})
