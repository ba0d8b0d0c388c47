// Rows that survive a restart: JSON values under (kind, id). The interface is what every engine can
// promise; `openStore` is the embedded one, SQLite through Node's own binding.
//
// A commit is in the operating system's hands when the promise resolves, so that a killed process
// loses nothing (WAL with synchronous=NORMAL). A power cut may lose the last moments; it does not
// damage the file (SQLite documentation, PRAGMA synchronous).
import { chmodSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { textOf, textsOf } from './change-text.ts'
import { createPrivateFile } from './private-file.ts'
import { prepareFile, rollBack } from './sqlite-schema.ts'

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
  /** The changes in their order: all of them or, when it rejects or the process is killed, none. */
  write(changes: readonly StoreChange[]): Promise<void>
}

/** One row created or replaced, or (without a value) removed if it is there. */
export interface StoreChange {
  readonly kind: string
  readonly id: string
  readonly value?: object | undefined
}

/** How long a statement waits for another process that is writing. */
const BUSY_TIMEOUT_MS = 2_000

/**
 * Opens the database file, making it when it is missing; `:memory:` keeps nothing. Several may open one
 * file: a host, which must be alone, calls `openDatabase`.
 */
export function openStore(file: string): Store {
  try {
    return sqliteStore(openSqlite(file))
  } catch (cause) {
    if (cause instanceof HostError) throw cause
    const message = `The store ${file} cannot be opened: ${errorMessage(cause)}`
    throw new HostError('ERR_CONFLICT', message, { cause })
  }
}

function openSqlite(file: string): DatabaseSync {
  if (file !== ':memory:') {
    createPrivateFile(file)
    chmodSync(file, 0o600) // SQLite gives its -wal and -shm files the mode of the database
  }
  // An import by name would load SQLite in every process that only needs the types.
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    prepareFile(database, file)
    return database
  } catch (error) {
    database.close()
    throw error
  }
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
      upsert.run(kind, id, textOf(value))
    },
    async putIfAbsent(kind, id, value) {
      return insertNew.run(kind, id, textOf(value)).changes === 1
    },
    async delete(kind, id) {
      return remove.run(kind, id).changes === 1
    },
    async list<T>(kind: string) {
      return selectKind.all(kind).map((row) => readValue(row) as T)
    },
    async write(changes) {
      const texts = textsOf(changes)
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const { kind, id, text } of texts) {
          if (text === undefined) remove.run(kind, id)
          else upsert.run(kind, id, text)
        }
        database.exec('COMMIT')
      } catch (error) {
        rollBack(database)
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
