// What of Lambda functions outlives their host, and what does not.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteFunctionCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListTagsCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { isAlive } from '../../support/function-world.ts'
import { ARN, create, invoke } from '../../support/lambda-functions.ts'
import { startLambdaWorld } from '../../support/lambda-world.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { zipFiles } from '../../support/zip.ts'

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
