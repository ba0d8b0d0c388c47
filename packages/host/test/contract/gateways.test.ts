// Gateways, targets and rate limits through the AWS SDK, on a host as `catamaran up` starts it.
import { randomUUID } from 'node:crypto'
import {
  BatchPutGatewayRateLimitsCommand,
  CreateGatewayCommand,
  CreateGatewayRateLimitCommand,
  CreateGatewayTargetCommand,
  DeleteGatewayCommand,
  DeleteGatewayRateLimitCommand,
  DeleteGatewayTargetCommand,
  DeleteResourcePolicyCommand,
  GetGatewayCommand,
  GetGatewayRateLimitCommand,
  GetGatewayTargetCommand,
  GetResourcePolicyCommand,
  ListGatewayRateLimitsCommand,
  ListGatewaysCommand,
  ListGatewayTargetsCommand,
  ListTagsForResourceCommand,
  paginateListGateways,
  paginateListGatewayTargets,
  PutResourcePolicyCommand,
  SynchronizeGatewayTargetsCommand,
  TagResourceCommand,
  UpdateGatewayCommand,
  UpdateGatewayRateLimitCommand,
  UpdateGatewayTargetCommand,
  type BedrockAgentCoreControlClient,
  type CreateGatewayCommandInput,
  type TargetConfiguration,
  type ToolDefinition,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { test } from 'vitest'
import { startAwsHost } from '../support/aws-host.ts'
import { until } from '../support/function-world.ts'
import { startMcpServer } from '../support/mcp-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { zipFiles } from '../support/zip.ts'

const ROLE = 'arn:aws:iam::000000000000:role/gateway'
const OPEN = { name: 'tools', roleArn: ROLE, authorizerType: 'NONE', protocolType: 'MCP' } as const
const GREET = {
  name: 'greet',
  description: 'Greets somebody',
  inputSchema: {
    type: 'object' as const,
    properties: { name: { type: 'string' as const, description: 'Whom' } },
    required: ['name'],
  },
} satisfies ToolDefinition
const LAMBDA_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:greeter'
const ROLE_CREDENTIALS = [{ credentialProviderType: 'GATEWAY_IAM_ROLE' as const }]
const UNKNOWN = 'tools-0000000000'

const lambda = (lambdaArn = LAMBDA_ARN): TargetConfiguration => ({
  mcp: { lambda: { lambdaArn, toolSchema: { inlinePayload: [GREET] } } },
})
const refusal = (name: string, httpStatusCode: number, rest: object = {}) => ({
  name,
  $metadata: { httpStatusCode },
  ...rest,
})
const INVALID = refusal('ValidationException', 400, { reason: 'FieldValidationFailed' })
const MISSING = refusal('ResourceNotFoundException', 404)
const CONFLICT = refusal('ConflictException', 409)

async function makeGateway(
  control: BedrockAgentCoreControlClient,
  rest: Partial<CreateGatewayCommandInput> = {},
) {
  const made = await control.send(new CreateGatewayCommand({ ...OPEN, ...rest }))
  return {
    gatewayIdentifier: made.gatewayId ?? '',
    gatewayArn: made.gatewayArn ?? '',
    url: made.gatewayUrl ?? '',
    made,
  }
}

async function makeTarget(
  control: BedrockAgentCoreControlClient,
  gatewayIdentifier: string,
  name = 'greeter',
  targetConfiguration = lambda(),
) {
  const made = await control.send(
    new CreateGatewayTargetCommand({
      gatewayIdentifier,
      name,
      targetConfiguration,
      ...(targetConfiguration.mcp?.lambda && {
        credentialProviderConfigurations: ROLE_CREDENTIALS,
      }),
    }),
  )
  return { gatewayIdentifier, targetId: made.targetId ?? '', made }
}

/** What a client of the gateway sees of it. */
async function connect(url: string) {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL(url)))
  return {
    client,
    callGreet: () => client.callTool({ name: 'greeter___greet', arguments: { name: 'Ada' } }),
    [Symbol.asyncDispose]: () => client.close(),
  }
}

async function makeGreeter({ lambda: functions }: ReturnType<Host['clients']>) {
  const ZipFile = zipFiles({
    'index.mjs': 'export const handler = async ({ name }) => ({ said: `Hello ${name}` })',
  })
  await functions.send(
    new CreateFunctionCommand({
      FunctionName: 'greeter',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile },
    }),
  )
}
type Host = Awaited<ReturnType<typeof startAwsHost>>

