import { setTimeout as delay } from 'node:timers/promises'
import { HostError } from '../kernel/host-error.ts'
import type { Engine } from './engine.ts'
import { runOperation } from './run-operation.ts'

/** What is being done to stacks, at most one thing to each. */
export interface Runs {
  readonly run: (stackId: string) => void
  readonly interrupt: (stackId: string) => void
  /** When nothing is being done to the stack any more; refused when the host stops before. */
  readonly settled: (stackId: string) => Promise<void>
  /** When all have stopped, or do not stop in time; called once the host stops. */
  readonly ended: () => Promise<void>
}

const GRACE_MS = 5_000

export function createRuns(engine: Engine): Runs {
  const runs = new Map<string, { readonly cancel: AbortController; readonly done: Promise<void> }>()

  function run(stackId: string): void {
    if (engine.stopping.aborted) return
    const before = runs.get(stackId)?.done ?? Promise.resolve()
    const cancel = new AbortController()
    const done = before
      .then(() => runInTime(engine, stackId, cancel))
      .finally(() => {
        if (runs.get(stackId)?.done === done) runs.delete(stackId)
      })
    done.catch((error: unknown) => {
      const fields = { error: error instanceof Error ? error.message : String(error) }
      engine.log.error('a stack cannot be worked on', fields)
    })
    runs.set(stackId, { cancel, done })
  }

  return {
    run,
    interrupt: (stackId) => runs.get(stackId)?.cancel.abort(),
    async settled(stackId) {
      for (let each = runs.get(stackId); each !== undefined; each = runs.get(stackId)) {
        await each.done
      }
      if (engine.book.stack(stackId)?.operation === undefined) return
      throw new HostError('ERR_CONFLICT', 'The host stopped before the stack was settled')
    },
    async ended() {
      const grace = new AbortController()
      const all = Promise.allSettled([...runs.values()].map(({ done }) => done))
      const late = delay(GRACE_MS, undefined, { signal: grace.signal }).catch(() => {})
      await Promise.race([all, late])
      grace.abort()
    },
  }
}

/** Within the time that the stack was given, if it was. */
async function runInTime(engine: Engine, stackId: string, cancel: AbortController): Promise<void> {
  const operation = engine.book.stack(stackId)?.operation
  const deadline = operation?.kind === 'deploy' ? operation.deadline : undefined
  if (deadline === undefined) return runOperation(engine, stackId, cancel.signal)
  const left = Math.max(0, Date.parse(deadline) - engine.now().getTime())
  const timer = setTimeout(() => cancel.abort(), Math.min(left, 2 ** 31 - 1))
  try {
    await runOperation(engine, stackId, cancel.signal)
  } finally {
    clearTimeout(timer)
  }
}
