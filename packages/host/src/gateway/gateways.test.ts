import { test } from 'vitest'
import { HostError } from '../kernel/host-error.ts'
import { createTargetId, parseGatewayId, type TargetId } from '../kernel/ids.ts'
import { silentLog } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { openStore } from '../store/store.ts'
import { openGateways, type GatewaysOptions } from './gateways.ts'
import {
  gatewaysOptions,
  GREET,
  LAMBDA_ARN,
  targetInput,
  testAuthorizer,
  testGateway,
} from '../../test/support/test-gateway.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 2, 3, 4, second))
const ROLE = 'arn:aws:iam::000000000000:role/gateway'
const OPEN = { name: 'tools', authorizerType: 'NONE', roleArn: ROLE } as const
const OTHER_ACCOUNT = { ...DEFAULT_SCOPE, accountId: '111111111111' }

async function codeOf(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return error instanceof HostError ? error.code : error
  }
}

/** Gateways whose functions answer with their own ARN. */
async function openEmpty(rest: Partial<GatewaysOptions> = {}) {
  const functions = {
    checkInvoker: () => Promise.resolve(),
    invoke: (arn: string) =>
      Promise.resolve({ kind: 'returned' as const, payload: JSON.stringify(arn) }),
  }
  const gateways = await openGateways(gatewaysOptions({ log: silentLog, functions, ...rest }))
  return { ...gateways, control: await gateways.control() }
}

function lambdaTarget(tools: unknown, name = 'greeter') {
  const { targetId: _, ...input } = targetInput(tools, { name })
  return input
}

// What an app file describes.

