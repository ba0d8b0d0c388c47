import { test } from 'vitest'
import { startFunctionWorld, until } from '../support/function-world.ts'

const SLOW = `export const handler = async ({ ms }) => {
  await new Promise((done) => setTimeout(done, ms))
  return process.pid
}`

function pidsOf(outcomes: readonly { kind: string; payload?: string }[]): Set<string | undefined> {
  return new Set(outcomes.map(({ payload }) => payload))
}

test('slow calls run at once, each in an environment of its own', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': SLOW } })
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => world.invoke({ ms: 1_000 })))
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(4).fill('returned'))
  expect(pidsOf(outcomes).size).toBe(4)
  const again = await Promise.all([1, 2].map(() => world.invoke({ ms: 0 })))
  expect([...pidsOf(again)].every((pid) => pidsOf(outcomes).has(pid))).toBe(true)
})

test('a burst of short calls runs in one environment', async ({ expect }) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': 'export const handler = async () => process.pid' } })
  for (let index = 0; index < 50; index += 1) await world.invoke({})
  const outcomes = await Promise.all(Array.from({ length: 500 }, () => world.invoke({})))
  expect(pidsOf(outcomes).size).toBe(1)
})

test('short calls behind one that turns out to be slow run exactly once, and do not wait for it', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  const source = `import { appendFileSync } from 'node:fs'
  export const handler = async ({ id, ms, spin }) => {
    appendFileSync(process.env.RUNS, id + '\\n')
    const end = Date.now() + (spin ?? 0)
    while (Date.now() < end) {}
    if (ms) await new Promise((done) => setTimeout(done, ms))
    return id
  }`
  const { readFile } = await import('node:fs/promises')
  const runs = `${world.path}/runs`
  await world.put({ files: { 'index.mjs': source }, environment: { RUNS: runs } })
  for (let index = 0; index < 50; index += 1) await world.invoke({ id: 'warm' })
  let slowDone = false
  const expected: string[] = []
  const calls = [{ ms: 1_500 }, { spin: 1_500 }, { ms: 12 }, { spin: 12 }, { spin: 16 }].map(
    async (slow, round) => {
      const slowCall = world.invoke({ id: `slow-${round}`, ...slow }).then(() => (slowDone = true))
      const short = Array.from({ length: 10 }, (_, index) => {
        expected.push(`short-${round}-${index}`)
        return world.invoke({ id: `short-${round}-${index}` })
      })
      const outcomes = await Promise.all(short)
      await slowCall
      return outcomes.map((it) => ('payload' in it ? JSON.parse(it.payload) : it))
    },
  )
  const answers = (await Promise.all(calls)).flat()
  expect(answers).toEqual(expected)
  expect(slowDone).toBe(true)
  const ran = (await readFile(runs, 'utf8')).split('\n').filter((id) => id.startsWith('short'))
  expect(ran.toSorted()).toEqual(expected.toSorted())
})

test('at its limit a function lets callers wait for a second, then throttles them', async ({
  expect,
}) => {
  await using world = await startFunctionWorld()
  await world.put({ files: { 'index.mjs': SLOW }, reservedConcurrency: 1 })
  const long = world.invoke({ ms: 2_500 })
  expect(await world.invoke({ ms: 0 })).toEqual({ kind: 'throttled' })
  const patient = world.functions
  expect(await long).toMatchObject({ kind: 'returned' })
  const [first, second] = await Promise.all([world.invoke({ ms: 300 }), world.invoke({ ms: 0 })])
  expect([first.kind, second.kind]).toEqual(['returned', 'returned'])
  expect(patient).toBe(world.functions)
})

test('a function without any concurrency is throttled', async ({ expect }) => {
  await using world = await startFunctionWorld({ idleMs: 50 })
  await world.put({ files: { 'index.mjs': SLOW }, reservedConcurrency: 0 })
  await until(async () => ((await world.folders()).length === 0 ? true : undefined))
  expect(await world.invoke({ ms: 0 })).toEqual({ kind: 'throttled' })
})

test('a full host ends the environment that was idle longest for one that is needed', async ({
  expect,
}) => {
  await using world = await startFunctionWorld({ maxConcurrency: 2 })
  await world.put({ files: { 'index.mjs': SLOW }, functionName: 'other' })
  await world.put({ files: { 'index.mjs': SLOW } })
  const outcomes = await Promise.all([world.invoke({ ms: 500 }), world.invoke({ ms: 500 })])
  expect(pidsOf(outcomes).size).toBe(2)
  expect(await world.functions.invoke('other', '{"ms":0}', { requestId: 'r' })).toMatchObject({
    kind: 'returned',
  })
})

test('an idle environment is stopped, and the next call starts one', async ({ expect }) => {
  await using world = await startFunctionWorld({ idleMs: 100 })
  await world.put({ files: { 'index.mjs': SLOW } })
  expect(await world.folders()).toHaveLength(1)
  await until(async () => ((await world.folders()).length === 0 ? true : undefined))
  expect(await world.invoke({ ms: 0 })).toMatchObject({ kind: 'returned' })
})

test('a caller that goes away ends the waiting, not the invocation', async ({ expect }) => {
  await using world = await startFunctionWorld()
  const source = `export const handler = async ({ ms, name }) => {
    await new Promise((done) => setTimeout(done, ms))
    console.log('done', name)
  }`
  await world.put({ files: { 'index.mjs': source }, reservedConcurrency: 1 })
  const caller = new AbortController()
  const running = world.invoke({ ms: 200, name: 'running' }, { signal: caller.signal })
  const waiting = world.invoke({ ms: 0, name: 'waiting' }, { signal: caller.signal })
  caller.abort(new Error('gone'))
  await expect(running).rejects.toThrow('gone')
  await expect(waiting).rejects.toThrow('gone')
  await world.invoke({ ms: 0, name: 'next' })
  expect(world.lines.map(({ line }) => line)).toEqual(['done running', 'done next'])
  await expect(world.invoke({ ms: 0 }, { signal: caller.signal })).rejects.toThrow('gone')
})
