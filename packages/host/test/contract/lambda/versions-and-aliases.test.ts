// Versions and aliases of Lambda functions: what they keep, and what an invocation of one runs.
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { ARN, create, invoke, says, startWorld } from '../../support/lambda-functions.ts'
import { zipFiles } from '../../support/zip.ts'

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
