import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

const SETTLE_MS = 20

/** Calls `onChange` with the paths of single files that were changed, wherever they are. */
export function watchFiles(
  paths: readonly string[],
  onChange: (paths: ReadonlySet<string>) => void,
): Disposable {
  const byFolder = Map.groupBy(paths, (it) => dirname(it))
  const watchers: FSWatcher[] = []
  let changed = new Set<string>()
  let settle: NodeJS.Timeout | undefined

  function note(path: string): void {
    changed.add(path)
    clearTimeout(settle)
    settle = setTimeout(() => {
      const all = changed
      changed = new Set()
      onChange(all)
    }, SETTLE_MS)
  }

  for (const [folder, files] of byFolder) {
    // its folder: careful editors put a new file in the place of the old one
    try {
      const watcher = watch(folder, (_event, name) => {
        const path = files.find((it) => basename(it) === name)
        if (path !== undefined) note(path)
      })
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // gone since the app was synthesised; whatever took it away is a change of its own
    }
  }
  return {
    [Symbol.dispose]() {
      clearTimeout(settle)
      for (const watcher of watchers) watcher.close()
    },
  }
}
