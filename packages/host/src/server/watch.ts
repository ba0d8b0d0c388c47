import { watch, type FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface SourceWatcher {
  close(): void
}

const IGNORED = new Set(['node_modules', 'dist', '__pycache__', 'coverage'])
const SOURCE = /\.(?:[cm]?[jt]sx?|json|py|txt|toml|sh|env)$|^\.env$|^bootstrap$/
const MAX_FOLDERS = 500
/** Editors write a file in several steps; this long without another step counts as one save. */
const SETTLE_MS = 30

/**
 * Calls `onChange` once per save of a source file in `dir` or below. Folders of installed packages and
 * those whose name begins with a dot are left out. (Node's recursive watch has no way to leave some
 * out: it would watch every installed package.)
 */
export async function watchSources(dir: string, onChange: () => void): Promise<SourceWatcher> {
  const watchers = new Map<string, FSWatcher>()
  let settle: NodeJS.Timeout | undefined
  let isClosed = false

  async function add(folder: string): Promise<void> {
    if (isClosed || watchers.has(folder) || watchers.size >= MAX_FOLDERS) return
    const watcher = watch(folder, (_event, name) => {
      if (name === null) return
      if (SOURCE.test(name)) changed()
      else if (!isIgnored(name)) void add(join(folder, name)).catch(() => {}) // a file, or gone again
    })
    watcher.on('error', () => forget(folder))
    watchers.set(folder, watcher)
    const entries = await readdir(folder, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory() && !isIgnored(entry.name))
    await Promise.all(folders.map((entry) => add(join(folder, entry.name))))
  }

  function forget(folder: string): void {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  function changed(): void {
    clearTimeout(settle)
    settle = setTimeout(onChange, SETTLE_MS)
  }

  function close(): void {
    isClosed = true
    clearTimeout(settle)
    for (const folder of watchers.keys()) forget(folder)
  }

  try {
    await add(dir)
  } catch (error) {
    close() // an open watcher would keep the process alive
    throw error
  }
  return { close }
}

function isIgnored(name: string): boolean {
  return name.startsWith('.') || IGNORED.has(name)
}
