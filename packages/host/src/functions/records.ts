import type { Store } from '../store/store.ts'
import { createKeyedTurns } from '../kernel/turns.ts'

/** Rows of one kind in memory, by key; they are changed one after the other, and on disk first. */
export interface Records<T> {
  find(key: string): T | undefined
  values(): Iterable<T>
  /** `work` sees what is there and says what shall be; without a value the row is removed. */
  change<Result>(key: string, work: Work<T, Result>): Promise<Result>
}

export type Work<T, Result> = (
  current: T | undefined,
) => Promise<{ readonly value: T | undefined; readonly result: Result }>

export interface RecordsOptions<T> {
  readonly store: Store
  readonly kind: string
  readonly keyOf: (value: T) => string
  /** Called for every row at first, and then after each change. */
  readonly onChanged: (key: string, value: T | undefined) => void
}

/** Reads all rows of a kind. */
export async function loadRecords<T extends object>({
  store,
  kind,
  keyOf,
  onChanged,
}: RecordsOptions<T>): Promise<Records<T>> {
  const rows = new Map<string, T>()
  const turns = createKeyedTurns()

  async function apply<Result>(key: string, work: Work<T, Result>): Promise<Result> {
    const current = rows.get(key)
    const { value, result } = await work(current)
    if (value === current) return result
    await store.write([{ kind, id: key, value }])
    if (value === undefined) rows.delete(key)
    else rows.set(key, value)
    onChanged(key, value)
    return result
  }

  for (const value of await store.list<T>(kind)) {
    const key = keyOf(value)
    rows.set(key, value)
    onChanged(key, value)
  }
  return {
    find: (key) => rows.get(key),
    values: () => rows.values(),
    change: (key, work) => turns.run(key, () => apply(key, work)),
  }
}
