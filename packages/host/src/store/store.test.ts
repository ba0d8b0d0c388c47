// What every engine promises, asked of all of them.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, test } from 'vitest'
import { announceSkip } from '../../test/support/announce-skip.ts'
import { startPostgres } from '../../test/support/postgres-server.ts'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { openDatabase } from './open-database.ts'
import type { Store, StoreChange } from './store.ts'

interface Engine {
  readonly name: string
  /** A database that nobody has used; it is gone with the test. */
  readonly create: () => Promise<{ readonly location: string } & AsyncDisposable>
}

const server = await startPostgres()
afterAll(async () => {
  if (typeof server !== 'string') await server[Symbol.asyncDispose]()
})

const MEMORY: Engine = {
  name: 'memory',
  create: async () => ({ location: ':memory:', async [Symbol.asyncDispose]() {} }),
}

const DURABLE: readonly Engine[] = [
  {
    name: 'file',
    async create() {
      const folder = await temporaryFolder()
      return { ...folder, location: join(folder.path, 'data', 'catamaran.db') }
    },
  },
]

if (typeof server === 'string') announceSkip('the store on PostgreSQL', server)
const POSTGRES: readonly Engine[] =
  typeof server === 'string'
    ? []
    : [
        {
          name: 'PostgreSQL',
          async create() {
            const schema = `test_${randomBytes(6).toString('hex')}`
            return { location: server.url({ schema }), async [Symbol.asyncDispose]() {} }
          },
        },
      ]

