import { test } from 'vitest'
import { openStore } from '../store/store.ts'
import { loadRecords } from './records.ts'

interface Row {
  readonly name: string
  readonly count: number
}

function load(store: Parameters<typeof loadRecords>[0]['store'], changed: unknown[] = []) {
  return loadRecords<Row>({
    store,
    kind: 'row',
    keyOf: ({ name }) => name,
    onChanged: (key, value) => changed.push([key, value?.count]),
  })
}

test('changes of one row come one after the other and are on disk first', async ({ expect }) => {
  await using store = openStore(':memory:')
  const changed: unknown[] = []
  const records = await load(store, changed)
  const increments = Array.from({ length: 20 }, () =>
    records.change('a', async (current) => {
      await Promise.resolve()
      const count = (current?.count ?? 0) + 1
      return { value: { name: 'a', count }, result: count }
    }),
  )
  expect(await Promise.all(increments)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  expect(changed.at(-1)).toEqual(['a', 20])
  expect(await store.list('row')).toEqual([{ name: 'a', count: 20 }])
  const again: unknown[] = []
  expect((await load(store, again)).find('a')).toEqual({ name: 'a', count: 20 })
  expect(again).toEqual([['a', 20]])
})

test('a change that is refused changes nothing, and the next one goes on', async ({ expect }) => {
  await using store = openStore(':memory:')
  const records = await load(store)
  const refused = records.change('a', () => Promise.reject(new Error('no')))
  const made = records.change('a', async () => ({
    value: { name: 'a', count: 1 },
    result: undefined,
  }))
  await expect(refused).rejects.toThrow('no')
  await made
  await records.change('a', async () => ({ value: undefined, result: undefined }))
  expect([...records.values()]).toEqual([])
  expect(await store.list('row')).toEqual([])
})
