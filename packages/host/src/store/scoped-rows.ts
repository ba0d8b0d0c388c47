import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { Store, StoreChange } from './store.ts'

/** What has a name of its own within an account and Region. */
export interface Named {
  readonly name: string
  readonly scope: Scope
}

/** One kind of row, read once and held in memory; the store is written first. */
export interface ScopedRows<Row extends Named> {
  find(scope: Scope, name: string): Row | undefined
  /** By name. */
  list(scope: Scope): Row[]
  /** Of every account and Region. */
  all(): Row[]
  /** Creates or replaces, together with other changes: all of it or nothing. */
  put(row: Row, others?: readonly StoreChange[]): Promise<void>
  remove(row: Row, others?: readonly StoreChange[]): Promise<void>
  /** The change alone, for somebody who writes it with changes of his own; then hold or drop. */
  describePut(row: Row): StoreChange
  describeRemove(row: Row): StoreChange
  hold(row: Row): void
  drop(row: Row): void
}

export async function loadScopedRows<Row extends Named>(
  store: Store,
  kind: string,
): Promise<ScopedRows<Row>> {
  const rows = new Map((await store.list<Row>(kind)).map((row) => [rowId(row), row]))
  const describePut = (row: Row) => ({ kind, id: rowId(row), value: row })
  const describeRemove = (row: Row) => ({ kind, id: rowId(row) })
  return {
    find: (scope, name) => rows.get(rowId({ scope, name })),
    list: (scope) =>
      [...rows.values()]
        .filter((row) => scopeKey(row.scope) === scopeKey(scope))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    all: () => [...rows.values()],
    async put(row, others = []) {
      await store.write([...others, describePut(row)])
      rows.set(rowId(row), row)
    },
    async remove(row, others = []) {
      await store.write([...others, describeRemove(row)])
      rows.delete(rowId(row))
    },
    describePut,
    describeRemove,
    hold: (row) => void rows.set(rowId(row), row),
    drop: (row) => void rows.delete(rowId(row)),
  }
}

/** What a row is stored under, and what its secrets are sealed for. */
export function rowId({ scope, name }: Named): string {
  return `${scopeKey(scope)}/${name}`
}
