import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning } from './is-running.ts'

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
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = Number(await readFile(path, 'utf8').catch(() => ''))
  const isAbandoned = holder > 0 ? !isRunning(holder) : await isOld(path)
  if (isAbandoned) await rm(path, { force: true })
  return false
}

/** A holder that died between creating the file and writing its name into it. */
async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS
}
