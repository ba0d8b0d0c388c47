// Lambda through the AWS SDK for JavaScript: what an unmodified client sees.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  DeleteLayerVersionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionCommand,
  GetPolicyCommand,
  InvokeCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  type CreateFunctionCommandInput,
  type InvokeCommandInput,
  type LambdaClient,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { isAlive, until } from '../support/function-world.ts'
import { startLambdaWorld } from '../support/lambda-world.ts'
import { machinePython } from '../support/python.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { zipFiles, zipOf } from '../support/zip.ts'

const ROLE = 'arn:aws:iam::000000000000:role/any'
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:it'
const python = await machinePython()

const echo = `export const handler = async (event, context) => ({
  event,
  arn: context.invokedFunctionArn,
  version: context.functionVersion,
  requestId: context.awsRequestId,
  custom: context.clientContext?.custom,
  region: process.env.AWS_REGION,
  secret: process.env.SECRET,
  logStream: context.logStreamName,
})`

async function startWorld(options: Partial<Parameters<typeof startLambdaWorld>[0]> = {}) {
  const folder = await temporaryFolder()
  const world = await startLambdaWorld({ dataDir: folder.path, ...options })
  return {
    ...world,
    dataDir: folder.path,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

type Creation = Partial<CreateFunctionCommandInput> & { readonly source?: string }

function create(client: LambdaClient, { source = echo, ...input }: Creation = {}) {
  return client.send(
    new CreateFunctionCommand({
      FunctionName: 'it',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile: zipFiles({ 'index.mjs': source }) },
      ...input,
    }),
  )
}

async function invoke(
  client: LambdaClient,
  event: unknown,
  input: Partial<InvokeCommandInput> = {},
) {
  const { Payload, ...answer } = await client.send(
    new InvokeCommand({ FunctionName: 'it', Payload: JSON.stringify(event), ...input }),
  )
  const text = Payload?.transformToString() ?? ''
  const payload: unknown = text === '' ? undefined : JSON.parse(text)
  return { ...answer, payload }
}

function says(version: string) {
  return `export const handler = async () => '${version}'`
}

test('a function is created, waited for, invoked, changed and deleted', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const created = await create(client, {
    Description: 'says what it got',
    Environment: { Variables: { SECRET: 'pssst' } },
    Tags: { team: 'blue' },
    Timeout: 5,
  })
  expect(created).toMatchObject({
    FunctionName: 'it',
    FunctionArn: ARN,
    Runtime: 'nodejs24.x',
    Role: ROLE,
    Handler: 'index.handler',
    Description: 'says what it got',
    Timeout: 5,
    MemorySize: 128,
    Version: '$LATEST',
    State: 'Pending',
    StateReasonCode: 'Creating',
    PackageType: 'Zip',
    Environment: { Variables: { SECRET: 'pssst' } },
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/it' },
    LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
  })
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName: 'it' })
  expect(await client.send(new GetFunctionCommand({ FunctionName: ARN }))).toMatchObject({
    Configuration: { State: 'Active', LastUpdateStatus: 'Successful' },
    Code: { RepositoryType: 'S3' },
    Tags: { team: 'blue' },
  })
  const first = await invoke(client, { a: 1 })
  expect(first).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    payload: {
      event: { a: 1 },
      arn: ARN,
      version: '$LATEST',
      requestId: first.$metadata.requestId,
      region: 'us-east-1',
      secret: 'pssst',
      logStream: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    },
  })
  expect(first.FunctionError).toBeUndefined()

  const updated = await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'it',
      Environment: { Variables: { SECRET: 'other' } },
      MemorySize: 256,
    }),
  )
  expect(updated).toMatchObject({ LastUpdateStatus: 'InProgress', MemorySize: 256, Timeout: 5 })
  expect((await invoke(client, {})).payload).toMatchObject({ secret: 'other' })

  const code = new UpdateFunctionCodeCommand({
    FunctionName: 'it',
    ZipFile: zipFiles({ 'index.mjs': says('new') }),
  })
  expect((await client.send(code)).CodeSha256).not.toBe(created.CodeSha256)
  expect((await invoke(client, {})).payload).toBe('new')

  const deleted = await client.send(new DeleteFunctionCommand({ FunctionName: 'it' }))
  expect(deleted.$metadata.httpStatusCode).toBe(204)
  await expect(invoke(client, {})).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${ARN}`,
    Type: 'User',
    $metadata: { httpStatusCode: 404 },
  })
})

test('every name Lambda takes for a function finds it', async ({ expect }) => {
  await using world = await startWorld()
  await create(world.client, { Publish: true })
  const names = [
    'it',
    'function:it',
    '000000000000:function:it',
    ARN,
    `${ARN}:1`,
    'it:1',
    'it:$LATEST',
  ]
  for (const name of names) {
    const { payload } = await invoke(world.client, {}, { FunctionName: name })
    const qualifier = /:(1|\$LATEST)$/.exec(name)?.[0] ?? ''
    expect(payload, name).toMatchObject({ arn: `${ARN}${qualifier}` })
  }
  const both = invoke(world.client, {}, { FunctionName: 'it:1', Qualifier: '2' })
  await expect(both).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  const elsewhere = ARN.replace('us-east-1', 'eu-west-1')
  await expect(invoke(world.client, {}, { FunctionName: elsewhere })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringContaining("not reachable in this region ('us-east-1')"),
  })
})

test('versions and aliases keep what they are', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { source: says('one') })
  const first = await client.send(
    new PublishVersionCommand({ FunctionName: 'it', Description: 'the first' }),
  )
  expect(first).toMatchObject({
    FunctionArn: `${ARN}:1`,
    Version: '1',
    Description: 'the first',
    State: 'Active',
  })
  const again = await client.send(new PublishVersionCommand({ FunctionName: 'it' }))
  expect(again.Version).toBe('1')
  await client.send(
    new UpdateFunctionCodeCommand({
      FunctionName: 'it',
      ZipFile: zipFiles({ 'index.mjs': says('two') }),
      Publish: true,
    }),
  )
  const alias = await client.send(
    new CreateAliasCommand({ FunctionName: 'it', Name: 'live', FunctionVersion: '1' }),
  )
  expect(alias).toMatchObject({ AliasArn: `${ARN}:live`, Name: 'live', FunctionVersion: '1' })
  const run = async (Qualifier?: string) => {
    const { payload, ExecutedVersion } = await invoke(client, {}, Qualifier ? { Qualifier } : {})
    return [payload, ExecutedVersion]
  }
  expect(await run('1')).toEqual(['one', '1'])
  expect(await run('2')).toEqual(['two', '2'])
  expect(await run('live')).toEqual(['one', '1'])
  expect(await run('$LATEST')).toEqual(['two', '$LATEST'])
  expect(await run()).toEqual(['two', '$LATEST'])

  const updated = await client.send(
    new UpdateAliasCommand({
      FunctionName: 'it',
      Name: 'live',
      FunctionVersion: '2',
      RevisionId: alias.RevisionId,
    }),
  )
  expect(await run('live')).toEqual(['two', '2'])
  const stale = new UpdateAliasCommand({
    FunctionName: 'it',
    Name: 'live',
    RevisionId: alias.RevisionId,
  })
  await expect(client.send(stale)).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  expect(
    await client.send(new GetAliasCommand({ FunctionName: 'it', Name: 'live' })),
  ).toMatchObject({
    FunctionVersion: '2',
    RevisionId: updated.RevisionId,
  })
  const named = new GetFunctionConfigurationCommand({ FunctionName: 'it', Qualifier: 'live' })
  expect(await client.send(named)).toMatchObject({ FunctionArn: `${ARN}:live`, Version: '2' })

  const used = new DeleteFunctionCommand({ FunctionName: 'it', Qualifier: '2' })
  await expect(client.send(used)).rejects.toMatchObject({ name: 'ResourceConflictException' })
  await client.send(new DeleteAliasCommand({ FunctionName: 'it', Name: 'live' }))
  await client.send(used)
  await expect(run('2')).rejects.toMatchObject({ message: `Function not found: ${ARN}:2` })
  await expect(
    client.send(new GetAliasCommand({ FunctionName: 'it', Name: 'live' })),
  ).rejects.toMatchObject({ message: `Cannot find alias arn: ${ARN}:live` })
  const latest = new DeleteFunctionCommand({ FunctionName: 'it', Qualifier: '$LATEST' })
  await expect(client.send(latest)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  })
})

test('the invoked ARN has the alias, the version is what ran', async ({ expect }) => {
  await using world = await startWorld()
  await create(world.client, { Publish: true })
  await world.client.send(
    new CreateAliasCommand({ FunctionName: 'it', Name: 'live', FunctionVersion: '1' }),
  )
  const { payload } = await invoke(world.client, {}, { Qualifier: 'live' })
  expect(payload).toMatchObject({
    arn: `${ARN}:live`,
    version: '1',
    logStream: expect.stringContaining('[1]'),
  })
})

test('an alias with weights gives a share to another version', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { source: says('one'), Publish: true })
  await client.send(
    new UpdateFunctionCodeCommand({
      FunctionName: 'it',
      ZipFile: zipFiles({ 'index.mjs': says('two') }),
      Publish: true,
    }),
  )
  const weighted = (FunctionVersion: string, weights: Record<string, number>) =>
    new CreateAliasCommand({
      FunctionName: 'it',
      Name: 'split',
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: weights },
    })
  const alias = await client.send(weighted('1', { '2': 0.5 }))
  expect(alias.RoutingConfig).toEqual({ AdditionalVersionWeights: { '2': 0.5 } })
  const seen = new Set<unknown>()
  for (let count = 0; count < 40; count += 1) {
    seen.add((await invoke(client, {}, { Qualifier: 'split' })).ExecutedVersion)
  }
  expect(seen).toEqual(new Set(['1', '2']))
  await expect(client.send(weighted('1', { '2': 0.5 }))).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: `Alias already exists: ${ARN}:split`,
  })
  for (const [version, weights] of [
    ['$LATEST', { '2': 0.5 }],
    ['1', { '1': 0.5 }],
  ] as const) {
    const other = client.send(
      new CreateAliasCommand({
        FunctionName: 'it',
        Name: 'bad',
        FunctionVersion: version,
        RoutingConfig: { AdditionalVersionWeights: weights },
      }),
    )
    await expect(other).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
})

test('lists come in pages', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  for (const name of ['c', 'a', 'b']) await create(client, { FunctionName: name, Publish: true })
  const page = await client.send(new ListFunctionsCommand({ MaxItems: 2 }))
  expect(page.Functions?.map((it) => it.FunctionName)).toEqual(['a', 'b'])
  const rest = await client.send(new ListFunctionsCommand({ Marker: page.NextMarker, MaxItems: 2 }))
  expect(rest.Functions?.map((it) => it.FunctionName)).toEqual(['c'])
  expect(rest.NextMarker).toBeUndefined()
  const all = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
  expect(all.Functions?.map((it) => `${it.FunctionName}:${it.Version}`)).toEqual([
    'a:$LATEST',
    'a:1',
    'b:$LATEST',
    'b:1',
    'c:$LATEST',
    'c:1',
  ])
  const none = await client.send(new ListFunctionsCommand({ MasterRegion: 'eu-west-1' }))
  expect(none.Functions).toEqual([])
  const versions = await client.send(
    new ListVersionsByFunctionCommand({ FunctionName: 'a', MaxItems: 1 }),
  )
  expect(versions.Versions?.map((it) => it.FunctionArn)).toEqual([
    'arn:aws:lambda:us-east-1:000000000000:function:a:$LATEST',
  ])
  const Marker = versions.NextMarker
  const more = await client.send(new ListVersionsByFunctionCommand({ FunctionName: 'a', Marker }))
  expect(more.Versions?.map((it) => it.Version)).toEqual(['1'])
  for (const Name of ['y', 'x']) {
    await client.send(new CreateAliasCommand({ FunctionName: 'a', Name, FunctionVersion: '1' }))
  }
  const aliases = await client.send(new ListAliasesCommand({ FunctionName: 'a', MaxItems: 1 }))
  expect(aliases.Aliases?.map((it) => it.Name)).toEqual(['x'])
  expect(aliases.NextMarker).toBeDefined()
  const otherScope = await world
    .clientOf({ region: 'eu-west-1' })
    .send(new ListFunctionsCommand({}))
  expect(otherScope.Functions).toEqual([])
})

test('a function that fails says so in a 200', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const source = `export const handler = async ({ how }) => {
    if (how === 'throw') throw new TypeError('no')
    if (how === 'exit') process.exit(3)
    if (how === 'large') return 'x'.repeat(7 * 1024 * 1024)
    await new Promise((done) => setTimeout(done, 60_000))
  }`
  await create(client, { source, Timeout: 1 })
  const failed = { StatusCode: 200, FunctionError: 'Unhandled' }
  expect(await invoke(client, { how: 'throw' })).toMatchObject({
    ...failed,
    payload: { errorType: 'TypeError', errorMessage: 'no', trace: expect.any(Array) },
  })
  expect(await invoke(client, { how: 'exit' })).toMatchObject({
    ...failed,
    payload: {
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: .*exit status 3$/),
    },
  })
  expect(await invoke(client, { how: 'large' })).toMatchObject({
    ...failed,
    payload: { errorType: 'Function.ResponseSizeTooLarge' },
  })
  expect(await invoke(client, { how: 'wait' })).toMatchObject({
    ...failed,
    payload: { errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/) },
  })
})

test('an init that fails answers the invocation, and the next one tries again', async ({
  expect,
}) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  const flag = join(dataDir, 'works')
  const source = `import { existsSync } from 'node:fs'
  if (!existsSync(${JSON.stringify(flag)})) throw new Error('not yet')
  export const handler = async () => 'now'`
  await create(client, { source })
  expect(await invoke(client, {})).toMatchObject({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    payload: { errorType: 'Error', errorMessage: 'not yet' },
  })
  await writeFile(flag, '')
  expect((await invoke(client, {})).payload).toBe('now')

  await create(client, { FunctionName: 'missing', Handler: 'nowhere.handler' })
  expect((await invoke(client, {}, { FunctionName: 'missing' })).payload).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
  })
  await create(client, { FunctionName: 'bare', Runtime: 'provided.al2023', Handler: 'x' })
  expect((await invoke(client, {}, { FunctionName: 'bare' })).payload).toMatchObject({
    errorType: 'Runtime.InvalidEntrypoint',
  })
})

test('Event runs later and tries again, DryRun runs nothing', async ({ expect }) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  const file = join(dataDir, 'ran')
  const source = `import { appendFileSync } from 'node:fs'
  export const handler = async (event, { awsRequestId }) => {
    appendFileSync(${JSON.stringify(file)}, JSON.stringify([event, awsRequestId]) + '\\n')
    if (event.fail) throw new Error('again')
  }`
  await create(client, { source })
  const dry = await invoke(client, {}, { InvocationType: 'DryRun' })
  expect(dry).toMatchObject({ StatusCode: 204, payload: undefined })
  const event = await invoke(client, { fail: true }, { InvocationType: 'Event' })
  expect(event).toMatchObject({ StatusCode: 202, payload: undefined })
  const lines = await until(async () => {
    const text = await readFile(file, 'utf8').catch(() => '')
    const found = text.trim().split('\n')
    return found.length >= 3 ? found : undefined
  })
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
    Array.from({ length: 3 }, () => [{ fail: true }, event.$metadata.requestId]),
  )
  await until(() => world.logged.find((line) => line.includes('Asynchronous invocation given up')))
})

test('Tail brings the last lines of the log', async ({ expect }) => {
  await using world = await startWorld()
  const source = `export const handler = async ({ lines }) => {
    for (let n = 0; n < lines; n += 1) console.log('line', n)
  }`
  await create(world.client, { source })
  const tail = async (event: unknown) => {
    const { LogResult = '' } = await invoke(world.client, event, { LogType: 'Tail' })
    return Buffer.from(LogResult, 'base64').toString()
  }
  expect(await tail({ lines: 1 })).toMatch(
    /^START RequestId: (\S+) Version: \$LATEST\n\1\tline 0\nEND RequestId: \1\nREPORT RequestId: \1\t.*Init Duration: .* ms\n$/,
  )
  const long = await tail({ lines: 1000 })
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(4096)
  expect(long).toMatch(/line 999\nEND RequestId: /)
  const { LogResult } = await invoke(world.client, { lines: 1 })
  expect(LogResult).toBeUndefined()
})

test('what is sent to a function is checked', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client)
  const send = (input: Partial<InvokeCommandInput>) =>
    client.send(new InvokeCommand({ FunctionName: 'it', ...input }))
  expect((await invoke(client, undefined)).payload).toMatchObject({ event: {} })
  await expect(send({ Payload: 'no json' })).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
    message: expect.stringContaining('Could not parse request body into json'),
    $metadata: { httpStatusCode: 400 },
  })
  const big = JSON.stringify('x'.repeat(6_291_456))
  await expect(send({ Payload: big })).rejects.toMatchObject({
    name: 'RequestTooLargeException',
    $metadata: { httpStatusCode: 413 },
  })
  const forLater = {
    InvocationType: 'Event',
    Payload: JSON.stringify('x'.repeat(1_048_576)),
  } as const
  await expect(send(forLater)).rejects.toMatchObject({ name: 'RequestTooLargeException' })
  const context = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
  const custom = { tool: 'a' }
  const { payload } = await invoke(client, {}, { ClientContext: context({ custom }) })
  expect(payload).toMatchObject({ custom })
  for (const ClientContext of [
    'nonsense',
    context([1]),
    context('x'),
    context({ a: 'x'.repeat(4000) }),
  ]) {
    await expect(send({ ClientContext })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    })
  }
  await expect(send({ TenantId: 'a' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  })
})

test('reserved concurrency stops and limits a function', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { Publish: true })
  const put = (ReservedConcurrentExecutions: number) =>
    client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'it', ReservedConcurrentExecutions }),
    )
  const get = () => client.send(new GetFunctionConcurrencyCommand({ FunctionName: 'it' }))
  expect((await get()).ReservedConcurrentExecutions).toBeUndefined()
  expect(await put(0)).toMatchObject({ ReservedConcurrentExecutions: 0 })
  for (const Qualifier of [undefined, '1']) {
    await expect(invoke(client, {}, { Qualifier })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      retryAfterSeconds: '1',
      $metadata: { httpStatusCode: 429 },
    })
  }
  await put(1)
  expect((await get()).ReservedConcurrentExecutions).toBe(1)
  expect(await client.send(new GetFunctionCommand({ FunctionName: 'it' }))).toMatchObject({
    Concurrency: { ReservedConcurrentExecutions: 1 },
  })
  // One environment for all versions: the idle one of one goes, so that the other's may come.
  expect((await invoke(client, {})).ExecutedVersion).toBe('$LATEST')
  expect((await invoke(client, {}, { Qualifier: '1' })).ExecutedVersion).toBe('1')
  await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'it' }))
  expect((await get()).ReservedConcurrentExecutions).toBeUndefined()
})

test('another account needs a permission', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const other = world.clientOf({ accountId: '111122223333' })
  await create(client)
  const denied = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } }
  await expect(invoke(other, {}, { FunctionName: ARN })).rejects.toMatchObject(denied)
  await expect(invoke(other, {}, { FunctionName: 'it' })).rejects.toMatchObject({
    message: `Function not found: ${ARN.replace('000000000000', '111122223333')}`,
  })
  const permission = {
    FunctionName: 'it',
    StatementId: 'friends',
    Action: 'lambda:InvokeFunction',
    Principal: '111122223333',
  }
  const added = await client.send(new AddPermissionCommand(permission))
  expect(JSON.parse(added.Statement ?? '')).toEqual({
    Sid: 'friends',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'lambda:InvokeFunction',
    Resource: ARN,
  })
  expect((await invoke(other, {}, { FunctionName: ARN })).StatusCode).toBe(200)
  await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  await client.send(
    new AddPermissionCommand({
      ...permission,
      StatementId: 'gateway',
      Principal: 'bedrock-agentcore.amazonaws.com',
      SourceAccount: '000000000000',
      SourceArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/*',
    }),
  )
  const policy = await client.send(new GetPolicyCommand({ FunctionName: 'it' }))
  expect(JSON.parse(policy.Policy ?? '')).toMatchObject({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'friends' },
      {
        Sid: 'gateway',
        Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '000000000000' },
          ArnLike: {
            'AWS:SourceArn': 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/*',
          },
        },
      },
    ],
  })
  const remove = { FunctionName: 'it', StatementId: 'friends' }
  await expect(
    client.send(new RemovePermissionCommand({ ...remove, RevisionId: 'stale' })),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await client.send(new RemovePermissionCommand({ ...remove, RevisionId: policy.RevisionId }))
  await expect(client.send(new RemovePermissionCommand(remove))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(invoke(other, {}, { FunctionName: ARN })).rejects.toMatchObject(denied)
  const gone = new GetPolicyCommand({ FunctionName: 'it', Qualifier: '1' })
  await expect(client.send(gone)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const foreign = new GetFunctionCommand({ FunctionName: ARN })
  await expect(other.send(foreign)).rejects.toMatchObject(denied)
})

test('the same name in two accounts and Regions is two functions', async ({ expect }) => {
  await using world = await startWorld()
  const { dataDir } = world
  const far = world.clientOf({ accountId: '111122223333', region: 'eu-central-1' })
  await create(world.client, { source: says('near') })
  await create(far)
  expect((await invoke(world.client, {})).payload).toBe('near')
  expect((await invoke(far, {})).payload).toMatchObject({
    arn: 'arn:aws:lambda:eu-central-1:111122223333:function:it',
    region: 'eu-central-1',
  })
  await until(async () => {
    const logs = await readdir(join(dataDir, 'logs'), { recursive: true })
    return (
      (logs.includes('it.log') && logs.includes('111122223333/eu-central-1/it.log')) || undefined
    )
  })
})

test('tags belong to functions', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { Tags: { a: '1' } })
  await client.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '2', c: '3' } }))
  await client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'b'] }))
  expect((await client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ c: '3' })
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, '']))
  for (const [Resource, Tags] of [
    [ARN, many],
    [ARN, { 'aws:x': '1' }],
    [`${ARN}:1`, { x: '1' }],
  ] as const) {
    const tagged = client.send(new TagResourceCommand({ Resource, Tags }))
    await expect(tagged).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
  const missing = new ListTagsCommand({ Resource: `${ARN}x` })
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('layers are published, used, listed and deleted', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const publish = (text: string) =>
    client.send(
      new PublishLayerVersionCommand({
        LayerName: 'words',
        Description: text,
        LicenseInfo: 'Apache-2.0',
        CompatibleRuntimes: ['nodejs24.x', 'python3.13'],
        Content: {
          ZipFile: zipFiles({
            'nodejs/node_modules/words/index.js': `module.exports = '${text}'`,
            'python/words.py': `text = '${text}'`,
          }),
        },
      }),
    )
  const arn = 'arn:aws:lambda:us-east-1:000000000000:layer:words'
  const first = await publish('first')
  expect(first).toMatchObject({ LayerArn: arn, LayerVersionArn: `${arn}:1`, Version: 1 })
  await publish('second')
  const source = `const words = require('words'); exports.handler = async () => words`
  const Code = { ZipFile: zipFiles({ 'index.js': source }) }
  const created = await create(client, { Code, Layers: [`${arn}:1`] })
  expect(created.Layers).toEqual([{ Arn: `${arn}:1`, CodeSize: first.Content?.CodeSize }])
  expect((await invoke(client, {})).payload).toBe('first')
  const Layers = [`${arn}:2`]
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'it', Layers }))
  expect((await invoke(client, {})).payload).toBe('second')

  const page = await client.send(new ListLayerVersionsCommand({ LayerName: 'words', MaxItems: 1 }))
  expect(page.LayerVersions?.map((it) => it.Version)).toEqual([2])
  const Marker = page.NextMarker
  const next = await client.send(new ListLayerVersionsCommand({ LayerName: 'words', Marker }))
  expect(next.LayerVersions?.map((it) => it.Version)).toEqual([1])
  const layers = await client.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs24.x' }))
  expect(layers.Layers).toMatchObject([
    { LayerName: 'words', LayerArn: arn, LatestMatchingVersion: { Version: 2 } },
  ])
  const none = await client.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs22.x' }))
  expect(none.Layers).toEqual([])

  await client.send(new DeleteLayerVersionCommand({ LayerName: 'words', VersionNumber: 2 }))
  const get = (VersionNumber: number) =>
    client.send(new GetLayerVersionCommand({ LayerName: 'words', VersionNumber }))
  await expect(get(2)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await get(1)).toMatchObject({ Description: 'first', LicenseInfo: 'Apache-2.0' })
  // Who uses it keeps it, and its number is not given again.
  expect((await invoke(client, {})).payload).toBe('second')
  expect((await publish('third')).Version).toBe(3)
  for (const bad of [`${arn}:9`, `${arn}:2`, arn.replace('0:layer', '1:layer') + ':1']) {
    const refused = create(client, { FunctionName: 'other', Layers: [bad] })
    await expect(refused, bad).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
})

test.skipIf(typeof python === 'string')(
  'Python functions run with their layer',
  async ({ expect }) => {
    await using world = await startWorld()
    const { client } = world
    const layer = await client.send(
      new PublishLayerVersionCommand({
        LayerName: 'greeting',
        Content: {
          ZipFile: zipFiles({ 'python/greeting.py': `def greet(name): return 'hello ' + name` }),
        },
      }),
    )
    const source = `import greeting
