import { functionKey } from './function-identifier.ts'
import type { FunctionRecord } from './function-record.ts'

/** Calls `onChange` after each change of a source file in a folder. */
export type WatchFolder = (
  dir: string,
  onChange: () => void,
) => Promise<{ readonly close: () => void }>

export interface WatchedFolders {
  /** Watches the folder a function runs from, if it is not watched yet. */
  add(record: FunctionRecord, dir: string): void
  /** The function is gone. */
  remove(key: string): void
  stop(): void
}

interface Watched {
  readonly dir: string
  readonly watcher: Promise<{ readonly close: () => void } | undefined>
}

/** Functions that run from folders, and who is told when something in one changes. */
export function watchFunctionFolder(
  watch: WatchFolder | undefined,
  onChange: (record: FunctionRecord) => void,
): WatchedFolders {
  const watched = new Map<string, Watched>()

  function remove(key: string): void {
    void watched.get(key)?.watcher.then((watcher) => watcher?.close())
    watched.delete(key)
  }

  return {
    add(record, dir) {
      const key = functionKey(record.functionName, record.scope)
      if (watch === undefined || watched.get(key)?.dir === dir) return
      remove(key)
      // A folder that cannot be watched still runs: changes show with the next environment.
      const watcher = watch(dir, () => onChange(record)).catch(() => undefined)
      watched.set(key, { dir, watcher })
    },
    remove,
    stop() {
      for (const key of watched.keys()) remove(key)
    },
  }
}
