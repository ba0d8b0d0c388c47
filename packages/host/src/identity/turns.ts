/** Runs one piece of work after the other, in the order in which they came. */
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
