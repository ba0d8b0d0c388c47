/** Runs one piece of work after the other; whoever has much to do waits for everybody else in between. */
export type FairTurns = <Result>(owner: string, work: () => Promise<Result>) => Promise<Result>

export function createFairTurns(): FairTurns {
  /** In the order in which the owners have their next turn. */
  const queues = new Map<string, (() => Promise<unknown>)[]>()
  let isRunning = false

  async function runAll(): Promise<void> {
    isRunning = true
    for (let next = takeNext(); next !== undefined; next = takeNext()) await next()
    isRunning = false
  }

  function takeNext(): (() => Promise<unknown>) | undefined {
    const [first] = queues
    if (first === undefined) return undefined
    const [owner, queue] = first
    const work = queue.shift()
    queues.delete(owner)
    if (queue.length > 0) queues.set(owner, queue)
    return work
  }

  return <Result>(owner: string, work: () => Promise<Result>) =>
    new Promise<Result>((resolve) => {
      const turn = async () => {
        const done = work()
        resolve(done)
        await done.catch(() => {}) // whoever asked hears of it
      }
      queues.set(owner, [...(queues.get(owner) ?? []), turn])
      if (!isRunning) void runAll()
    })
}
