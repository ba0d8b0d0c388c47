/** Runs one piece of work after the other, in the order in which they came; one that fails stops no other. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Turns for work that reads, decides and writes: two creates of one name would both find it free, and
 * an update would bring back what was deleted while it was written.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => {}) // its caller hears of it; the next one has its turn all the same
    return turn
  }
}

/** Turns for each key of its own; a key that nobody waits for is forgotten. */
export interface KeyedTurns {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>
  /** Resolves when the work that has been asked for is done, however it ended. */
  settled(): Promise<void>
}

export function createKeyedTurns(): KeyedTurns {
  const last = new Map<string, Promise<unknown>>()
  return {
    run(key, work) {
      const turn = (last.get(key) ?? Promise.resolve()).then(work)
      const settled = turn
        .catch(() => {})
        .then(() => {
          if (last.get(key) === settled) last.delete(key)
        })
      last.set(key, settled)
      return turn
    },
    async settled() {
      await Promise.all(last.values())
    },
  }
}
