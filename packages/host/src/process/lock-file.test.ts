import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { withLockFile } from './lock-file.ts'

test('one at a time, also within one process', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  let busy = 0
  const work = async () => {
    busy += 1
    expect(busy).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    busy -= 1
  }
  await Promise.all([withLockFile(path, work), withLockFile(path, work)])
})

test('a lock of a dead process is nobody’s, even one that had our number', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'lock')
  for (const left of [`${process.pid} of-a-former-container`, '4194303 gone']) {
    await writeFile(path, left)
    let isDone = false
    await withLockFile(path, async () => void (isDone = true))
    expect(isDone).toBe(true)
  }
})