test('a gateway of an app file is ready at once, at an address of its own', async ({ expect }) => {
  const { gateways, record } = await testGateway({
    now: () => at(5),
    gateway: { description: 'Greets' },
  })
  expect(record).toEqual({
    origin: 'app',
    scope: DEFAULT_SCOPE,
    gatewayId: 'test-0000000000',
    gatewayArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/test-0000000000',
    name: 'test',
    description: 'Greets',
    authorizerType: 'NONE',
    protocolType: 'MCP',
    protocolConfiguration: {
      mcp: { supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'] },
    },
    workloadIdentityArn:
      'arn:aws:bedrock-agentcore:us-east-1:000000000000:workload-identity-directory/default/workload-identity/test-0000000000',
    tags: {},
    status: 'READY',
    createdAt: at(5),
    updatedAt: at(5),
  })
  expect(gateways.gatewayUrl(record)).toBe('http://127.0.0.1:4420/gateway/test-0000000000/mcp')
  expect(gateways.control.getGateway(DEFAULT_SCOPE, record.gatewayId)).toEqual(record)
  expect(gateways.has('other-0000000000')).toBe(false)
})

test('a gateway can be described again: what stays keeps its age', async ({ expect }) => {
  let second = 0
  const { gateways, record, put, legacy } = await testGateway({ now: () => at(second++) })
  const protocolConfiguration = { mcp: { instructions: 'Now with instructions' } }
  const again = put([targetInput([GREET])], { protocolConfiguration })
  expect(again).toMatchObject({ createdAt: record.createdAt, updatedAt: at(1) })
  expect(gateways.control.listTargets(DEFAULT_SCOPE, record.gatewayId)).toEqual([
    {
      gatewayId: record.gatewayId,
      targetId: 'TARGET0001',
      name: 'greeter',
      targetConfiguration: {
        mcp: { lambda: { lambdaArn: LAMBDA_ARN, toolSchema: { inlinePayload: [GREET] } } },
      },
      credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
      status: 'READY',
      createdAt: at(0),
      updatedAt: at(1),
    },
  ])
  expect(await legacy('initialize')).toMatchObject({
    body: { result: { instructions: 'Now with instructions' } },
  })
  put([])
  expect(await legacy('tools/list')).toMatchObject({ body: { result: { tools: [] } } })
})

test('nothing of a refused app gateway shows', async ({ expect }) => {
  const { put, legacy } = await testGateway()
  const wrong = targetInput([{ ...GREET, description: '' }])
  expect(await codeOf(() => put([wrong]))).toBe('ERR_INVALID_INPUT')
  const twins = [targetInput([GREET]), { ...targetInput([GREET]), targetId: createTargetId() }]
  expect(await codeOf(() => put(twins))).toBe('ERR_CONFLICT')
  const many = Array.from({ length: 101 }, (_, index) => ({
    ...targetInput([], { name: `t${index}` }),
    targetId: createTargetId(),
  }))
  expect(await codeOf(() => put(many))).toBe('ERR_LIMIT_EXCEEDED')
  const call = await legacy('tools/call', { name: 'greeter___greet', arguments: { name: 'Ada' } })
  expect(call).toMatchObject({ body: { result: { isError: false } } })
})

test('a gateway that was removed is gone', async ({ expect }) => {
  const { gateways, record, legacy } = await testGateway()
  gateways.removeGateway(record.gatewayId)
  expect(gateways.has(record.gatewayId)).toBe(false)
  expect(await legacy('ping')).toMatchObject({ status: 404 })
  expect(await codeOf(() => gateways.removeGateway(record.gatewayId))).toBe('ERR_NOT_FOUND')
})

test('what an app file describes cannot be changed through the API', async ({ expect }) => {
  const { gateways, record } = await testGateway()
  const { gatewayId, gatewayArn } = record
  const scope = DEFAULT_SCOPE
  const limit = {
    dimensionKeys: ['toolName'],
    entries: [
      { dimensions: { toolName: '*' }, requests: [{ rate: 1, period: 'second' as const }] },
    ],
  }
  const changes = [
    () => gateways.control.updateGateway(scope, gatewayId, OPEN),
    () => gateways.control.deleteGateway(scope, gatewayId),
    () => gateways.control.createTarget(scope, gatewayId, lambdaTarget([GREET], 'other')),
    () => gateways.control.updateTarget(scope, gatewayId, 'TARGET0001', lambdaTarget([GREET])),
    () => gateways.control.deleteTarget(scope, gatewayId, 'TARGET0001'),
    () => gateways.control.synchronizeTarget(scope, gatewayId, 'TARGET0001'),
    () => gateways.control.createRateLimit(scope, gatewayId, limit),
    () => gateways.writeTags(gatewayArn, { a: 'b' }),
    () => gateways.writePolicy(gatewayArn, undefined),
  ]
  for (const change of changes) expect(await codeOf(change)).toBe('ERR_CONFLICT')
  expect(await codeOf(() => gateways.control.createGateway(scope, { ...OPEN, name: 'test' }))).toBe(
    'ERR_CONFLICT',
  )
})

test('names that some models refuse are mentioned', async ({ expect }) => {
  const name = 'a'.repeat(60)
  const { logged } = await testGateway({ tools: [GREET, { ...GREET, name }] })
  expect(logged).toEqual([
    {
      message: 'A tool has a name of more than 64 characters, which some models refuse',
      gatewayId: 'test-0000000000',
      tool: `greeter___${name}`,
    },
  ])
})

// What API callers make.

test('what was made is there after a restart, and nothing else', async ({ expect }) => {
  await using store = openStore(':memory:')
  const first = await openEmpty({ store })
  const gateway = await first.control.createGateway(DEFAULT_SCOPE, {
    ...OPEN,
    tags: { team: 'a' },
    protocolConfiguration: { mcp: { searchType: 'SEMANTIC' } },
  })
  const { gatewayId, gatewayArn } = gateway
  await first.control.createTarget(DEFAULT_SCOPE, gatewayId, lambdaTarget([GREET], 'b'))
  const gone = await first.control.createTarget(
    DEFAULT_SCOPE,
    gatewayId,
    lambdaTarget([GREET], 'c'),
  )
  await first.control.createTarget(DEFAULT_SCOPE, gatewayId, lambdaTarget([], 'a'))
  await first.control.deleteTarget(DEFAULT_SCOPE, gatewayId, gone.targetId)
  await first.control.createRateLimit(DEFAULT_SCOPE, gatewayId, {
    dimensionKeys: ['targetName'],
    entries: [{ dimensions: { targetName: '*' }, requests: [{ rate: 5, period: 'minute' }] }],
  })
  await first.writeTags(gatewayArn, { team: 'b' })
  const statements = [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }]
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  await first.writePolicy(gatewayArn, policy)
  const passing = await first.control.createGateway(DEFAULT_SCOPE, { ...OPEN, name: 'passing' })
  await first.control.deleteGateway(DEFAULT_SCOPE, passing.gatewayId)
  const whole = (of: typeof first) => ({
    gateways: of.control.listGateways(DEFAULT_SCOPE),
    targets: of.control.listTargets(DEFAULT_SCOPE, gatewayId),
    limits: of.control.listRateLimits(DEFAULT_SCOPE, gatewayId),
    tags: of.readTags(gatewayArn),
    policy: of.readPolicy(gatewayArn),
  })
  const before = whole(first)
  await first[Symbol.asyncDispose]()

  await using second = await openEmpty({ store })
  expect(whole(second)).toEqual(before)
  expect(before).toMatchObject({
    gateways: [{ name: 'tools', origin: 'api' }],
    targets: [{ name: 'b' }, { name: 'a' }],
    tags: { team: 'b' },
    policy,
  })
})

