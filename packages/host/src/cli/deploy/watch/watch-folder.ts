import { watch, type FSWatcher } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { matcher } from '../cdk/glob.ts'

export interface FolderWatch {
  readonly dir: string
  /** Patterns of cdk.json's `watch`; without any, everything is watched. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Names relative to the folder, once per save. */
  readonly onChange: (names: ReadonlySet<string>) => void
}

/** Editors write a file in several steps; this long without another step counts as one save. */
const SETTLE_MS = 20
const MAX_FOLDERS = 2_000

/** Calls `onChange` with what was changed in a folder or below, until it is closed. */
export async function watchFolder(folder: FolderWatch): Promise<Disposable> {
  const { dir, onChange } = folder
  const isWatched = watchedBy(folder)
  const watchers = new Map<string, FSWatcher>()
  let changed = new Set<string>()
  let settle: NodeJS.Timeout | undefined
  let isClosed = false

  async function add(name: string): Promise<void> {
    const path = join(dir, name)
    if (!(await stat(path)).isDirectory()) return // a watched file would tell its own name as an entry
    if (isClosed || watchers.has(name) || watchers.size >= MAX_FOLDERS) return
    const watcher = watch(path, (_event, entry) => {
      if (entry !== null) note(name === '' ? entry : `${name}/${entry}`)
    })
    watcher.on('error', () => {
      watcher.close() // the folder is gone
      watchers.delete(name)
    })
    watchers.set(name, watcher)
    const entries = await readdir(path, { withFileTypes: true })
    const folders = entries.filter((it) => it.isDirectory() && !isSkippedFolder(it.name))
    await Promise.all(folders.map((it) => add(name === '' ? it.name : `${name}/${it.name}`)))
  }

  function note(name: string): void {
    if (name.split('/').some(isSkippedFolder)) return
    void add(name).catch(() => {}) // only if it is a new folder
    if (!isWatched(name)) return
    changed.add(name)
    clearTimeout(settle)
    settle = setTimeout(() => {
      const names = changed
      changed = new Set()
      onChange(names)
    }, SETTLE_MS)
  }

  function close(): void {
    isClosed = true
    clearTimeout(settle)
    for (const watcher of watchers.values()) watcher.close()
  }

  try {
    await add('')
  } catch (error) {
    close()
    throw error
  }
  return { [Symbol.dispose]: close }
}

const SKIPPED_FOLDERS = new Set(['node_modules', 'cdk.out', '__pycache__', 'coverage'])

/** Installed packages, what is generated, and what tools keep for themselves. */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || (name.startsWith('.') && !name.startsWith('.env'))
}

/** What editors leave beside a file for a moment. */
const SCRATCH = /(?:~|\.sw[a-z]|\.tmp|\.pyc)$|(?:^|\/)(?:#[^/]*#|4913)$/

function watchedBy({ include, exclude }: FolderWatch): (name: string) => boolean {
  const included = include.map(withFolders)
  const excluded = exclude.map(withFolders)
  return (name) =>
    !SCRATCH.test(name) &&
    (included.length === 0 || included.some((it) => it(name))) &&
    !excluded.some((it) => it(name))
}

/** A pattern that names a folder means what is in it, too. */
function withFolders(pattern: string): (name: string) => boolean {
  const itself = matcher(pattern)
  const inside = matcher(`${pattern.replace(/\/$/, '')}/**`)
  return (name) => itself(name) || inside(name)
}
