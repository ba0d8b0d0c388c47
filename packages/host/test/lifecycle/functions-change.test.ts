import { test } from 'vitest'
import { isAlive, startFunctionWorld, until } from '../support/function-world.ts'

function source(version: string): string {
  return `export const handler = async ({ ms = 0 }) => {
    console.log('begun')
    await new Promise((done) => setTimeout(done, ms))
    return [${JSON.stringify(version)}, process.pid]
  }`
}

async function answer(of: ReturnType<Awaited<ReturnType<typeof startFunctionWorld>>['invoke']>) {
  const outcome = await of
  return JSON.parse('payload' in outcome ? outcome.payload : 'null') as [string, number]
}

test('new code takes new calls, calls in flight end on the old one, whose process then leaves', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': source('old') } })
  const inFlight = answer(world.invoke({ ms: 500 }))
  await until(() => world.lines[0])
  await world.put({ files: { 'index.mjs': source('new') } })
  expect((await answer(world.invoke({})))[0]).toBe('new')
  const [version, pid] = await inFlight
  expect(version).toBe('old')
  await until(async () => ((await isAlive(pid)) ? undefined : true))
  expect((await answer(world.invoke({})))[0]).toBe('new')
})

test('code that does not start changes nothing', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': source('old') } })
  const broken = world.put({ files: { 'index.mjs': 'export const handler = ;' } })
  await expect(broken).rejects.toMatchObject({ code: 'ERR_TARGET_FAILED' })
  expect((await answer(world.invoke({})))[0]).toBe('old')
  expect(await world.folders()).toHaveLength(1)
})

test('no call fails while the code changes again and again', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': source('0') } })
  const change = new AbortController()
  const versions: string[] = []
  const callers = [1, 2, 3].map(async () => {
    while (!change.signal.aborted) versions.push((await answer(world.invoke({ ms: 1 })))[0])
  })
  for (const version of ['1', '2', '3'])
    await world.put({ files: { 'index.mjs': source(version) } })
  change.abort()
  await Promise.all(callers)
  expect(versions.filter((version) => !['0', '1', '2', '3'].includes(version))).toEqual([])
  expect((await answer(world.invoke({})))[0]).toBe('3')
})

test('an init that does not end is given up', async ({ expect }) => {
  await using world = await startFunctionWorld({ initTimeoutMs: 300 })
  const put = world.put({
    files: { 'index.mjs': 'await new Promise((done) => setTimeout(done, 1e6))' },
  })
  await expect(put).rejects.toThrow('The init did not end within 300 ms')
  expect(await world.folders()).toEqual([])
})

test('an init that fails later is the outcome of the call that needed it', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const flag = `${world.path}/broken`
  const text = `import { existsSync } from 'node:fs'
  if (existsSync(${JSON.stringify(flag)})) throw new Error('broken by now')
  export const handler = async () => process.exit(0)`
  await world.put({ files: { 'index.mjs': text } })
  const { writeFile } = await import('node:fs/promises')
  await writeFile(flag, '')
  expect(await world.invoke({})).toMatchObject({ kind: 'exited', exitCode: 0 })
  const outcomes = await Promise.all([world.invoke({}), world.invoke({})])
  const failed = { kind: 'init-failed', errorType: 'Error', errorMessage: 'broken by now' }
  expect(outcomes).toEqual([expect.objectContaining(failed), expect.objectContaining(failed)])
})

test('a deleted function is not found, and what it was running ends', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': source('old') } })
  const inFlight = answer(world.invoke({ ms: 300 }))
  await until(() => world.lines[0])
  await world.functions.deleteFunction('it')
  await expect(world.invoke({})).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  const [version, pid] = await inFlight
  expect(version).toBe('old')
  await until(async () => ((await isAlive(pid)) ? undefined : true))
  await expect(world.functions.deleteFunction('it')).rejects.toMatchObject({
    code: 'ERR_NOT_FOUND',
  })
})

test.for([
  ['has a name Lambda would refuse', { functionName: 'a b' }],
  ['has a timeout of more than 15 minutes', { timeoutMs: 900_001 }],
  ['has less memory than Lambda gives', { memorySizeMb: 64 }],
  ['has no code', { codeDir: '/nowhere' }],
  ['has a layer that is not there', { layers: ['nowhere'] }],
  ['has no bootstrap', { runtime: 'provided.al2023' }],
] as const)('a function that %s is refused', async ([, definition], { expect }) => {
  await using world = await startFunctionWorld()
  const put = world.put({ files: {}, ...definition })
  await expect(put).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})

test('a runtime that is not served is refused with those that are', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const put = world.put({ files: {}, runtime: 'java21' })
  await expect(put).rejects.toMatchObject({
    code: 'ERR_NOT_SUPPORTED',
    message: expect.stringContaining('provided.*'),
  })
})
