import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../process/is-running.ts'

/** Of hosts in this very process. In a container a host has the process id of the one before it. */
const ours = new Set<string>()

/**
 * Makes a data directory ready and returns the folder for what this process needs only while it runs.
 * Such folders of hosts that were killed are removed; the directory keeps itself out of version control,
 * because it holds the master key.
 */
export async function openDataDir(dataDir: string): Promise<string> {
  const temp = join(dataDir, 'tmp')
  await mkdir(temp, { recursive: true, mode: 0o700 })
  await writeFile(join(dataDir, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => {}) // it has one
  const own = join(temp, String(process.pid))
  const isGone = (folder: string, pid: number) =>
    folder === own ? !ours.has(own) : !isRunning(pid)
  for (const name of await readdir(temp)) {
    const folder = join(temp, name)
    if (isGone(folder, Number(name))) await rm(folder, { recursive: true, force: true })
  }
  ours.add(own)
  await mkdir(own, { recursive: true, mode: 0o700 })
  return own
}
