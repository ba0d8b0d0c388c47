// The schema, as the steps that lead to it. A database at version N has seen the first N of them; a
// released step is never changed, and what comes later is a new step at the end.

import { HostError } from '../kernel/host-error.ts'

/** One step forward, in each engine's own words; it may meet a database that has seen it already. */
export interface Migration {
  readonly sqlite: string
  readonly postgres: string
}

export const MIGRATIONS: readonly Migration[] = [
  {
    sqlite: `
      CREATE TABLE IF NOT EXISTS item (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (kind, id)
      ) STRICT`,
    // Values are text and not jsonb, which would order members, drop duplicates and refuse \u0000.
    postgres: `
      CREATE TABLE IF NOT EXISTS item (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        value text NOT NULL,
        UNIQUE (kind, id)
      )`,
  },
  // Listing a kind reads its rows in order instead of sorting them: a third of the time for 11,000.
  {
    sqlite: 'CREATE INDEX IF NOT EXISTS item_by_kind ON item (kind, position)',
    postgres: 'CREATE INDEX IF NOT EXISTS item_by_kind ON item (kind, position)',
  },
]

/** The way back from a version that this one does not know is that version, or other rows. */
export function newerSchema(store: string, other: string): HostError {
  return new HostError(
    'ERR_CONFLICT',
    `The store ${store} was written by another version of Catamaran; use that version, or another ${other}`,
  )
}
