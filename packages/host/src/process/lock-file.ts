import { randomUUID } from 'node:crypto'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning } from './is-running.ts'

/** Tells this process from one that had its number before: in a container every host has the same. */
const HOLDER = `${process.pid} ${randomUUID()}`

const RETRY_MS = 100
const ABANDONED_MS = 5_000

/** Does the work while no other process of this machine does any under the same lock. */
export async function withLockFile(path: string, work: () => Promise<void>): Promise<void> {
  while (!(await take(path))) await delay(RETRY_MS)
  try {
    await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** The file names its holder; one whose holder has died is nobody's. */
async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, HOLDER, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = await readFile(path, 'utf8').catch(() => '')
  if (await isAbandoned(path, holder)) await rm(path, { force: true })
  return false
}

function isAbandoned(path: string, holder: string): Promise<boolean> | boolean {
  const pid = Number.parseInt(holder, 10)
  if (!(pid > 0)) return isOld(path)
  return pid === process.pid ? holder !== HOLDER : !isRunning(pid)
}

/** A holder that died between creating the file and writing its name into it. */
async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS
}
