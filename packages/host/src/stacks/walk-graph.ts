import type { Graph } from './template/graph.ts'

export interface Walk {
  /** Who waits for whom. */
  readonly graph: Graph
  readonly concurrency: number
  /** Says whether it went well; what waits for a failed one is left out. Never rejects, unless the host stops. */
  readonly visit: (name: string) => Promise<boolean>
  /** Asked before each visit: nothing new is begun once it says so. */
  readonly isOver: () => boolean
}

export interface Walked {
  readonly failed: readonly string[]
  /** Not visited. */
  readonly left: readonly string[]
}

/**
 * Visits everything as soon as what it waits for was visited, as much at once as is allowed. Whatever
 * was begun is waited for. Where everybody waits for somebody (rows of several templates together can do
 * that), the first in line goes ahead.
 */
export async function walkGraph({ graph, concurrency, visit, isOver }: Walk): Promise<Walked> {
  const waiting = new Set(graph.keys())
  const running = new Map<string, Promise<void>>()
  const well = new Set<string>()
  const failed = new Set<string>()
  const errors: unknown[] = []

  const needsOf = (name: string) => [...(graph.get(name) ?? [])].filter((need) => graph.has(need))
  const isReady = (name: string) => needsOf(name).every((need) => well.has(need))
  const isHopeless = (name: string) => needsOf(name).some((need) => failed.has(need))

  function begin(name: string): void {
    waiting.delete(name)
    const visited = visit(name)
      .then((isWell) => void (isWell ? well : failed).add(name))
      .catch((error: unknown) => void errors.push(error))
      .finally(() => running.delete(name))
    running.set(name, visited)
  }

  function dropHopeless(): string[] {
    const dropped: string[] = []
    for (let found = true; found;) {
      const hopeless = [...waiting].filter(
        (name) => isHopeless(name) || needsOf(name).some((need) => dropped.includes(need)),
      )
      for (const name of hopeless) waiting.delete(name)
      dropped.push(...hopeless)
      found = hopeless.length > 0
    }
    return dropped
  }

  const left: string[] = []
  for (;;) {
    left.push(...dropHopeless())
    if (!isOver() && errors.length === 0) {
      const ready = [...waiting].filter(isReady)
      if (ready.length === 0 && running.size === 0) ready.push(...[...waiting].slice(0, 1))
      for (const name of ready.slice(0, concurrency - running.size)) begin(name)
    }
    if (running.size === 0) break
    await Promise.race(running.values())
  }
  if (errors.length > 0) throw errors[0]
  return { failed: [...failed], left: [...left, ...waiting] }
}
