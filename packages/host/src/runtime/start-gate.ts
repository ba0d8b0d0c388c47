/** Runs at most `limit` starts at a time; the others wait their turn, first come first served. */
export type StartGate = <T>(start: () => Promise<T>) => Promise<T>

/**
 * A crowd of new sessions would otherwise start all at once, share the processor, and all be late.
 */
export function createStartGate(limit: number): StartGate {
  const waiting: (() => void)[] = []
  let running = 0
  return async (start) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await start()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