test('from nothing to a tool that answers, and back', async ({ expect }) => {
  await using host = await startAwsHost()
  const clients = host.clients()
  const { control } = clients
  await makeGreeter(clients)
  const { gatewayIdentifier, gatewayArn, url, made } = await makeGateway(control, {
    description: 'Greets',
    exceptionLevel: 'DEBUG',
    protocolConfiguration: { mcp: { searchType: 'SEMANTIC', instructions: 'Greet everybody' } },
  })
  expect(made).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    gatewayArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/${gatewayIdentifier}`,
    gatewayUrl: `${host.url}/gateway/${gatewayIdentifier}/mcp`,
    status: 'CREATING',
    workloadIdentityDetails: {
      workloadIdentityArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:workload-identity-directory/default/workload-identity/${gatewayIdentifier}`,
    },
    createdAt: expect.any(Date),
  })
  const { $metadata: _, status: __, ...described } = made
  const got = await control.send(new GetGatewayCommand({ gatewayIdentifier }))
  expect(got).toMatchObject({ ...described, status: 'READY' })

  const { targetId, made: target } = await makeTarget(control, gatewayIdentifier)
  expect(target).toMatchObject({ status: 'CREATING', gatewayArn, targetId })
  expect(await control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId }))).toEqual({
    $metadata: expect.anything(),
    gatewayArn,
    targetId,
    name: 'greeter',
    status: 'READY',
    protocolType: 'MCP',
    targetConfiguration: lambda(),
    credentialProviderConfigurations: ROLE_CREDENTIALS,
    createdAt: target.createdAt,
    updatedAt: target.updatedAt,
  })
  {
    await using caller = await connect(url)
    const { tools } = await caller.client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'x_amz_bedrock_agentcore_search',
      'greeter___greet',
    ])
    expect(tools[1]).toEqual({ ...GREET, name: 'greeter___greet' })
    const search = { name: 'x_amz_bedrock_agentcore_search', arguments: { query: 'greeting' } }
    expect(await caller.client.callTool(search)).toMatchObject({
      structuredContent: { tools: [tools[1]] },
      isError: false,
    })
    expect(await caller.callGreet()).toMatchObject({
      content: [{ type: 'text', text: '{"said":"Hello Ada"}' }],
    })
  }
  const nonEmpty = control.send(new DeleteGatewayCommand({ gatewayIdentifier }))
  await expect(nonEmpty).rejects.toMatchObject(CONFLICT)
  const remove = new DeleteGatewayTargetCommand({ gatewayIdentifier, targetId })
  expect(await control.send(remove)).toMatchObject({ gatewayArn, targetId, status: 'DELETING' })
  await expect(control.send(remove)).rejects.toMatchObject(MISSING)
  const end = new DeleteGatewayCommand({ gatewayIdentifier })
  expect(await control.send(end)).toMatchObject({
    gatewayId: gatewayIdentifier,
    status: 'DELETING',
  })
  await expect(control.send(end)).rejects.toMatchObject(MISSING)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
})

test('a function of another account answers a gateway only when its policy says so', async ({
  expect,
}) => {
  await using host = await startAwsHost()
  const { lambda: functions } = host.clients()
  await makeGreeter(host.clients())
  const { control } = host.clients({ accountId: '111122223333' })
  const roleArn = 'arn:aws:iam::111122223333:role/gateway'
  // A role of the function's account is none that the gateway could be.
  for (const [name, role] of Object.entries({ honest: roleArn, sly: ROLE })) {
    const { gatewayIdentifier, url } = await makeGateway(control, { name, roleArn: role })
    await makeTarget(control, gatewayIdentifier)
    await using caller = await connect(url)
    expect(await caller.callGreet()).toMatchObject({ isError: true })
    const permission = { FunctionName: 'greeter', StatementId: 'other-account' }
    const Action = 'lambda:InvokeFunction'
    await functions.send(new AddPermissionCommand({ ...permission, Action, Principal: roleArn }))
    const said = { content: [{ type: 'text', text: '{"said":"Hello Ada"}' }] }
    expect(await caller.callGreet()).toMatchObject(role === roleArn ? said : { isError: true })
    await functions.send(new RemovePermissionCommand(permission))
  }
})

test('a gateway without a protocol has its MCP endpoint one step further', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const { url } = await makeGateway(control, { protocolType: undefined })
  expect(url).not.toMatch(/\/mcp$/)
  await using caller = await connect(`${url}/mcp`)
  expect((await caller.client.listTools()).tools).toEqual([])
})