def handler(event, context):
    if event.get('fail'):
        raise ValueError('no')
    return {'text': greeting.greet(event['name']), 'arn': context.invoked_function_arn}
`
    await create(client, {
      Runtime: 'python3.13',
      Code: { ZipFile: zipFiles({ 'index.py': source }) },
      Layers: [layer.LayerVersionArn ?? ''],
      Publish: true,
    })
    await client.send(
      new CreateAliasCommand({ FunctionName: 'it', Name: 'live', FunctionVersion: '1' }),
    )
    expect((await invoke(client, { name: 'you' }, { Qualifier: 'live' })).payload).toEqual({
      text: 'hello you',
      arn: `${ARN}:live`,
    })
    const failed = await invoke(client, { fail: 1 }, { LogType: 'Tail' })
    expect(failed).toMatchObject({
      FunctionError: 'Unhandled',
      payload: {
        errorMessage: 'no',
        errorType: 'ValueError',
        requestId: failed.$metadata.requestId,
        stackTrace: expect.any(Array),
      },
    })
  },
)

test('code comes from a bucket of the host or a folder of the machine', async ({ expect }) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  await mkdir(join(dataDir, 'buckets/my-bucket'), { recursive: true })
  await writeFile(
    join(dataDir, 'buckets/my-bucket/it.zip'),
    zipFiles({ 'index.mjs': says('bucket') }),
  )
  await create(client, { Code: { S3Bucket: 'my-bucket', S3Key: 'it.zip' } })
  expect((await invoke(client, {})).payload).toBe('bucket')
  const missing = create(client, {
    FunctionName: 'x',
    Code: { S3Bucket: 'my-bucket', S3Key: 'no' },
  })
  await expect(missing).rejects.toMatchObject({ message: expect.stringContaining('local bucket') })

  const source = join(dataDir, 'source')
  await mkdir(source)
  await writeFile(join(source, 'index.mjs'), says('before'))
  const Code = { S3Bucket: 'hot-reload', S3Key: source }
  await create(client, { FunctionName: 'hot', Code })
  const run = async () => (await invoke(client, {}, { FunctionName: 'hot' })).payload
  expect(await run()).toBe('before')
  await writeFile(join(source, 'index.mjs'), says('after'))
  await until(async () => ((await run()) === 'after' ? true : undefined))
  const publish = new PublishVersionCommand({ FunctionName: 'hot' })
  await expect(client.send(publish)).rejects.toThrow('runs from a folder')
})

test('folders are refused where the host does not allow them', async ({ expect }) => {
  await using world = await startWorld({ control: { watchFolder: undefined } as never })
  const Code = { S3Bucket: 'hot-reload', S3Key: world.dataDir }
  await expect(create(world.client, { Code })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('runs no code from folders'),
  })
})

test('what this host cannot do is refused and not pretended', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const zip = zipFiles({ a: '' })
  const refused: readonly Creation[] = [
    {
      Code: { ImageUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/it:1' },
      PackageType: 'Image',
    },
    { VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } },
    { TracingConfig: { Mode: 'Active' } },
    { SnapStart: { ApplyOn: 'PublishedVersions' } },
    { DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:x' } },
    { LoggingConfig: { LogFormat: 'JSON' } },
    { Runtime: 'java21' },
    { Code: { ZipFile: zip, S3Bucket: 'some-bucket', S3Key: 'x' } },
    { Code: {} },
    { Code: { ZipFile: Buffer.from('no archive') } },
    { Code: { ZipFile: zipOf([{ name: '../evil', content: 'x' }]) } },
    { Runtime: undefined },
    { Timeout: 901 },
    { MemorySize: 20_000 },
    { Environment: { Variables: { AWS_LAMBDA_FUNCTION_NAME: 'x' } } },
    { Environment: { Variables: { LONG: 'x'.repeat(4_100) } } },
    { Tags: { 'aws:x': 'y' } },
    {
      Layers: Array.from(
        { length: 6 },
        (_, n) => `arn:aws:lambda:us-east-1:000000000000:layer:l${n}:1`,
      ),
    },
  ]
  for (const input of refused) {
    await expect(create(client, input), JSON.stringify(input).slice(0, 200)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      $metadata: { httpStatusCode: 400 },
    })
  }
  expect((await client.send(new ListFunctionsCommand({}))).Functions).toEqual([])
  // Empty forms of the same mean that nobody wants it.
  await create(client, {
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
    TracingConfig: { Mode: 'PassThrough' },
    SnapStart: { ApplyOn: 'None' },
    DeadLetterConfig: {},
    Architectures: ['arm64'],
    EphemeralStorage: { Size: 1024 },
  })
  await expect(create(client)).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: 'Function already exist: it',
    $metadata: { httpStatusCode: 409 },
  })
  const dry = new UpdateFunctionCodeCommand({ FunctionName: 'it', ZipFile: zip, DryRun: true })
  await client.send(dry)
  expect((await invoke(client, {})).payload).toMatchObject({ event: {} })
})

test('nothing changes that is not what its caller has seen', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const { CodeSha256, RevisionId } = await create(client)
  const change = (revision: string | undefined) =>
    client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'it',
        Description: 'x',
        RevisionId: revision,
      }),
    )
  await change(RevisionId)
  const stale = { name: 'PreconditionFailedException', $metadata: { httpStatusCode: 412 } }
  await expect(change(RevisionId)).rejects.toMatchObject(stale)
  const code = new UpdateFunctionCodeCommand({
    FunctionName: 'it',
    ZipFile: zipFiles({ a: '' }),
    RevisionId,
  })
  await expect(client.send(code)).rejects.toMatchObject(stale)
  await expect(
    client.send(new PublishVersionCommand({ FunctionName: 'it', RevisionId })),
  ).rejects.toMatchObject(stale)
  await expect(
    client.send(new PublishVersionCommand({ FunctionName: 'it', CodeSha256: 'other' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  await client.send(new PublishVersionCommand({ FunctionName: 'it', CodeSha256 }))
})

test('functions of an app file are shown, run and not changed', async ({ expect }) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  await writeFile(join(dataDir, 'index.mjs'), says('app'))
  await world.functions.putFunction({
    functionName: 'it',
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    codeDir: dataDir,
    layers: [],
    environment: { SECRET: 'of the app' },
    timeoutMs: 3_000,
    memorySizeMb: 128,
  })
  expect((await invoke(client, {})).payload).toBe('app')
  const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'it' }))
  expect(found).toMatchObject({ FunctionArn: ARN, State: 'Active', Timeout: 3 })
  expect(found.Environment).toBeUndefined()
  expect((await client.send(new ListFunctionsCommand({}))).Functions).toHaveLength(1)
  await expect(create(client)).rejects.toMatchObject({ message: 'Function already exist: it' })
  const changes = [
    client.send(new DeleteFunctionCommand({ FunctionName: 'it' })),
    client.send(new PublishVersionCommand({ FunctionName: 'it' })),
    client.send(new TagResourceCommand({ Resource: ARN, Tags: { a: 'b' } })),
    client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'it', ReservedConcurrentExecutions: 1 }),
    ),
  ]
  for (const change of changes) {
    await expect(change).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: 'Function it is described by the app file; change it there',
    })
  }
})

test('everything is there again after a restart, and no secret in the clear', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const dataDir = folder.path
  {
    await using world = await startLambdaWorld({ dataDir })
    const { client } = world
    await create(client, {
      Environment: { Variables: { SECRET: 'hunter2hunter2' } },
      Tags: { a: 'b' },
      Publish: true,
    })
    await client.send(
      new CreateAliasCommand({ FunctionName: 'it', Name: 'live', FunctionVersion: '1' }),
    )
    await client.send(
      new AddPermissionCommand({
        FunctionName: 'it',
        StatementId: 's',
        Action: 'lambda:InvokeFunction',
        Principal: '*',
      }),
    )
    await client.send(
      new PublishLayerVersionCommand({
        LayerName: 'l',
        Content: { ZipFile: zipFiles({ a: 'b' }) },
      }),
    )
    await create(client, { FunctionName: 'gone' })
    await client.send(new DeleteFunctionCommand({ FunctionName: 'gone' }))
    expect((await invoke(client, {})).payload).toMatchObject({ secret: 'hunter2hunter2' })
    expect(world.logged.join('')).not.toContain('hunter2')
  }
  for (const name of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue
    const bytes = await readFile(join(name.parentPath, name.name))
    expect(bytes.includes('hunter2'), name.name).toBe(false)
  }
  await using world = await startLambdaWorld({ dataDir })
  const { client } = world
  const { Functions } = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }))
  expect(Functions?.map((it) => it.FunctionArn)).toEqual([`${ARN}:$LATEST`, `${ARN}:1`])
  const { payload } = await invoke(client, {}, { Qualifier: 'live' })
  expect(payload).toMatchObject({ arn: `${ARN}:live`, version: '1', secret: 'hunter2hunter2' })
  expect((await client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ a: 'b' })
  expect((await client.send(new GetPolicyCommand({ FunctionName: 'it' }))).Policy).toContain(
    '"Sid":"s"',
  )
  expect((await client.send(new ListLayersCommand({}))).Layers).toHaveLength(1)
})

test('code that nothing needs is removed, and not before', async ({ expect }) => {
  await using world = await startWorld()
  const { client, dataDir } = world
  const artifacts = () => readdir(join(dataDir, 'code'))
  const goOn = join(dataDir, 'go-on')
  const slow = `import { existsSync, readFileSync } from 'node:fs'
  export const handler = async () => {
    console.log('begun')
    while (!existsSync(${JSON.stringify(goOn)})) await new Promise((done) => setTimeout(done, 10))
    return readFileSync(process.env.LAMBDA_TASK_ROOT + '/index.mjs', 'utf8').length
  }`
  await create(client, { source: slow, Timeout: 30 })
  const running = invoke(client, {})
  await until(async () => {
    const log = await readFile(join(dataDir, 'logs/it.log'), 'utf8').catch(() => '')
    return log.includes('begun') || undefined
  })
  await client.send(
    new UpdateFunctionCodeCommand({
      FunctionName: 'it',
      ZipFile: zipFiles({ 'index.mjs': says('new') }),
    }),
  )
  expect((await invoke(client, {})).payload).toBe('new')
  expect(await artifacts()).toHaveLength(2)
  await writeFile(goOn, '')
  expect((await running).payload).toBe(slow.length)
  await until(async () => ((await artifacts()).length === 1 ? true : undefined))
  await client.send(new DeleteFunctionCommand({ FunctionName: 'it' }))
  await until(async () => ((await artifacts()).length === 0 ? true : undefined))
})

test('a host that stops leaves no process and no event behind', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const world = await startLambdaWorld({
    dataDir: folder.path,
    control: { retryDelaysMs: [600_000] },
  })
  const source = `export const handler = async ({ fail }) => {
    if (fail) throw new Error('no')
    return process.pid
  }`
  await create(world.client, { source })
  const { payload: pid } = await invoke(world.client, {})
  await invoke(world.client, { fail: 1 }, { InvocationType: 'Event' })
  await world[Symbol.asyncDispose]()
  expect(await isAlive(pid as number)).toBe(false)
  expect(world.logged.join('')).toContain('Asynchronous invocations are lost')
})

test('calls go on while code changes, and later calls run what was put last', async ({
  expect,
}) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { source: says('0') })
  let isOver = false
  const seen = new Set<string>()
  const call = async () => {
    while (!isOver) {
      const outcome = await world.functions.invoke(ARN, '{}', { requestId: randomUUID() })
      seen.add(outcome.kind === 'returned' ? outcome.payload : JSON.stringify(outcome))
    }
  }
  const callers = Array.from({ length: 8 }, call)
  for (const version of ['1', '2', '3', '4', '5']) {
    await client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'it',
        ZipFile: zipFiles({ 'index.mjs': says(version) }),
      }),
    )
    // Not before the new code answers: a call may still be given to the old one until it has begun.
    await until(() => (seen.has(`"${version}"`) ? true : undefined))
  }
  isOver = true
  await Promise.all(callers)
  expect([...seen]).toEqual(['"0"', '"1"', '"2"', '"3"', '"4"', '"5"'])
  expect((await invoke(client, {})).payload).toBe('5')
})