test('an update replaces everything but the search type, and keeps what is not configured', async ({
  expect,
}) => {
  let second = 0
  await using gateways = await openEmpty({ now: () => at(second++) })
  const made = await gateways.control.createGateway(DEFAULT_SCOPE, {
    ...OPEN,
    description: 'Old',
    exceptionLevel: 'DEBUG',
    tags: { team: 'a' },
    protocolConfiguration: { mcp: { searchType: 'SEMANTIC', instructions: 'Old' } },
  })
  const updated = await gateways.control.updateGateway(DEFAULT_SCOPE, made.gatewayId, {
    ...OPEN,
    name: 'renamed',
  })
  const { description: _, exceptionLevel: __, ...kept } = made
  expect(updated).toEqual({
    ...kept,
    name: 'renamed',
    protocolConfiguration: {
      mcp: {
        supportedVersions: made.protocolConfiguration.mcp.supportedVersions,
        searchType: 'SEMANTIC',
      },
    },
    updatedAt: at(1),
  })
  const plain = await gateways.control.createGateway(DEFAULT_SCOPE, { ...OPEN, name: 'plain' })
  const protocolConfiguration = { mcp: { searchType: 'SEMANTIC' as const } }
  const tooLate = { ...OPEN, name: 'plain', protocolConfiguration }
  expect(
    await codeOf(() => gateways.control.updateGateway(DEFAULT_SCOPE, plain.gatewayId, tooLate)),
  ).toBe('ERR_INVALID_INPUT')
})

test('accounts and Regions see their own gateways alone', async ({ expect }) => {
  await using gateways = await openEmpty()
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, OPEN)
  const twin = await gateways.control.createGateway(OTHER_ACCOUNT, OPEN)
  expect(twin.gatewayArn).toContain(':111111111111:')
  expect(gateways.control.listGateways(OTHER_ACCOUNT)).toEqual([twin])
  for (const scope of [OTHER_ACCOUNT, { ...DEFAULT_SCOPE, region: 'eu-west-1' }]) {
    expect(await codeOf(() => gateways.control.getGateway(scope, gatewayId))).toBe('ERR_NOT_FOUND')
    expect(await codeOf(() => gateways.control.deleteGateway(scope, gatewayId))).toBe(
      'ERR_NOT_FOUND',
    )
    expect(
      await codeOf(() => gateways.control.createTarget(scope, gatewayId, lambdaTarget([]))),
    ).toBe('ERR_NOT_FOUND')
  }
})

test('names are unique, also among creates at the same time', async ({ expect }) => {
  await using gateways = await openEmpty()
  const racing = Array.from({ length: 5 }, () =>
    codeOf(() => gateways.control.createGateway(DEFAULT_SCOPE, OPEN)),
  )
  const endings = await Promise.all(racing)
  expect(endings.filter((it) => it === 'ERR_CONFLICT')).toHaveLength(4)
  const [gateway] = gateways.control.listGateways(DEFAULT_SCOPE)
  const { gatewayId = '' } = gateway ?? {}
  const targets = Array.from({ length: 5 }, () =>
    codeOf(() => gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, lambdaTarget([GREET]))),
  )
  expect((await Promise.all(targets)).filter((it) => it === 'ERR_CONFLICT')).toHaveLength(4)
  expect(gateways.control.listTargets(DEFAULT_SCOPE, gatewayId)).toHaveLength(1)
})

