import { startChild, type ChildCommand, type ChildExit } from './child.ts'

export interface EndedRun {
  readonly exit: ChildExit
  /** Both streams, in the order they were read. */
  readonly lines: readonly string[]
}

/** Runs a program to its end and collects what it wrote; after `limitMs` it is killed. */
export async function runToEnd(
  command: Omit<ChildCommand, 'onLine' | 'ipc' | 'pipes'>,
  { limitMs, onLine }: { readonly limitMs: number; readonly onLine?: (line: string) => void },
): Promise<EndedRun> {
  const lines: string[] = []
  await using child = await startChild({
    ...command,
    onLine: (line) => {
      lines.push(line)
      onLine?.(line)
    },
  })
  const closed = new Promise((resolve) => child.process.once('close', resolve))
  const limit = setTimeout(() => void child.stop({ graceMs: 0 }), limitMs)
  const exit = await child.exited
  clearTimeout(limit)
  await closed
  return { exit, lines }
}
