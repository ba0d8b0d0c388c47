import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { watchSources } from './watch.ts'

test('a save is reported once, in old and in new folders, and not for packages', async ({
  expect,
}) => {
  const dir = await mkdtemp(join(tmpdir(), 'catamaran-watch-'))
  await mkdir(join(dir, 'node_modules'))
  let saved = Promise.withResolvers<void>()
  let count = 0
  const watcher = await watchSources(dir, () => {
    count += 1
    saved.resolve()
  })
  const nextSave = () => {
    saved = Promise.withResolvers<void>()
    return saved.promise
  }
  try {
    let next = nextSave()
    await writeFile(join(dir, 'server.ts'), '1')
    await writeFile(join(dir, 'server.ts'), '2')
    await next
    await writeFile(join(dir, 'node_modules', 'package.ts'), 'x')
    await writeFile(join(dir, 'notes.md'), 'x')
    await mkdir(join(dir, 'lib'))
    next = nextSave()
    // The new folder is noticed in a moment of its own; a person saves again, and so does this test.
    const typing = setInterval(() => void writeFile(join(dir, 'lib', 'tool.ts'), '1'), 50)
    await next
    clearInterval(typing)
    expect(count).toBeGreaterThanOrEqual(2)
  } finally {
    watcher.close()
    await rm(dir, { recursive: true })
  }
})
