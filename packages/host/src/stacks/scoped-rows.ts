import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'

/** What has a name of its own within an account and Region. */
export interface Named {
  readonly name: string
  readonly scope: Scope
}

/** One kind of row, read once and held in memory; the store is written first. */
export interface ScopedRows<Row extends Named> {
  find(scope: Scope, name: string): Row | undefined
  list(scope: Scope): Row[]
  /** Creates or replaces. */
  put(row: Row): Promise<void>
  remove(row: Row): Promise<void>
}

export async function loadScopedRows<Row extends Named>(
  store: Store,
  kind: string,
): Promise<ScopedRows<Row>> {
  const rows = new Map((await store.list<Row>(kind)).map((row) => [rowId(row), row]))
  return {
    find: (scope, name) => rows.get(rowId({ scope, name })),
    list: (scope) => [...rows.values()].filter((row) => scopeKey(row.scope) === scopeKey(scope)),
    async put(row) {
      await store.put(kind, rowId(row), row)
      rows.set(rowId(row), row)
    },
    async remove(row) {
      await store.delete(kind, rowId(row))
      rows.delete(rowId(row))
    },
  }
}

/** What a row is stored under, and what its secrets are sealed for. */
export function rowId({ scope, name }: Named): string {
  return `${scopeKey(scope)}/${name}`
}
