import { startChild, type ChildCommand, type ChildExit } from './child.ts'

export interface EndedRun {
  readonly exit: ChildExit
  /** Both streams, in the order they were read: the last thousand lines, each up to 4,096 characters. */
  readonly lines: readonly string[]
}

export interface RunLimits {
  readonly limitMs: number
  readonly signal?: AbortSignal | undefined
  readonly onLine?: (line: string) => void
}

/** A program may write for minutes; what it said last is what tells why it failed. */
const KEPT_LINES = 1_000
const KEPT_LENGTH = 4_096

/** Runs a program to its end and collects what it wrote; after `limitMs`, or on `signal`, it is killed. */
export async function runToEnd(
  command: Omit<ChildCommand, 'onLine' | 'ipc' | 'pipes'>,
  { limitMs, onLine, signal }: RunLimits,
): Promise<EndedRun> {
  const lines: string[] = []
  await using child = await startChild({
    ...command,
    onLine: (line) => {
      if (lines.push(line.slice(0, KEPT_LENGTH)) > KEPT_LINES) lines.shift()
      onLine?.(line)
    },
  })
  const closed = new Promise((resolve) => child.process.once('close', resolve))
  const kill = () => void child.stop({ graceMs: 0 })
  const limit = setTimeout(kill, limitMs)
  signal?.addEventListener('abort', kill)
  if (signal?.aborted) kill()
  const exit = await child.exited
  signal?.removeEventListener('abort', kill)
  clearTimeout(limit)
  await closed
  return { exit, lines }
}
