// The folder that an image is made of, without what .dockerignore leaves out.
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { matchesPathOrParent } from './path-pattern.ts'

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

/** docs.docker.com, ".dockerignore files": the last line that matches decides. */
export function readIgnore(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const isException = line.startsWith('!')
      const pattern = posix
        .normalize((isException ? line.slice(1) : line).trim())
        .replace(/^\//, '')
      return { pattern, isException }
    })
  return (path) => {
    const last = rules.findLast(({ pattern }) => matchesPathOrParent(pattern, path))
    return last !== undefined && !last.isException
  }
}
