// For tests: one gateway that is ordinary in every way the test does not mention, and a client's view
// of it. The function behind it is whatever the test says; callers with the token `good` may call.
import { OAuthRefusal } from '../../src/oauth/oauth-refusal.ts'
import type { JwtAuthorizer } from '../../src/oauth/jwt-authorizer.ts'
import type { GatewayInput } from '../../src/gateway/check-gateway-input.ts'
import type { FunctionInvoker, InvocationOutcome } from '../../src/gateway/function-invoker.ts'
import { createGateways, type GatewaysOptions } from '../../src/gateway/gateways.ts'
import type { TargetInput } from '../../src/gateway/read-target-configuration.ts'
import type { GatewayRequest } from '../../src/gateway/served-gateway.ts'

type Invoke = FunctionInvoker['invoke']
type Headers = GatewayRequest['headers']

interface TestGatewayOptions extends Partial<Omit<GatewaysOptions, 'functions'>> {
  readonly gateway?: Partial<GatewayInput>
  readonly tools?: unknown
  /** What the function does, or how each invocation ends. */
  readonly invoke?: Invoke | InvocationOutcome
}

export const REQUEST_ID = '11111111-2222-4333-8444-555555555555'
export const LAMBDA_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:greeter'
export const GREET = {
  name: 'greet',
  description: 'Greet a user by name',
  inputSchema: {
    type: 'object',
    properties: { name: { type: 'string', description: 'Whom' } },
    required: ['name'],
  },
}
const CONFIGURATION = {
  customJWTAuthorizer: {
    discoveryUrl: 'http://127.0.0.1:1/.well-known/openid-configuration',
    allowedClients: ['client'],
  },
}

/** A target input with these tools. */
export function targetInput(tools: unknown, rest: Partial<TargetInput> = {}): TargetInput {
  const toolSchema = { inlinePayload: tools }
  const targetConfiguration = { mcp: { lambda: { lambdaArn: LAMBDA_ARN, toolSchema } } }
  return { name: 'greeter', targetId: 'TARGET0001', targetConfiguration, ...rest }
}

/** An authorizer that lets `good` pass and `narrow` not far enough. */
export function testAuthorizer(scopes: readonly string[] = []): JwtAuthorizer {
  const caller = { issuer: 'https://issuer', subject: 'client', scopes: [], claims: {} }
  return {
    authorize(authorization) {
      if (authorization === 'Bearer good') return caller
      if (authorization === undefined) throw new OAuthRefusal('missing', 'Missing Bearer token')
      if (authorization !== 'Bearer narrow') {
        return Promise.reject(new OAuthRefusal('invalid', 'Invalid Bearer token'))
      }
      throw new OAuthRefusal('insufficient', 'One of these scopes is needed: a/read')
    },
    async prepare() {},
    scopes,
    authorizationServers: () => ['https://issuer'],
  }
}

/** Makes the gateway `test-0000000000` with the target `greeter`, and speaks to it like a client. */
export function testGateway(options: TestGatewayOptions = {}) {
  const { gateway, tools = [GREET], invoke = { kind: 'returned', payload: '"Hello"' } } = options
  const invocations: unknown[] = []
  const logged: unknown[] = []
  const log = (message: string, fields?: object) => void logged.push({ message, ...fields })
  const gateways = createGateways({
    authorizerFor: () => testAuthorizer(),
    log: { info: log, warn: log, error: log },
    ...options,
    functions: {
      async invoke(lambdaArn, payload, { clientContext, ...rest }) {
        const context: unknown = JSON.parse(clientContext)
        invocations.push({ lambdaArn, payload, context, ...rest })
        return typeof invoke === 'function'
          ? invoke(lambdaArn, payload, { clientContext, ...rest })
          : invoke
      },
    },
  })
  const needsToken = gateway?.authorizerType === 'CUSTOM_JWT'
  const record = gateways.createGateway({
    name: 'test',
    gatewayId: 'test-0000000000',
    authorizerType: 'NONE',
    ...(needsToken && { authorizerConfiguration: CONFIGURATION }),
    baseUrl: 'http://127.0.0.1:4420',
    ...gateway,
  })
  gateways.putTarget(record.gatewayId, targetInput(tools))

  async function send(inbound: Partial<GatewayRequest>) {
    const answer = await gateways.serve(record.gatewayId, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '',
      requestId: REQUEST_ID,
      resourceMetadataUrl: 'http://host/.well-known/oauth-protected-resource/mcp',
      ...inbound,
    })
    const body =
      answer.body === undefined ? undefined : (JSON.parse(String(answer.body)) as unknown)
    return { status: answer.status, headers: answer.headers, body }
  }
  /** A request of the handshake revisions. */
  const legacy = (method: string, params?: object, headers: Headers = {}) =>
    send({
      headers: {
        'content-type': 'application/json',
        ...(method !== 'initialize' && { 'mcp-protocol-version': '2025-11-25' }),
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    })
  /** A request that carries its own envelope. */
  const modern = (method: string, params: Record<string, unknown> = {}, headers: Headers = {}) =>
    send({
      headers: {
        'content-type': 'application/json',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': method,
        ...(typeof params.name === 'string' && { 'mcp-name': params.name }),
        ...headers,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method,
        params: { ...params, _meta: ENVELOPE },
      }),
    })
  return { gateways, record, invocations, logged, send, legacy, modern }
}

const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
}
