// Lambda functions through the AWS SDK for JavaScript: named, listed, changed and refused.
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { until } from '../../support/function-world.ts'
import {
  ARN,
  ROLE,
  create,
  invoke,
  says,
  startWorld,
  type Creation,
} from '../../support/lambda-functions.ts'
import { zipFiles, zipOf } from '../../support/zip.ts'

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
