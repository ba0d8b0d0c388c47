import { lstat, readdir, readlink, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { HostError } from '../../../kernel/host-error.ts'

export interface ListedFile {
  /** Relative to the folder, with slashes. */
  readonly name: string
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  readonly isExecutable: boolean
}

const MAX_FILES = 200_000

/**
 * The files in a folder and below, sorted by name, links to files followed. Links to folders are followed
 * too, unless they lead to a folder that they stand in.
 */
export async function listFiles(
  root: string,
  isLeftOut: (name: string) => boolean = () => false,
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = []

  async function add(folder: string, prefix: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true })
    await Promise.all(
      entries.map(async (entry) => {
        const name = `${prefix}${entry.name}`
        if (isLeftOut(entry.name)) return
        const path = join(folder, entry.name)
        const found = await stat(path).catch(() => undefined) // a link that leads nowhere
        if (found?.isDirectory()) {
          if (!entry.isSymbolicLink() || !(await leadsAround(path))) await add(path, `${name}/`)
        } else if (found?.isFile()) {
          const { size, mtimeMs, mode } = found
          files.push({ name, path, size, mtimeMs, isExecutable: (mode & 0o111) !== 0 })
          if (files.length > MAX_FILES) {
            throw new HostError('ERR_LIMIT_EXCEEDED', `${root} has more than ${MAX_FILES} files`)
          }
        }
      }),
    )
  }

  await add(root, '')
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function leadsAround(link: string): Promise<boolean> {
  if (!(await lstat(link)).isSymbolicLink()) return false
  const target = resolve(dirname(link), await readlink(link))
  return `${link}/`.startsWith(`${target}/`)
}