test('an update replaces the whole, and calls follow it at once', async ({ expect }) => {
  await using host = await startAwsHost()
  const clients = host.clients()
  const { control } = clients
  await makeGreeter(clients)
  const { gatewayIdentifier, url } = await makeGateway(control, { description: 'Old' })
  const { targetId } = await makeTarget(control, gatewayIdentifier)
  const update = new UpdateGatewayCommand({ gatewayIdentifier, ...OPEN, name: 'renamed' })
  expect(await control.send(update)).toMatchObject({ status: 'UPDATING', name: 'renamed' })
  const got = await control.send(new GetGatewayCommand({ gatewayIdentifier }))
  expect(got).toMatchObject({ status: 'READY', name: 'renamed' })
  expect(got.description).toBeUndefined()

  await using caller = await connect(url)
  await control.send(
    new UpdateGatewayTargetCommand({
      gatewayIdentifier,
      targetId,
      name: 'other',
      targetConfiguration: lambda(),
      credentialProviderConfigurations: ROLE_CREDENTIALS,
    }),
  )
  const { tools } = await caller.client.listTools()
  expect(tools.map(({ name }) => name)).toEqual(['other___greet'])
  await expect(caller.callGreet()).rejects.toMatchObject({ code: -32602 })
})

test('lists come in pages, and only what is the caller’s own', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const other = host.clients({ accountId: '111111111111' }).control
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const name of names) await makeGateway(control, { name })
  const { gatewayIdentifier } = await makeGateway(other, { name: 'a' })
  const listed: string[] = []
  let pages = 0
  for await (const { items } of paginateListGateways({ client: control, pageSize: 2 }, {})) {
    pages += 1
    listed.push(...(items ?? []).map(({ name = '' }) => name))
  }
  expect([pages, listed.sort()]).toEqual([3, names])
  expect((await other.send(new ListGatewaysCommand({}))).items).toEqual([
    {
      gatewayId: gatewayIdentifier,
      name: 'a',
      status: 'READY',
      authorizerType: 'NONE',
      protocolType: 'MCP',
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    },
  ])
  for (const name of names) await makeTarget(other, gatewayIdentifier, name)
  const targets: string[] = []
  const config = { client: other, pageSize: 2 }
  for await (const { items } of paginateListGatewayTargets(config, { gatewayIdentifier })) {
    for (const { name = '', targetType } of items ?? []) targets.push(`${targetType} ${name}`)
  }
  expect(targets.sort()).toEqual(names.map((name) => `LAMBDA ${name}`))
  await expect(
    control.send(new ListGatewayTargetsCommand({ gatewayIdentifier })),
  ).rejects.toMatchObject(MISSING)
  const stale = new ListGatewaysCommand({ nextToken: 'made-up' })
  await expect(control.send(stale)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('the same request twice makes one gateway and one target', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const clientToken = randomUUID() + randomUUID()
  const create = (rest: Partial<CreateGatewayCommandInput> = {}) =>
    control.send(new CreateGatewayCommand({ ...OPEN, clientToken, ...rest }))
  const first = await create()
  expect((await create()).gatewayId).toBe(first.gatewayId)
  await expect(create({ name: 'other' })).rejects.toMatchObject({
    name: 'ValidationException',
    reason: 'IdempotentParameterMismatchException',
  })
  const target = () =>
    control.send(
      new CreateGatewayTargetCommand({
        gatewayIdentifier: first.gatewayId,
        name: 'greeter',
        targetConfiguration: lambda(),
        credentialProviderConfigurations: ROLE_CREDENTIALS,
        clientToken,
      }),
    )
  expect((await target()).targetId).toBe((await target()).targetId)
})

