// Rows that survive a restart: JSON values under (kind, id). The interface is what every engine can
// promise; `openStore` is the embedded one, SQLite through Node's own binding.
//
// A commit is in the operating system's hands when the promise resolves, so that a killed process
// loses nothing (WAL with synchronous=NORMAL). A power cut may lose the last moments; it does not
// damage the file (SQLite documentation, PRAGMA synchronous).
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { errorMessage, HostError } from '../kernel/host-error.ts'

export interface Store extends AsyncDisposable {
  get<T extends object>(kind: string, id: string): Promise<T | undefined>
  /** Creates or replaces. */
  put(kind: string, id: string, value: object): Promise<void>
  /** Creates, or leaves what is there alone and says false. Of several callers one gets true. */
  putIfAbsent(kind: string, id: string, value: object): Promise<boolean>
  /** Says whether there was one. */
  delete(kind: string, id: string): Promise<boolean>
  /** In the order of creation; replacing a value does not move it. */
  list<T extends object>(kind: string): Promise<T[]>
  /** All of the changes or, when it rejects or the process is killed, none of them. */
  write(changes: readonly StoreChange[]): Promise<void>
}

/** One row created or replaced, or (without a value) removed if it is there. */
export interface StoreChange {
  readonly kind: string
  readonly id: string
  readonly value?: object | undefined
}

const SCHEMA_VERSION = 1
/** How long a statement waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 2_000

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS item (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

/** Opens the database file, making it when it is missing; `:memory:` keeps nothing. */
export function openStore(file: string): Store {
  try {
    return sqliteStore(openDatabase(file))
  } catch (cause) {
    if (cause instanceof HostError) throw cause
    const message = `The store ${file} cannot be opened: ${errorMessage(cause)}`
    throw new HostError('ERR_CONFLICT', message, { cause })
  }
}

function openDatabase(file: string): DatabaseSync {
  if (file !== ':memory:') createPrivateFile(file)
  // An import by name would load SQLite in every process that only needs the types.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    prepareSchema(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite gives its -wal and -shm files the mode of the database, so setting it once is enough. */
function createPrivateFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

function prepareSchema(database: DatabaseSync, file: string): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (version === SCHEMA_VERSION) return
  if (version !== 0) {
    throw new HostError(
      'ERR_CONFLICT',
      `The store ${file} was written by another version of Catamaran; use that version, or another data directory`,
    )
  }
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`)
}

function sqliteStore(database: DatabaseSync): Store {
  const select = database.prepare('SELECT value FROM item WHERE kind = ? AND id = ?')
  const selectKind = database.prepare('SELECT value FROM item WHERE kind = ? ORDER BY position')
  const insert = 'INSERT INTO item (kind, id, value) VALUES (?, ?, ?) ON CONFLICT (kind, id)'
  const upsert = database.prepare(`${insert} DO UPDATE SET value = excluded.value`)
  const insertNew = database.prepare(`${insert} DO NOTHING`)
  const remove = database.prepare('DELETE FROM item WHERE kind = ? AND id = ?')

  return {
    async get<T>(kind: string, id: string) {
      const row = select.get(kind, id)
      return row && (readValue(row) as T)
    },
    async put(kind, id, value) {
      upsert.run(kind, id, JSON.stringify(value))
    },
    async putIfAbsent(kind, id, value) {
      return insertNew.run(kind, id, JSON.stringify(value)).changes === 1
    },
    async delete(kind, id) {
      return remove.run(kind, id).changes === 1
    },
    async list<T>(kind: string) {
      return selectKind.all(kind).map((row) => readValue(row) as T)
    },
    async write(changes) {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const { kind, id, value } of changes) {
          if (value === undefined) remove.run(kind, id)
          else upsert.run(kind, id, JSON.stringify(value))
        }
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      if (database.isOpen) database.close()
    },
  }
}

/** Untyped: the one who writes a kind of row reads it, and knows its type. */
function readValue(row: Record<string, unknown>): unknown {
  return JSON.parse(String(row['value']))
}
