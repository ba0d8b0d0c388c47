// The folder that an image is made of, without what .dockerignore leaves out.
import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { readIgnore } from './dockerignore.ts'
import { readSmallFile } from './read-small-file.ts'

const MAX_IGNORE_BYTES = 64 * 1024
/** Between them the host answers others. */
const FILES_AT_ONCE = 100

/** Paths of all files, below `dir`, that belong to the build. */
export async function listBuildFolder(dir: string, dockerfile: string): Promise<readonly string[]> {
  const isIgnored = readIgnore(await readIgnoreFile(dir, dockerfile))
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files: string[] = []
  for (const [index, entry] of entries.entries()) {
    if (index % FILES_AT_ONCE === 0) await setImmediate()
    const path = posix.relative(dir, posix.join(entry.parentPath, entry.name))
    if (entry.isFile() && !isIgnored(path)) files.push(path)
  }
  return files.sort()
}

/** A Dockerfile may have one of its own. */
async function readIgnoreFile(dir: string, dockerfile: string): Promise<string> {
  const own = await readSmallFile(join(dir, `${dockerfile}.dockerignore`), MAX_IGNORE_BYTES)
  return own ?? (await readSmallFile(join(dir, '.dockerignore'), MAX_IGNORE_BYTES)) ?? ''
}
