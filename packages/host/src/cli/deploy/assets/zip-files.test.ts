import { chmod, mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts'
import { unpackZip } from '../../../code/unpack-zip.ts'
import { listFiles } from './list-files.ts'
import { zipFiles } from './zip-files.ts'

test('the same files make the same bytes, whenever they were written', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'a'))
  await writeFile(join(folder.path, 'a/b.txt'), 'b')
  await writeFile(join(folder.path, 'run.sh'), '#!/bin/sh')
  const first = await zipFiles(await listFiles(folder.path))
  await utimes(join(folder.path, 'run.sh'), 1, 1)
  const again = await zipFiles(await listFiles(folder.path))
  expect(again.sha256).toBe(first.sha256)
  await chmod(join(folder.path, 'run.sh'), 0o755)
  expect((await zipFiles(await listFiles(folder.path))).sha256).not.toBe(first.sha256)
})

test('what comes out of an archive is what went in, links followed', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using into = await temporaryFolder()
  await mkdir(join(folder.path, 'pkg'))
  await writeFile(join(folder.path, 'pkg/ü.py'), 'x = 1')
  await writeFile(join(folder.path, 'run.sh'), '#!/bin/sh')
  await chmod(join(folder.path, 'run.sh'), 0o755)
  await symlink('pkg', join(folder.path, 'link'))
  await symlink('.', join(folder.path, 'pkg/around'))
  await symlink('nowhere', join(folder.path, 'dangling'))
  const files = await listFiles(folder.path)
  expect(files.map(({ name }) => name)).toEqual(['link/ü.py', 'pkg/ü.py', 'run.sh'])
  await unpackZip((await zipFiles(files)).bytes, into.path, { maxUnpackedBytes: 1_000 })
  expect(await readFile(join(into.path, 'link/ü.py'), 'utf8')).toBe('x = 1')
  expect((await stat(join(into.path, 'run.sh'))).mode & 0o111).not.toBe(0)
})
