// One host at a time uses a database file. The lock is SQLite's own, held on a file beside the
// database by a transaction that never ends: the operating system takes it away from a process that
// dies, however it dies, so that nothing stale is left to judge.
//
// Missing: file systems whose locks other machines do not see (some network mounts) give no protection
// between machines.
import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseSync } from 'node:sqlite'
import { HostError } from '../kernel/host-error.ts'
import { createPrivateFile } from './private-file.ts'
import { rollBack } from './sqlite-schema.ts'

/** A host that was just killed, or is on its way out, may take a moment to be gone. */
const WAIT_MS = 1_000
const RETRY_MS = 50
/** Others write the name, or read it, for less than this. */
const BUSY_TIMEOUT_MS = 20
const SQLITE_BUSY = 5

/** Takes the lock of a database file, or says which process has it. */
export async function lockFile(file: string): Promise<AsyncDisposable> {
  const lock = openLock(`${file}.lock`)
  const deadline = performance.now() + WAIT_MS
  try {
    while (!take(lock)) {
      if (performance.now() > deadline) throw inUse(file, holderOf(lock))
      await delay(RETRY_MS)
    }
  } catch (error) {
    lock.close()
    throw error
  }
  return { [Symbol.asyncDispose]: async () => void (lock.isOpen && lock.close()) }
}

function openLock(path: string): DatabaseSync {
  createPrivateFile(path)
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
  const lock = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  // The file holds one number on one page: no journal could make its writing more atomic.
  lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF')
  return lock
}

/**
 * The holder's process id stands in the file's `user_version`. It must be committed to be read by
 * others, and committing gives the lock away: so the lock is ours when we have it and the name is ours.
 */
function take(lock: DatabaseSync): boolean {
  try {
    for (;;) {
      lock.exec('BEGIN IMMEDIATE')
      if (holderOf(lock) === process.pid) return true
      lock.exec(`PRAGMA user_version = ${process.pid}; COMMIT`)
    }
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error
    rollBack(lock) // the commit may have met somebody who was reading the name
    return false
  }
}

function holderOf(lock: DatabaseSync): number {
  return Number(lock.prepare('PRAGMA user_version').get()?.['user_version'])
}

function inUse(file: string, holder: number): HostError {
  const who = holder === process.pid ? 'this process' : `process ${holder}`
  return new HostError(
    'ERR_CONFLICT',
    `The store ${file} is in use by another host, ${who}; stop that one, or use another data directory`,
  )
}
