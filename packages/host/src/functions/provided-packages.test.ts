import { readdir } from 'node:fs/promises'
import { test, vi } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { createPackageProvider } from './provided-packages.ts'

/** A machine without npm: every install is tried, and fails. */
async function world() {
  const folder = await temporaryFolder()
  const provide = createPackageProvider({ cacheDir: folder.path, env: { PATH: '' } })
  return {
    folder,
    ask: (functionArn: string, name: string) =>
      provide({ functionArn, name: `@aws-sdk/${name}`, onProgress: () => {} }).catch(String),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

test('a function waits for a bounded number of packages, and others do not hear of it', async ({
  expect,
}) => {
  await using it = await world()
  const asked = Array.from({ length: 51 }, (_, index) => it.ask('one', `client-${index}`))
  const other = it.ask('other', 'client-0')
  expect(await asked[50]).toContain('waits for 50 packages already')
  expect(await other).toContain('npm was not found')
  expect(await Promise.all(asked.slice(0, 50))).toEqual(
    Array.from({ length: 50 }, () => expect.stringContaining('npm was not found')),
  )
  expect(await it.ask('one', 'client-50')).toContain('npm was not found')
})

test('a failure is remembered for a minute', async ({ expect }) => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    await using it = await world()
    const first = await it.ask('one', 'client-it')
    await it.folder[Symbol.asyncDispose]() // each try makes it anew
    const isTried = async () => (await readdir(it.folder.path).catch(() => undefined)) !== undefined
    expect(await it.ask('other', 'client-it')).toBe(first)
    expect(await isTried()).toBe(false)
    vi.advanceTimersByTime(60_000)
    expect(await it.ask('other', 'client-it')).toBe(first)
    expect(await isTried()).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})
