// The folder that an image is made of, without what .dockerignore leaves out.
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { readIgnore } from './dockerignore.ts'

/** Paths of all files, below `dir`, that belong to the build. */
export async function listBuildFolder(dir: string, dockerfile: string): Promise<readonly string[]> {
  const isIgnored = readIgnore(await readIgnoreFile(dir, dockerfile))
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(dir, posix.join(entry.parentPath, entry.name)))
    .filter((path) => !isIgnored(path))
    .sort()
}

/** A Dockerfile may have one of its own. */
async function readIgnoreFile(dir: string, dockerfile: string): Promise<string> {
  const own = await readFile(join(dir, `${dockerfile}.dockerignore`), 'utf8').catch(() => undefined)
  return own ?? (await readFile(join(dir, '.dockerignore'), 'utf8').catch(() => '')) // usually none
}
