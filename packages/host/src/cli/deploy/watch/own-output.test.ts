import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { ownOutput } from './own-output.ts'

test('a log of our own is known, whatever its name', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const at = (name: string) => join(folder.path, name)
  await using log = await open(at('deploy.log'), 'w')
  await writeFile(at('app.js'), '')
  const isOwn = ownOutput([log.fd])
  expect(['deploy.log', 'app.js', 'absent'].map((it) => isOwn(at(it)))).toEqual([
    true,
    false,
    false,
  ])
})
