import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { lockFile } from './file-lock.ts'

const HOLD = `
  const { lockFile } = await import(${JSON.stringify(new URL('./file-lock.ts', import.meta.url))})
  globalThis.lock = await lockFile(process.argv[1])
  process.stdout.write('locked')
  setInterval(() => {}, 1_000)`

test('another process is named, and a killed one holds nothing', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLD, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(holder, 'exit')
  try {
    await Promise.race([once(holder.stdout, 'data'), exited])
    await expect(lockFile(file)).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      message: expect.stringContaining(`in use by another host, process ${holder.pid};`),
    })
  } finally {
    holder.kill('SIGKILL')
    await exited
  }
  await using lock = await lockFile(file)
  expect(lock).toBeDefined()
})

test('a refused attempt does not loosen the lock that refused it', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  await using _ = await lockFile(file)
  await expect(lockFile(file)).rejects.toThrow(/this process/)
  const program = HOLD.replace('setInterval(() => {}, 1_000)', '')
  const other = spawn(process.execPath, ['--input-type=module', '-e', program, file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  other.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  await once(other, 'close')
  expect(stderr).toContain(`process ${process.pid};`)
})

test('of several that start at once, one gets it and the others are told', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  const starts = [1, 2, 3, 4].map(() => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { child, exited: once(child, 'exit') }
  })
  try {
    const endings = await Promise.all(
      starts.map(({ child, exited }) =>
        Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), exited]),
      ),
    )
    const said = endings.map(([data]) => String(data))
    expect(said.filter((text) => text === 'locked')).toHaveLength(1)
    await Promise.all(
      starts.filter((_, index) => said[index] !== 'locked').map(({ exited }) => exited),
    )
    expect(starts.filter(({ child }) => child.exitCode === 1)).toHaveLength(3)
  } finally {
    for (const { child } of starts) child.kill('SIGKILL')
    await Promise.all(starts.map(({ exited }) => exited))
  }
})

test('the lock is free again when it was given back', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  for (const _ of [1, 2]) await (await lockFile(file))[Symbol.asyncDispose]()
  expect((await readFile(`${file}.lock`)).length).toBeGreaterThan(0)
})
