import type { CodeStore } from '../code/code-store.ts'
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import type { FunctionRecord } from './function-record.ts'
import type { LayerRecord } from './layer-record.ts'

/** Removes code that nobody names and nothing runs, some time after it may have become so. */
export interface CodeSweeper {
  /** Some code may not be needed any more. */
  wake(): void
  stop(): void
}

export interface CodeSweeperOptions {
  readonly code: CodeStore
  readonly functions: () => Iterable<FunctionRecord>
  readonly layers: () => Iterable<LayerRecord>
  readonly foldersInUse: () => ReadonlySet<string>
  readonly delayMs: number
  readonly log: Log
}

export function createCodeSweeper(options: CodeSweeperOptions): CodeSweeper {
  const { code, functions, layers, foldersInUse, delayMs, log } = options
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function sweep(): Promise<void> {
    timer = undefined
    const needed = new Set([...sha256sOfFunctions(functions()), ...sha256sOfLayers(layers())])
    const running = foldersInUse()
    try {
      const swept = await code.keepOnly(needed, ({ dir }) => running.has(dir))
      if (swept.hasSparedFresh) wake()
    } catch (error) {
      // What could not be removed is tried again with the next change.
      log.warn('Unused code is not removed', { reason: errorMessage(error) })
    }
  }

  function wake(): void {
    if (isStopped) return
    timer ??= setTimeout(() => void sweep(), delayMs).unref()
  }

  return {
    wake,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

function* sha256sOfFunctions(records: Iterable<FunctionRecord>): Iterable<string> {
  for (const { latest, versions } of records) {
    for (const { code, settings } of [latest, ...versions]) {
      if (code.kind === 'archive') yield code.sha256
      for (const { sha256 } of settings.layers) yield sha256
    }
  }
}

function* sha256sOfLayers(records: Iterable<LayerRecord>): Iterable<string> {
  for (const { versions } of records) for (const { sha256 } of versions) yield sha256
}
