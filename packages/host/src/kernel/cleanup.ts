/**
 * What has to be undone, last first. Node 22, which the host is published for, has no
 * AsyncDisposableStack.
 */
export interface Cleanup {
  /** Remembers something that can be disposed of, and returns it. */
  use<Resource extends AsyncDisposable>(resource: Resource): Resource
  defer(undo: () => unknown): void
  /** Undoes everything, also when some of it fails; rejects with the first failure. Idempotent. */
  run(): Promise<void>
}

export function createCleanup(): Cleanup {
  const undos: (() => unknown)[] = []
  let running: Promise<void> | undefined
  async function runAll(): Promise<void> {
    const failures: unknown[] = []
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      try {
        await undo()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    use(resource) {
      undos.push(() => resource[Symbol.asyncDispose]())
      return resource
    },
    defer: (undo) => void undos.push(undo),
    run: () => (running ??= runAll()),
  }
}
