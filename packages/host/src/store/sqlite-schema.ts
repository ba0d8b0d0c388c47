import { closeSync, openSync, rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { MIGRATIONS, newerSchema, type Migration } from './migrations.ts'

/**
 * Makes an opened file ready: write-ahead log, newest schema. A migration happens whole or not at all,
 * and what was there before it is kept beside the file, as `FILE.vVERSION-TIME.backup`. A schema newer
 * than ours is refused and not touched.
 */
export function prepareFile(
  database: DatabaseSync,
  file: string,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > migrations.length) throw newerSchema(file, 'data directory')
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  if (version === migrations.length) return
  const backup = version > 0 ? backUp(database, file, version) : undefined
  const steps = migrations.slice(version).map(({ sqlite }) => `${sqlite};`)
  try {
    database.exec(
      `BEGIN IMMEDIATE; ${steps.join('')} PRAGMA user_version = ${migrations.length}; COMMIT`,
    )
  } catch (cause) {
    rollBack(database)
    // The database is what it was, so that a copy of it would only fill the disk, start after start.
    if (backup !== undefined) rmSync(backup, { force: true })
    const step = `from schema ${version} to ${migrations.length}`
    throw new HostError(
      'ERR_CONFLICT',
      `The store ${file} cannot be brought ${step} and was left as it is: ${errorMessage(cause)}`,
      { cause },
    )
  }
}

/** Ends a transaction that failed, unless SQLite already has, as it does when the disk is full. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // No transaction is left to end; why the first statement failed is the error to report.
  }
}

/** A whole and current copy, also of what is still in the write-ahead log. */
function backUp(database: DatabaseSync, file: string, version: number): string {
  const time = new Date().toISOString().replaceAll(/[-:.]/g, '')
  const backup = `${file}.v${version}-${time}.backup`
  closeSync(openSync(backup, 'wx', 0o600)) // SQLite writes into an empty file and leaves its mode
  database.prepare('VACUUM INTO ?').run(backup)
  return backup
}
