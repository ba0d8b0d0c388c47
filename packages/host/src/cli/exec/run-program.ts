import { spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Told what has to end with this process: the program, or its group when negative. */
  readonly onStart: (target: number) => void
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const
/** The terminal sends these to everybody in the foreground: the program has them already. */
const FROM_TERMINAL: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT'])

/**
 * Runs a program with our own input and output, hands signals on, and returns its exit code as a shell
 * would: 128 and the signal's number when one ended it, 127 when it is not there, 126 when it cannot run.
 * At a terminal it shares our process group; elsewhere it has its own, of which nothing is left behind.
 */
export async function runProgram({ file, args, env, onStart }: Program): Promise<number> {
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some((it) => it.isTTY)
  const child = spawn(file, args, { env, stdio: 'inherit', detached: !isAtTerminal })
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(reportStartFailure(file, error)))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]),
    )
  })
  const { pid } = child
  if (pid === undefined) return ended
  onStart(isAtTerminal ? pid : -pid)
  const forward = (signal: NodeJS.Signals) => {
    if (!isAtTerminal || !FROM_TERMINAL.has(signal)) child.kill(signal)
  }
  for (const signal of FORWARDED) process.on(signal, forward)
  try {
    return await ended
  } finally {
    for (const signal of FORWARDED) process.off(signal, forward)
    if (!isAtTerminal) endGroup(pid)
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left in the group
  }
}

function reportStartFailure(file: string, { code, message }: NodeJS.ErrnoException): number {
  const isMissing = code === 'ENOENT'
  const why = isMissing ? 'command not found' : `cannot be run (${code ?? message})`
  process.stderr.write(`catamaran: ${file}: ${why}\n`)
  return isMissing ? 127 : 126
}