test('what cannot be is refused with AWS’s own words', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const { gatewayIdentifier } = await makeGateway(control)
  const { targetId } = await makeTarget(control, gatewayIdentifier)
  await expect(makeGateway(control)).rejects.toMatchObject(CONFLICT)
  await expect(makeTarget(control, gatewayIdentifier)).rejects.toMatchObject(CONFLICT)
  const wrong: Partial<CreateGatewayCommandInput>[] = [
    { name: 'no_underscores' },
    { name: 'a', roleArn: 'gateway' },
    { name: 'a', authorizerType: 'CUSTOM_JWT' },
    {
      name: 'a',
      authorizerType: 'CUSTOM_JWT',
      authorizerConfiguration: {
        customJWTAuthorizer: { discoveryUrl: 'https://a/.well-known/openid-configuration' },
      },
    },
    { name: 'a', protocolConfiguration: { mcp: { sessionConfiguration: {} } } },
    { name: 'a', policyEngineConfiguration: { arn: 'arn:a', mode: 'ENFORCE' } },
  ]
  for (const rest of wrong) await expect(makeGateway(control, rest)).rejects.toMatchObject(INVALID)
  const kinds: TargetConfiguration[] = [
    { mcp: { openApiSchema: { inlinePayload: '{}' } } },
    { mcp: { mcpServer: { endpoint: 'https://a.example/mcp', listingMode: 'DYNAMIC' } } },
    {
      http: {
        agentcoreRuntime: {
          arn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:runtime/a-0123456789',
        },
      },
    },
    lambda('greeter'),
  ]
  for (const kind of kinds) {
    await expect(makeTarget(control, gatewayIdentifier, 'b', kind)).rejects.toMatchObject(INVALID)
  }
  const bare = new CreateGatewayTargetCommand({
    gatewayIdentifier,
    name: 'b',
    targetConfiguration: lambda(),
  })
  await expect(control.send(bare)).rejects.toMatchObject(INVALID)
  const synchronize = new SynchronizeGatewayTargetsCommand({
    gatewayIdentifier,
    targetIdList: [targetId],
  })
  await expect(control.send(synchronize)).rejects.toMatchObject(INVALID)
  const unknown = { gatewayIdentifier: UNKNOWN }
  const missing = [
    () => control.send(new GetGatewayCommand(unknown)),
    () => control.send(new UpdateGatewayCommand({ ...unknown, ...OPEN })),
    () => control.send(new DeleteGatewayCommand(unknown)),
    () => control.send(new ListGatewayTargetsCommand(unknown)),
    () => makeTarget(control, UNKNOWN),
    () => control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId: 'AAAAAAAAAA' })),
    () => control.send(new GetGatewayRateLimitCommand({ gatewayIdentifier, rateLimitId: 'none' })),
  ]
  for (const request of missing) await expect(request()).rejects.toMatchObject(MISSING)
})

test('quotas are 402', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const { gatewayIdentifier } = await makeGateway(control)
  const add = (index: number) => makeTarget(control, gatewayIdentifier, `t${index}`)
  for (let index = 0; index < 100; index++) await add(index)
  await expect(add(100)).rejects.toMatchObject(refusal('ServiceQuotaExceededException', 402))
})

test('an MCP server is a target: read, called, synchronized', async ({ expect }) => {
  await using server = await startMcpServer()
  await using host = await startAwsHost()
  const { control } = host.clients()
  const { gatewayIdentifier, url } = await makeGateway(control)
  const { targetId, made } = await makeTarget(control, gatewayIdentifier, 'greeter', {
    mcp: { mcpServer: { endpoint: server.url, listingMode: 'DEFAULT', resourcePriority: 5 } },
  })
  expect(made).toMatchObject({ status: 'CREATING', credentialProviderConfigurations: [] })
  const get = () => control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId }))
  const isReady = async () => (await get()).status === 'READY' || undefined
  await until(isReady)
  expect((await get()).lastSynchronizedAt).toBeInstanceOf(Date)
  await using caller = await connect(url)
  expect(await caller.callGreet()).toMatchObject({
    content: [{ text: 'greet Ada' }],
    structuredContent: { whom: 'Ada' },
  })
  server.tools = ['greet', 'wave']
  const synchronize = new SynchronizeGatewayTargetsCommand({
    gatewayIdentifier,
    targetIdList: [targetId],
  })
  expect(await control.send(synchronize)).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    targets: [{ targetId, status: 'SYNCHRONIZING' }],
  })
  await until(isReady)
  expect((await caller.client.listTools()).tools).toHaveLength(2)
  const { items } = await control.send(new ListGatewayTargetsCommand({ gatewayIdentifier }))
  expect(items).toMatchObject([
    { targetType: 'MCP_SERVER', listingMode: 'DEFAULT', resourcePriority: 5 },
  ])
})

