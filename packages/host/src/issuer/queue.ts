export type Queue = <T>(work: () => Promise<T>) => Promise<T>

/** Runs pieces of work one after the other, in the order they came; one that fails stops no other. */
export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {}) // whoever asked for the work is told
    return done
  }
}