test('what cannot be stored did not happen', async ({ expect }) => {
  await using store = openStore(':memory:')
  const broken = { ...store, write: () => Promise.reject(new Error('the disk is full')) }
  await using gateways = await openEmpty({ store: broken })
  await expect(gateways.control.createGateway(DEFAULT_SCOPE, OPEN)).rejects.toThrow(
    'the disk is full',
  )
  expect(gateways.control.listGateways(DEFAULT_SCOPE)).toEqual([])
})

test('an account has 1,000 gateways and a gateway 100 targets', async ({ expect }) => {
  await using gateways = await openEmpty()
  const make = (index: number) =>
    gateways.control.createGateway(DEFAULT_SCOPE, { ...OPEN, name: `g${index}` })
  const { gatewayId } = await make(0)
  for (let index = 1; index < 1_000; index++) await make(index)
  expect(await codeOf(() => make(1_000))).toBe('ERR_LIMIT_EXCEEDED')
  const add = (index: number) =>
    gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, lambdaTarget([], `t${index}`))
  for (let index = 0; index < 100; index++) await add(index)
  expect(await codeOf(() => add(100))).toBe('ERR_LIMIT_EXCEEDED')
})

test('a gateway with targets is not deleted, and one without is gone', async ({ expect }) => {
  await using gateways = await openEmpty()
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, OPEN)
  const { targetId } = await gateways.control.createTarget(
    DEFAULT_SCOPE,
    gatewayId,
    lambdaTarget([GREET]),
  )
  const remove = () => gateways.control.deleteGateway(DEFAULT_SCOPE, gatewayId)
  expect(await codeOf(remove)).toBe('ERR_CONFLICT')
  await gateways.control.deleteTarget(DEFAULT_SCOPE, gatewayId, targetId)
  await remove()
  expect(await codeOf(remove)).toBe('ERR_NOT_FOUND')
})

test('a tool schema may stand in S3', async ({ expect }) => {
  const documents = new Map([
    ['s3://schemas/list.json', JSON.stringify([GREET])],
    ['s3://schemas/object.json', JSON.stringify({ tools: [GREET] })],
    ['s3://schemas/wrong.json', JSON.stringify([{ ...GREET, inputSchema: { type: 'array' } }])],
    ['s3://schemas/text.json', 'not JSON'],
  ])
  await using gateways = await openEmpty({
    objects: {
      async readObject({ uri }) {
        const text = documents.get(uri)
        if (text === undefined) throw new HostError('ERR_NOT_FOUND', `no object ${uri}`)
        return Buffer.from(text)
      },
    },
  })
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, OPEN)
  const make = (key: string) =>
    gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, {
      ...lambdaTarget([], key),
      targetConfiguration: {
        mcp: {
          lambda: {
            lambdaArn: LAMBDA_ARN,
            toolSchema: { s3: { uri: `s3://schemas/${key}.json` } },
          },
        },
      },
    })
  expect(await make('list')).toMatchObject({ status: 'READY', tools: [GREET] })
  expect(await make('object')).toMatchObject({ tools: [GREET] })
  expect(await codeOf(() => make('wrong'))).toBe('ERR_INVALID_INPUT')
  expect(await codeOf(() => make('text'))).toBe('ERR_INVALID_INPUT')
  expect(await codeOf(() => make('absent'))).toBe('ERR_NOT_FOUND')
})

test('a Lambda target needs the role of its gateway, bare', async ({ expect }) => {
  await using gateways = await openEmpty()
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, OPEN)
  const providers = [
    undefined,
    [],
    [{ credentialProviderType: 'OAUTH' }],
    [
      {
        credentialProviderType: 'GATEWAY_IAM_ROLE',
        credentialProvider: { iamCredentialProvider: { service: 'lambda' } },
      },
    ],
  ]
  for (const credentialProviderConfigurations of providers) {
    const input = { ...lambdaTarget([GREET]), credentialProviderConfigurations }
    expect(await codeOf(() => gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, input))).toBe(
      'ERR_INVALID_INPUT',
    )
  }
})