async function open({ create }: Engine): Promise<{ readonly store: Store } & AsyncDisposable> {
  const database = await create()
  const store = await openDatabase(database.location)
  return {
    store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

describe.each([MEMORY, ...DURABLE, ...POSTGRES])('the $name engine', (engine) => {
  test('gives back what was put, under its kind and id only', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    await store.put('client', 'a', { name: 'A', scopes: ['x'] })
    await store.put('pool', 'a', { name: 'P' })
    expect(await store.get('client', 'a')).toEqual({ name: 'A', scopes: ['x'] })
    expect(await store.get('pool', 'a')).toEqual({ name: 'P' })
    expect(await store.get('client', 'b')).toBeUndefined()
    expect(await store.get('', '')).toBeUndefined()
  })

  test('any JSON value under any key survives the round trip', async ({ expect }) => {
    await using opened = await open(engine)
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    // A lone surrogate is no character, and no database keeps it.
    const key = fc.string({ unit: 'grapheme' })
    await fc.assert(
      fc.asyncProperty(key, key, value, async (kind, id, it) => {
        await opened.store.put(kind, id, it)
        const back = await opened.store.get(kind, id)
        expect(JSON.stringify(back)).toBe(JSON.stringify(it))
      }),
      { numRuns: 100 },
    )
  })

  test('lists a kind in the order of creation, whatever is replaced later', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
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
    await using opened = await open(engine)
    const { store } = opened
    const created = await Promise.all(
      [1, 2, 3].map((turn) => store.putIfAbsent('k', 'a', { turn })),
    )
    expect(created.filter(Boolean)).toHaveLength(1)
    expect(await store.get('k', 'a')).toEqual({ turn: created.indexOf(true) + 1 })
  })

  test('says whether there was something to delete', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    await store.put('k', 'a', {})
    expect(await store.delete('k', 'a')).toBe(true)
    expect(await store.delete('k', 'a')).toBe(false)
    expect(await store.get('k', 'a')).toBeUndefined()
  })

  test('writes come to what their changes come to one by one', async ({ expect }) => {
    const change = fc.record({
      kind: fc.constantFrom('j', 'k'),
      id: fc.constantFrom('a', 'b', 'c'),
      value: fc.option(fc.record({ turn: fc.nat() }), { nil: undefined }),
    })
    const writes = fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 6 })
    await using opened = await open(engine)
    const { store } = opened
    await fc.assert(
      fc.asyncProperty(writes, async (batches) => {
        const model = new Map<string, object>()
        for (const kind of ['j', 'k']) {
          await store.write(['a', 'b', 'c'].map((id) => ({ kind, id })))
        }
        for (const batch of batches) {
          await store.write(batch)
          for (const { kind, id, value } of batch) {
            if (value === undefined) model.delete(`${kind}/${id}`)
            else model.set(`${kind}/${id}`, value)
          }
        }
        for (const kind of ['j', 'k']) {
          const rows = [...model].filter(([key]) => key.startsWith(kind)).map(([, row]) => row)
          expect(await store.list(kind)).toEqual(rows)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('a write that rejects has changed nothing', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    await store.put('k', 'old', { turn: 1 })
    const changes = (last: object): StoreChange[] => [
      { kind: 'k', id: 'old' },
      { kind: 'k', id: 'new', value: { turn: 2 } },
      { kind: 'k', id: 'last', value: last },
    ]
    const circular: { self?: object } = {}
    circular.self = circular
    const refused = [circular, { big: 1n }, { toJSON() {} }]
    for (const last of refused) {
      await expect(store.write(changes(last))).rejects.toThrow(TypeError)
    }
    expect(await store.list('k')).toEqual([{ turn: 1 }])
    await store.write(changes({ turn: 3 }))
    expect(await store.list('k')).toEqual([{ turn: 2 }, { turn: 3 }])
  })

  test('a value that writes while it is turned into text disturbs nothing', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    const inner: Promise<void>[] = []
    const meddling = {
      toJSON() {
        inner.push(store.write([{ kind: 'k', id: 'inner', value: { is: 'inner' } }]))
        return { is: 'outer' }
      },
    }
    await store.write([
      { kind: 'k', id: 'first', value: { is: 'first' } },
      { kind: 'k', id: 'outer', value: meddling },
    ])
    await Promise.all(inner)
    expect(await store.get('k', 'inner')).toEqual({ is: 'inner' })
    expect(await store.get('k', 'outer')).toEqual({ is: 'outer' })
  })

  test('changes asked for at once are kept in the order of asking', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    const turns = Array.from({ length: 100 }, (_, turn) => turn)
    await Promise.all(
      turns.map((turn) =>
        turn % 2 === 0
          ? store.put('k', String(turn), { turn })
          : store.write([{ kind: 'k', id: String(turn), value: { turn } }]),
      ),
    )
    expect(await store.list('k')).toEqual(turns.map((turn) => ({ turn })))
  })

  test('one write takes thousands of changes', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    const ids = Array.from({ length: 11_000 }, (_, turn) => `gateway-${turn}`)
    await store.write(ids.map((id) => ({ kind: 'k', id, value: { id, text: 'x'.repeat(100) } })))
    expect((await store.list<{ id: string }>('k')).map(({ id }) => id)).toEqual(ids)
    await store.write(ids.slice(1).map((id) => ({ kind: 'k', id })))
    expect(await store.list('k')).toHaveLength(1)
  })

  test('can be closed twice, and refuses work afterwards', async ({ expect }) => {
    await using opened = await open(engine)
    const { store } = opened
    await store[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
    await expect(store.get('k', 'a')).rejects.toThrow(/not open|finalized/)
    await expect(store.write([{ kind: 'k', id: 'a', value: {} }])).rejects.toThrow(
      /not open|finalized/,
    )
  })
})

describe.each([...DURABLE, ...POSTGRES])('the $name engine, over a restart,', (engine) => {
  test('keeps rows, their order, and room for later ones', async ({ expect }) => {
    await using database = await engine.create()
    {
      await using store = await openDatabase(database.location)
      await store.put('k', 'b', { turn: 1 })
      await store.put('k', 'a', { turn: 2 })
      await store.delete('k', 'b')
    }
    await using store = await openDatabase(database.location)
    await store.put('k', 'b', { turn: 3 })
    expect(await store.list('k')).toEqual([{ turn: 2 }, { turn: 3 }])
  })

  test('serves one host at a time, and says which', async ({ expect }) => {
    await using database = await engine.create()
    {
      await using store = await openDatabase(database.location)
      await store.put('k', 'a', { turn: 1 })
      await expect(openDatabase(database.location)).rejects.toMatchObject({
        code: 'ERR_CONFLICT',
        message: expect.stringMatching(/in use by another host, (?:this process|process \d+ on )/),
      })
    }
    await using store = await openDatabase(database.location)
    expect(await store.list('k')).toEqual([{ turn: 1 }])
  })
})
