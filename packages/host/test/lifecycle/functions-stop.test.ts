import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'
import { isAlive, startFunctionWorld, until } from '../support/function-world.ts'

const HOST = fileURLToPath(new URL('../fixtures/functions/host.ts', import.meta.url))

// A handler whose process has started another one.
const WITH_CHILD = `import { spawn } from 'node:child_process'
export const handler = async ({ ms = 0 }) => {
  const child = spawn('sleep', ['1000'])
  await new Promise((done) => setTimeout(done, ms))
  return [process.pid, child.pid]
}`

test('nothing is left after a stop, whatever was running', async ({ expect }) => {
  const world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': WITH_CHILD } })
  const first = await world.invoke({})
  const pids = JSON.parse('payload' in first ? first.payload : '[]') as number[]
  const busy = world.invoke({ ms: 1e6 })
  const waiting = world.invoke({ ms: 1e6 }).catch(() => ({ kind: 'exited' })) // or refused
  await until(async () => ((await world.folders()).length === 2 ? true : undefined))
  await world.functions[Symbol.asyncDispose]()
  expect(await busy).toMatchObject({ kind: 'exited' })
  expect(await waiting).toMatchObject({ kind: 'exited' })
  for (const pid of pids) await until(async () => ((await isAlive(pid)) ? undefined : true))
  expect(await world.folders()).toEqual([])
  await expect(world.invoke({})).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  await world.functions[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

test('an environment that exits takes along what it started', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = WITH_CHILD.replace('return', 'console.log(child.pid); process.exit(0); return')
  await world.put({ files: { 'index.mjs': source } })
  expect(await world.invoke({})).toMatchObject({ kind: 'exited' })
  const pid = Number(world.lines[0]?.line)
  await until(async () => ((await isAlive(pid)) ? undefined : true))
})

test('a host that is killed leaves no environment behind', async ({ expect }) => {
  await using world = await startFunctionWorld() // for its folder
  const host = spawn(process.execPath, [HOST, world.path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(host.stdout, 'data')) as [Buffer]
  const pids = JSON.parse(line.toString()) as number[]
  expect(pids).toHaveLength(3)
  expect(await Promise.all(pids.map((pid) => isAlive(pid)))).toEqual([true, true, true])
  host.kill('SIGKILL')
  await once(host, 'exit')
  for (const pid of pids) await until(async () => ((await isAlive(pid)) ? undefined : true))
  expect((await readdir(world.path)).toSorted()).toContain('code')
})
