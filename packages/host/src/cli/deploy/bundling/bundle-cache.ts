import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { constants, cp, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles, type ListedFile } from '../assets/list-files.ts'

/** Results not asked for this long are cleared away. */
const KEPT_MS = 30 * 24 * 3_600_000

export interface BundleCache {
  /** Fills `output` with an earlier result; false when there is none. */
  restore(key: string, output: string): Promise<boolean>
  keep(key: string, output: string): Promise<void>
}

/** Results of bundling commands, kept by what went into them. */
export function openBundleCache(dir: string): BundleCache {
  return {
    async restore(key, output) {
      const folder = join(dir, key)
      if (!(await isFolder(folder))) return false
      await cp(folder, output, COPY)
      await utimes(folder, new Date(), new Date())
      return true
    },
    async keep(key, output) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      const partial = join(dir, `${key}.${randomUUID()}.partial`)
      await cp(output, partial, COPY)
      await rename(partial, join(dir, key)).catch(() => rm(partial, { recursive: true })) // another was faster
      await clearOld(dir)
    },
  }
}

const COPY = {
  recursive: true,
  verbatimSymlinks: true,
  mode: constants.COPYFILE_FICLONE,
}

/** A text that is the same when folders have the same content. Installed packages count by size and time. */
export async function contentHash(
  folders: readonly string[],
  more: readonly unknown[],
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(more))
  for (const folder of folders) {
    const files = await listFiles(folder, (name) => LEFT_OUT.has(name))
    for (const file of files) {
      hash.update(`\0${file.name}\0${file.isExecutable}\0${await describe(file)}`)
    }
  }
  return hash.digest('hex').slice(0, 40)
}

const LEFT_OUT = new Set(['.git', '__pycache__', 'cdk.out'])

async function describe({ name, path, size, mtimeMs }: ListedFile): Promise<string> {
  if (/(?:^|\/)(?:node_modules|\.venv)\//.test(name)) return `${size} ${mtimeMs}`
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function clearOld(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const folder = join(dir, name)
    const found = await stat(folder).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > KEPT_MS) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}
