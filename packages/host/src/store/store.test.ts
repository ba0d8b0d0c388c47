import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { openStore, type Store } from './store.ts'

interface Engine {
  readonly name: string
  readonly open: () => Promise<{ readonly store: Store } & AsyncDisposable>
}

const ENGINES: readonly Engine[] = [
  {
    name: 'memory',
    async open() {
      const store = openStore(':memory:')
      return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
    },
  },
  {
    name: 'file',
    async open() {
      const dir = await tempDir()
      const store = openStore(join(dir.path, 'catamaran.db'))
      const close = async () => {
        await store[Symbol.asyncDispose]()
        await dir[Symbol.asyncDispose]()
      }
      return { store, [Symbol.asyncDispose]: close }
    },
  },
]

describe.each(ENGINES)('the $name engine', ({ open }) => {
  test('gives back what was put, under its kind and id only', async ({ expect }) => {
    await using engine = await open()
    const { store } = engine
    await store.put('client', 'a', { name: 'A', scopes: ['x'] })
    await store.put('pool', 'a', { name: 'P' })
    expect(await store.get('client', 'a')).toEqual({ name: 'A', scopes: ['x'] })
    expect(await store.get('pool', 'a')).toEqual({ name: 'P' })
    expect(await store.get('client', 'b')).toBeUndefined()
    expect(await store.get('', '')).toBeUndefined()
  })

  test('any JSON value under any key survives the round trip', async ({ expect }) => {
    await using engine = await open()
    const value = fc.dictionary(fc.string(), fc.jsonValue())
    // A lone surrogate is no character, and no database keeps it.
    const key = fc.string({ unit: 'grapheme' })
    await fc.assert(
      fc.asyncProperty(key, key, value, async (kind, id, it) => {
        await engine.store.put(kind, id, it)
        const back = await engine.store.get(kind, id)
        expect(JSON.stringify(back)).toBe(JSON.stringify(it))
      }),
      { numRuns: 100 },
    )
  })

  test('lists a kind in the order of creation, whatever is replaced later', async ({ expect }) => {
    await using engine = await open()
    const { store } = engine
    for (const id of ['c', 'a', 'b']) await store.put('k', id, { id, turn: 1 })
    await store.put('other', 'x', { id: 'x' })
    await store.put('k', 'c', { id: 'c', turn: 2 })
    expect(await store.list('k')).toEqual([
      { id: 'c', turn: 2 },
      { id: 'a', turn: 1 },
      { id: 'b', turn: 1 },
    ])
    await store.delete('k', 'c')
    await store.put('k', 'c', { id: 'c', turn: 3 })
    expect((await store.list<{ id: string }>('k')).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(await store.list('nothing')).toEqual([])
  })

  test('lets exactly one of many creators win', async ({ expect }) => {
    await using engine = await open()
    const { store } = engine
    const created = await Promise.all(
      [1, 2, 3].map((turn) => store.putIfAbsent('k', 'a', { turn })),
    )
    expect(created.filter(Boolean)).toHaveLength(1)
    expect(await store.get('k', 'a')).toEqual({ turn: created.indexOf(true) + 1 })
  })

  test('says whether there was something to delete', async ({ expect }) => {
    await using engine = await open()
    const { store } = engine
    await store.put('k', 'a', {})
    expect(await store.delete('k', 'a')).toBe(true)
    expect(await store.delete('k', 'a')).toBe(false)
    expect(await store.get('k', 'a')).toBeUndefined()
  })

  test('can be closed twice, and refuses work afterwards', async ({ expect }) => {
    await using engine = await open()
    const { store } = engine
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await expect(store.get('k', 'a')).rejects.toThrow(/not open|finalized/)
  })
})

test('rows survive a restart, in a file for its owner only', async ({ expect }) => {
  await using dir = await tempDir()
  const file = join(dir.path, 'data', 'catamaran.db')
  {
    await using store = openStore(file)
    await store.put('k', 'b', { turn: 1 })
    await store.put('k', 'a', { turn: 2 })
    for (const name of [file, `${file}-wal`, `${file}-shm`]) {
      expect((await stat(name)).mode & 0o777).toBe(0o600)
    }
  }
  await using store = openStore(file)
  expect(await store.list('k')).toEqual([{ turn: 1 }, { turn: 2 }])
})

test('a process that is killed loses nothing it was told is kept', async ({ expect }) => {
  await using dir = await tempDir()
  const file = join(dir.path, 'catamaran.db')
  const program = `
    const { openStore } = await import(${JSON.stringify(new URL('./store.ts', import.meta.url))})
    const store = openStore(${JSON.stringify(file)})
    for (let turn = 0; turn < 50; turn++) await store.put('k', String(turn), { turn })
    process.kill(process.pid, 'SIGKILL')
  `
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', program])
  expect(child.signal).toBe('SIGKILL')
  await using store = openStore(file)
  expect(await store.list('k')).toHaveLength(50)
})

test('two processes share a file', async ({ expect }) => {
  await using dir = await tempDir()
  const file = join(dir.path, 'catamaran.db')
  await using first = openStore(file)
  await using second = openStore(file)
  await first.put('k', 'a', { turn: 1 })
  expect(await second.get('k', 'a')).toEqual({ turn: 1 })
  expect(await second.putIfAbsent('k', 'a', { turn: 2 })).toBe(false)
})

test('a file that is no database, or a later one, is refused by name', async ({ expect }) => {
  await using dir = await tempDir()
  const text = join(dir.path, 'text.db')
  await writeFile(text, 'not a database, but long enough to look at '.repeat(40))
  expect(() => openStore(text)).toThrow(/text\.db cannot be opened/)
  const later = join(dir.path, 'later.db')
  const database = new DatabaseSync(later)
  database.exec('PRAGMA user_version = 99')
  database.close()
  expect(() => openStore(later)).toThrow(
    expect.objectContaining({ code: 'ERR_CONFLICT', message: expect.stringContaining('later.db') }),
  )
})

async function tempDir() {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-store-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
