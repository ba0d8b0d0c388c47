import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../process/is-running.ts'

/**
 * Makes a data directory ready and returns the folder for what this process needs only while it runs.
 * Such folders of hosts that were killed are removed; the directory keeps itself out of version control,
 * because it holds the master key.
 */
export async function openDataDir(dataDir: string): Promise<string> {
  const temp = join(dataDir, 'tmp')
  await mkdir(temp, { recursive: true, mode: 0o700 })
  await writeFile(join(dataDir, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => {}) // it has one
  const gone = (await readdir(temp)).filter((name) => !isRunning(Number(name)))
  await Promise.all(gone.map((name) => rm(join(temp, name), { recursive: true, force: true })))
  const own = join(temp, String(process.pid))
  await mkdir(own, { recursive: true, mode: 0o700 })
  return own
}
