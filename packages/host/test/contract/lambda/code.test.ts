// Where the code of Lambda functions comes from, how it is replaced, and when it goes.
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DeleteFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { until } from '../../support/function-world.ts'
import { ARN, create, invoke, says, startWorld } from '../../support/lambda-functions.ts'
import { zipFiles } from '../../support/zip.ts'

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

test('calls go on while code changes, and later calls run what was put last', async ({
  expect,
}) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { source: says('0') })
  const over = new AbortController()
  const seen = new Set<string>()
  const call = async () => {
    while (!over.signal.aborted) {
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
  over.abort()
  await Promise.all(callers)
  expect([...seen]).toEqual(['"0"', '"1"', '"2"', '"3"', '"4"', '"5"'])
  expect((await invoke(client, {})).payload).toBe('5')
})
