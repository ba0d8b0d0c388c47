// Invoke: what a caller gets of a function that returns, fails, logs or is not let in.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  type InvokeCommandInput,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { create, invoke, startWorld } from '../../support/lambda-functions.ts'

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
