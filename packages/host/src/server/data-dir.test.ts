import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { openDataDir } from './data-dir.ts'

test('what a killed host left is removed, and the keys stay out of version control', async ({
  expect,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'catamaran-data-'))
  const { pid: gone } = spawnSync('true')
  await mkdir(join(dataDir, 'tmp', String(gone), 'runtimes'), { recursive: true })
  const own = await openDataDir(dataDir)
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([String(process.pid)])
  expect(own).toBe(join(dataDir, 'tmp', String(process.pid)))
  expect(await readFile(join(dataDir, '.gitignore'), 'utf8')).toBe('*\n')
  await rm(dataDir, { recursive: true })
})

test('what a killed host of the same process id left is removed, and not what a living one has', async ({
  expect,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'catamaran-data-'))
  const temp = join(dataDir, 'tmp', String(process.pid))
  await mkdir(join(temp, 'runtimes'), { recursive: true })
  await openDataDir(dataDir)
  expect(await readdir(temp)).toEqual([])
  await mkdir(join(temp, 'functions'))
  await openDataDir(dataDir)
  expect(await readdir(temp)).toEqual(['functions'])
  await rm(dataDir, { recursive: true })
})