test('a target without a name gets one, and keeps the one it has', async ({ expect }) => {
  await using gateways = await openEmpty()
  const { gatewayId } = await gateways.control.createGateway(DEFAULT_SCOPE, OPEN)
  const { name: _, ...unnamed } = lambdaTarget([GREET])
  const made = await gateways.control.createTarget(DEFAULT_SCOPE, gatewayId, unnamed)
  expect(made.name).toBe(`target-${made.targetId.toLowerCase()}`)
  const update = (name?: string) =>
    gateways.control.updateTarget(DEFAULT_SCOPE, gatewayId, made.targetId, {
      ...unnamed,
      ...(name !== undefined && { name }),
    })
  expect(await update('named')).toMatchObject({ name: 'named', createdAt: made.createdAt })
  expect(await update()).toMatchObject({ name: 'named' })
})

test('what a target lets through of a request reaches its function', async ({ expect }) => {
  const { put, send, invocations } = await testGateway()
  put([
    {
      ...targetInput([GREET]),
      metadataConfiguration: {
        allowedRequestHeaders: [
          'X-Tenant',
          'X-Absent',
          'x-amzn-bedrock-agentcore-policy-session-id',
        ],
        allowedQueryParameters: ['trace'],
      },
    },
  ])
  await send({
    query: 'trace=7&secret=8',
    headers: {
      'content-type': 'application/json',
      'x-tenant': 'blue',
      'x-other': 'red',
      'x-amzn-bedrock-agentcore-policy-session-id': 'a',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'greeter___greet', arguments: { name: 'Ada' } },
    }),
  })
  expect(invocations).toMatchObject([
    {
      context: {
        custom: {
          bedrockAgentCoreMcpMessageId: 1,
          bedrockAgentCorePropagatedHeaders: { 'X-Tenant': 'blue' },
          bedrockAgentCorePropagatedQueryParameters: { trace: '7' },
        },
      },
    },
  ])
})

test('1,000 gateways with 10 targets each are there at once, and serve when they are asked', async ({
  expect,
}) => {
  await using store = openStore(':memory:')
  const first = await openEmpty({ store })
  const gateway = await first.control.createGateway(DEFAULT_SCOPE, OPEN)
  const target = await first.control.createTarget(
    DEFAULT_SCOPE,
    gateway.gatewayId,
    lambdaTarget([GREET]),
  )
  const rows = Array.from({ length: 1_000 }, (_, index) => {
    const gatewayId = parseGatewayId(`g-${String(index).padStart(10, '0')}`)
    if (gatewayId === undefined) throw new Error('not a gateway id')
    const record = { ...gateway, gatewayId, name: `g${index}` }
    const targets = Array.from({ length: 10 }, (__, nth) => {
      const targetId = `T${String(index * 10 + nth).padStart(9, '0')}` as TargetId
      const value = { ...target, gatewayId, targetId, name: `t${nth}` }
      return { kind: 'gateway-target', id: `${gatewayId}/${targetId}`, value }
    })
    return [{ kind: 'gateway-record', id: gatewayId, value: record }, ...targets]
  })
  await store.write(rows.flat())
  await first[Symbol.asyncDispose]()

  const begun = performance.now()
  await using second = await openEmpty({ store })
  expect(performance.now() - begun).toBeLessThan(1_000)
  expect(second.control.listGateways(DEFAULT_SCOPE)).toHaveLength(1_001)
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 't9___greet', arguments: { name: 'Ada' } },
  })
  const answer = await second.serve('g-0000000999', {
    method: 'POST',
    path: '/mcp',
    query: '',
    headers: { 'content-type': 'application/json' },
    body,
    requestId: 'r',
    resourceMetadataUrl: '',
  })
  expect(JSON.parse(String(answer.body))).toMatchObject({ result: { isError: false } })
})

test('the metadata of a protected gateway says where to get a token, and for what', async ({
  expect,
}) => {
  const resource = 'http://127.0.0.1:4420/gateway/test-0000000000/mcp'
  const { gateways, record } = await testGateway({
    gateway: { authorizerType: 'CUSTOM_JWT' },
    authorizerFor: () => testAuthorizer(['shown/read']),
  })
  expect(gateways.describeResource(record.gatewayId, { resource })).toEqual({
    resource,
    authorization_servers: ['https://issuer'],
    scopes_supported: ['shown/read'],
    bearer_methods_supported: ['header'],
  })
  const open = await testGateway()
  expect(open.gateways.describeResource(record.gatewayId, { resource })).toBeUndefined()
  expect(open.gateways.describeResource('other-0000000000', { resource })).toBeUndefined()
})
