import { test } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import type { ChildExit } from '../process/child.ts'
import { createProcessPool } from './process-pool.ts'
import type { ServerProcess } from './server-process.ts'

const MINUTE = 60_000

/** A pool of processes that are only records; each start waits until the test lets it happen. */
function poolOf(warmSessions: number) {
  const starts: { finish: () => FakeProcess; fail: () => void }[] = []
  let pids = 0
  let time = 0
  const start = () => {
    const { promise, resolve, reject } = Promise.withResolvers<ServerProcess>()
    const finish = () => {
      const process = fakeProcess((pids += 1))
      resolve(process)
      return process
    }
    starts.push({ finish, fail: () => reject(new Error('no')) })
    return promise
  }
  const pool = createProcessPool({ start, warmSessions, log: silentLog, now: () => time })
  return { pool, starts, pass: (ms: number) => (time += ms) }
}

interface FakeProcess extends ServerProcess {
  isStopped: boolean
  readonly exit: () => void
}

function fakeProcess(pid: number): FakeProcess {
  const { promise: exited, resolve } = Promise.withResolvers<ChildExit>()
  return {
    pid,
    listener: { host: '127.0.0.1', port: 1 },
    agent: undefined as unknown as ServerProcess['agent'],
    exited,
    lastLines: () => '',
    runtimeSessionId: undefined,
    shell: (command) => ({ file: command, args: [], cwd: '/', env: {} }),
    isStopped: false,
    exit: () => resolve({ exitCode: 0, signal: null }),
    async stop() {
      this.isStopped = true
    },
  }
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

test('it fills itself one process at a time, up to its target', async ({ expect }) => {
  const { pool, starts } = poolOf(2)
  pool.refill()
  pool.refill()
  expect(starts).toHaveLength(1)
  starts[0]?.finish()
  await settled()
  expect(starts).toHaveLength(2)
  starts[1]?.finish()
  await settled()
  expect(starts).toHaveLength(2)
  await pool.stop()
})

test('the process that has waited longest is taken first', async ({ expect }) => {
  const { pool } = poolOf(2)
  const [one, two] = [fakeProcess(1), fakeProcess(2)]
  pool.add(one)
  pool.add(two)
  expect([await pool.claim(), await pool.claim()]).toEqual([one, two])
  await pool.stop()
})

test('a claim on an empty pool takes the process that is starting already', async ({ expect }) => {
  const { pool, starts } = poolOf(1)
  pool.refill()
  const [first, second] = [pool.claim(), pool.claim()]
  expect(starts).toHaveLength(2)
  const processes = starts.map(({ finish }) => finish())
  expect(await Promise.all([first, second])).toEqual(processes)
  await pool.stop()
  expect(processes.some(({ isStopped }) => isStopped)).toBe(false)
})

test('a pool that was found empty keeps more for a while', async ({ expect }) => {
  const { pool, starts, pass } = poolOf(1)
  const claimed = pool.claim()
  starts[0]?.finish()
  await claimed
  const fill = async () => {
    pool.refill()
    for (let at = 0; at < starts.length; at += 1) {
      starts[at]?.finish()
      await settled()
    }
    return starts.length - 1
  }
  expect(await fill()).toBe(2)
  pool.sweep()
  pass(MINUTE)
  pool.sweep()
  const kept = await pool.claim()
  expect((kept as FakeProcess).isStopped).toBe(false)
  await pool.stop()
})

test('a pool for cold starts stays empty', async ({ expect }) => {
  const { pool, starts } = poolOf(0)
  const claimed = pool.claim()
  starts[0]?.finish()
  await claimed
  pool.refill()
  expect(starts).toHaveLength(1)
  await pool.stop()
})

test('stopping ends what waits and what is starting, not what was claimed', async ({ expect }) => {
  const { pool, starts } = poolOf(3)
  const [claimed, waiting] = [fakeProcess(1), fakeProcess(2)]
  pool.add(claimed)
  pool.add(waiting)
  await pool.claim()
  pool.refill()
  const stopped = pool.stop()
  const late = starts[0]?.finish()
  await stopped
  expect([claimed.isStopped, waiting.isStopped, late?.isStopped]).toEqual([false, true, true])
  waiting.exit()
  pool.refill()
  expect(starts).toHaveLength(1)
})

test('a start that fails is not tried again at once', async ({ expect }) => {
  const { pool, starts } = poolOf(1)
  pool.refill()
  starts[0]?.fail()
  await settled()
  expect(starts).toHaveLength(1)
  await pool.stop()
})