test('rate limits are kept, listed, changed in one go, and enforced', async ({ expect }) => {
  await using host = await startAwsHost()
  const clients = host.clients()
  const { control } = clients
  await makeGreeter(clients)
  const { gatewayIdentifier, url } = await makeGateway(control)
  await makeTarget(control, gatewayIdentifier)
  await using caller = await connect(url)
  const entries = (rate: number) => [
    { dimensions: { toolName: '*' }, requests: [{ rate, period: 'minute' as const }] },
  ]
  const create = (rest: object = {}) =>
    control.send(
      new CreateGatewayRateLimitCommand({
        gatewayIdentifier,
        rateLimitId: 'by-tool',
        dimensionKeys: ['toolName'],
        entries: entries(1),
        ...rest,
      }),
    )
  expect(await create()).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    rateLimitId: 'by-tool',
    gatewayIdentifier,
    status: 'CREATING',
  })
  await expect(create()).rejects.toMatchObject(CONFLICT)
  await expect(create({ rateLimitId: 'twin' })).rejects.toMatchObject(CONFLICT)
  await expect(
    create({ rateLimitId: 'models', dimensionKeys: ['qualifiedModelId'] }),
  ).rejects.toMatchObject(INVALID)

  expect(await caller.callGreet()).toMatchObject({ content: [{ type: 'text' }] })
  await expect(caller.callGreet()).rejects.toMatchObject({ code: -32003 })
  const update = new UpdateGatewayRateLimitCommand({
    gatewayIdentifier,
    rateLimitId: 'by-tool',
    entries: entries(100),
    description: 'Generous',
  })
  expect(await control.send(update)).toMatchObject({ status: 'UPDATING', description: 'Generous' })
  expect(await caller.callGreet()).toMatchObject({ content: [{ type: 'text' }] })

  const batch = new BatchPutGatewayRateLimitsCommand({
    gatewayIdentifier,
    rateLimits: [
      { dimensionKeys: ['toolName'], entries: entries(50) },
      {
        dimensionKeys: ['targetName'],
        entries: [
          { dimensions: { targetName: 'greeter' }, requests: [{ rate: 0, period: 'second' }] },
        ],
      },
    ],
  })
  const { rateLimits = [] } = await control.send(batch)
  expect(rateLimits).toMatchObject([
    { rateLimitId: 'by-tool', entries: entries(50) },
    { dimensionKeys: ['targetName'] },
  ])
  await expect(caller.callGreet()).rejects.toMatchObject({ code: -32003 })
  const blocked = { gatewayIdentifier, rateLimitId: rateLimits[1]?.rateLimitId }
  expect(await control.send(new DeleteGatewayRateLimitCommand(blocked))).toMatchObject({
    status: 'DELETING',
  })
  await expect(control.send(new DeleteGatewayRateLimitCommand(blocked))).rejects.toMatchObject(
    MISSING,
  )
  expect(await caller.callGreet()).toMatchObject({ content: [{ type: 'text' }] })
  const list = await control.send(new ListGatewayRateLimitsCommand({ gatewayIdentifier }))
  expect(list.rateLimits).toMatchObject([{ rateLimitId: 'by-tool', status: 'ACTIVE' }])
})

test('tags and resource policies belong to the gateway', async ({ expect }) => {
  await using host = await startAwsHost()
  const { control } = host.clients()
  const { gatewayArn, url } = await makeGateway(control, { tags: { team: 'a' } })
  const resourceArn = gatewayArn
  await control.send(new TagResourceCommand({ resourceArn, tags: { stage: 'test' } }))
  const { tags } = await control.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(tags).toEqual({ team: 'a', stage: 'test' })
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: '*' },
    ],
  })
  await control.send(new PutResourcePolicyCommand({ resourceArn, policy }))
  expect(await control.send(new GetResourcePolicyCommand({ resourceArn }))).toMatchObject({
    policy,
  })
  await expect(connect(url)).rejects.toThrow(/403|not authorized/)
  await control.send(new DeleteResourcePolicyCommand({ resourceArn }))
  await using caller = await connect(url)
  expect((await caller.client.listTools()).tools).toEqual([])
})

test('everything is there after a restart', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const whole = async (control: BedrockAgentCoreControlClient, gatewayIdentifier: string) => {
    const { $metadata: _, ...gateway } = await control.send(
      new GetGatewayCommand({ gatewayIdentifier }),
    )
    const { items } = await control.send(new ListGatewayTargetsCommand({ gatewayIdentifier }))
    return { ...gateway, gatewayUrl: undefined, items }
  }
  const first = await startAwsHost({ dataDir: folder.path })
  const clients = first.clients()
  await makeGreeter(clients)
  const { gatewayIdentifier } = await makeGateway(clients.control)
  await makeTarget(clients.control, gatewayIdentifier)
  const before = await whole(clients.control, gatewayIdentifier)
  await first[Symbol.asyncDispose]()

  await using second = await startAwsHost({ dataDir: folder.path })
  const { control } = second.clients()
  expect(await whole(control, gatewayIdentifier)).toEqual(before)
  const { gatewayUrl = '' } = await control.send(new GetGatewayCommand({ gatewayIdentifier }))
  await using caller = await connect(gatewayUrl)
  expect(await caller.callGreet()).toMatchObject({ content: [{ text: '{"said":"Hello Ada"}' }] })
})
