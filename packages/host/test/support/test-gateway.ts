// For tests: one gateway that is ordinary in every way the test does not mention, and a client's view
// of it. The function behind it is whatever the test says; callers with the token `good` may call.
import { AwsFault } from '../../src/aws/aws-fault.ts'
import type { AwsAuthenticator } from '../../src/aws/authenticate.ts'
import type { AppTargetInput } from '../../src/gateway/app-gateways.ts'
import type { GatewayInput } from '../../src/gateway/check-gateway-input.ts'
import type { FunctionInvoker, InvocationOutcome } from '../../src/gateway/function-invoker.ts'
import { openGateways, type GatewaysOptions } from '../../src/gateway/gateways.ts'
import type { LinkedIdentities } from '../../src/gateway/linked-identities.ts'
import type { GatewayRequest } from '../../src/gateway/inbound-call.ts'
import { createTargetId, parseGatewayId, type TargetId } from '../../src/kernel/ids.ts'
import { workloadIdentityArn } from '../../src/kernel/ids.ts'
import type { JwtAuthorizer } from '../../src/oauth/jwt-authorizer.ts'
import { OAuthRefusal } from '../../src/oauth/oauth-refusal.ts'
import { openStore } from '../../src/store/store.ts'

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
export function targetInput(tools: unknown, rest: Partial<AppTargetInput> = {}): AppTargetInput {
  const toolSchema = { inlinePayload: tools }
  return {
    name: 'greeter',
    targetId: 'TARGET0001' as TargetId,
    targetConfiguration: { mcp: { lambda: { lambdaArn: LAMBDA_ARN, toolSchema } } },
    credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
    ...rest,
  }
}

/** Workload identities that are only named. */
export const namedIdentities: LinkedIdentities = {
  describe: (scope, name) => ({
    workloadIdentityArn: workloadIdentityArn(name, scope),
    created: [],
    removed: [],
    commit() {},
    uncommit() {},
  }),
}

/** Knows no access key at all. */
const strictAuthenticator: AwsAuthenticator = {
  authenticate: () => Promise.reject(new AwsFault('UnrecognizedClientException', 403, 'Unknown')),
  claim() {
    throw new AwsFault('UnrecognizedClientException', 403, 'Unknown')
  },
}

/** Everything a set of gateways needs, empty: no stored row, no function, no credential. */
export function gatewaysOptions(
  rest: Partial<GatewaysOptions> & Pick<GatewaysOptions, 'functions' | 'log'>,
): GatewaysOptions {
  return {
    store: openStore(':memory:'),
    authorizerFor: () => testAuthorizer(),
    aws: strictAuthenticator,
    identities: namedIdentities,
    outbound: {
      oauth2Token: () => Promise.reject(new Error('no tokens here')),
      apiKey: () => Promise.reject(new Error('no keys here')),
    },
    providers: { kindOf: () => undefined },
    signer: { canSign: () => false, sign: () => ({}) },
    objects: { readObject: () => Promise.reject(new Error('no objects here')) },
    baseUrl: () => 'http://127.0.0.1:4420',
    ...rest,
  }
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
export async function testGateway(options: TestGatewayOptions = {}) {
  const { gateway, tools = [GREET], invoke = { kind: 'returned', payload: '"Hello"' } } = options
  const invocations: unknown[] = []
  const logged: unknown[] = []
  const log = (message: string, fields?: object) => void logged.push({ message, ...fields })
  const { gateway: _, tools: __, invoke: ___, ...rest } = options
  const gateways = await openGateways(
    gatewaysOptions({
      log: { info: log, warn: log, error: log },
      ...rest,
      functions: {
        checkInvoker: () => Promise.resolve(),
        async invoke(lambdaArn, payload, { clientContext, ...asked }) {
          const context: unknown = JSON.parse(clientContext)
          invocations.push({ lambdaArn, payload, context, ...asked })
          return typeof invoke === 'function'
            ? invoke(lambdaArn, payload, { clientContext, ...asked })
            : invoke
        },
      },
    }),
  )
  const needsToken = gateway?.authorizerType === 'CUSTOM_JWT'
  const gatewayId = parseGatewayId('test-0000000000')
  if (gatewayId === undefined) throw new Error('not a gateway id')
  /** Puts the gateway again, with these targets. */
  const put = (
    targets: readonly (Omit<AppTargetInput, 'targetId'> & { readonly targetId?: TargetId })[],
    changes: Partial<GatewayInput> = {},
  ) => {
    const prepared = gateways.prepareGateway(
      {
        name: 'test',
        gatewayId,
        authorizerType: 'NONE',
        ...(needsToken && { authorizerConfiguration: CONFIGURATION }),
        ...gateway,
        ...changes,
      },
      targets.map((target) => ({ targetId: createTargetId(), ...target })),
    )
    prepared.commit()
    return prepared.record
  }
  const record = put([targetInput(tools)])

  async function send(inbound: Partial<GatewayRequest>) {
    const answer = await gateways.serve(record.gatewayId, {
      method: 'POST',
      path: '/mcp',
      query: '',
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
  return {
    gateways: { ...gateways, control: await gateways.control() },
    record,
    put,
    invocations,
    logged,
    send,
    legacy,
    modern,
  }
}

const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
}
