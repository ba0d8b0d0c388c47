import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { MIGRATIONS } from './migrations.ts'
import { prepareFile } from './sqlite-schema.ts'
import { openStore } from './store.ts'

const BACKUP = /^catamaran\.db\.v1-\d{8}T\d{9}Z\.backup$/

test('a file of the first schema is brought forward, and kept beside it as it was', async ({
  expect,
}) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  writeFirstSchema(file)
  {
    await using store = openStore(file)
    expect(await store.list('k')).toEqual([{ turn: 1 }])
    await store.put('k', 'b', { turn: 2 })
  }
  expect(versionOf(file)).toBe(MIGRATIONS.length)
  const backups = (await readdir(folder.path)).filter((name) => BACKUP.test(name))
  expect(backups).toHaveLength(1)
  const backup = join(folder.path, backups[0] ?? '')
  expect((await stat(backup)).mode & 0o777).toBe(0o600)
  expect(versionOf(backup)).toBe(1)
  {
    await using store = openStore(file)
    expect(await store.list('k')).toHaveLength(2)
  }
  expect((await readdir(folder.path)).filter((name) => BACKUP.test(name))).toEqual(backups)
})

test('a migration that fails leaves the file as it was', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'catamaran.db')
  writeFirstSchema(file)
  const database = new DatabaseSync(file)
  const broken = [
    ...MIGRATIONS.slice(0, 1),
    { sqlite: 'DELETE FROM item; CREATE TABLE half (a); SELECT nonsense', postgres: '' },
  ]
  expect(() => prepareFile(database, file, broken)).toThrow(
    expect.objectContaining({
      code: 'ERR_CONFLICT',
      message: expect.stringMatching(/from schema 1 to 2 and was left as it is: .*nonsense/),
    }),
  )
  database.close()
  expect(versionOf(file)).toBe(1)
  expect(await readdir(folder.path)).toEqual(['catamaran.db'])
  await using store = openStore(file)
  expect(await store.list('k')).toEqual([{ turn: 1 }])
})

test('a file that is no database, or a later one, is refused by name', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const text = join(folder.path, 'text.db')
  await writeFile(text, 'not a database, but long enough to look at '.repeat(40))
  expect(() => openStore(text)).toThrow(/text\.db cannot be opened/)
  const later = join(folder.path, 'later.db')
  const database = new DatabaseSync(later)
  database.exec('PRAGMA user_version = 99')
  database.close()
  const before = await readFile(later)
  expect(() => openStore(later)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFLICT', message: expect.stringContaining('later.db') }),
  )
  expect(await readFile(later)).toEqual(before)
})

test('the files are for their owner only, whatever they were before', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'data', 'catamaran.db')
  await using store = openStore(file)
  await store.put('k', 'a', {})
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    expect((await stat(name)).mode & 0o777).toBe(0o600)
  }
  expect((await stat(join(folder.path, 'data'))).mode & 0o777).toBe(0o700)
})

function writeFirstSchema(file: string): void {
  const database = new DatabaseSync(file)
  prepareFile(database, file, MIGRATIONS.slice(0, 1))
  database.exec(`INSERT INTO item (kind, id, value) VALUES ('k', 'a', '{"turn":1}')`)
  database.close()
}

function versionOf(file: string): unknown {
  const database = new DatabaseSync(file)
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  database.close()
  return version
}
