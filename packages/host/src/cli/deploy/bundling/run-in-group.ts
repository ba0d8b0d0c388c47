import { spawn } from 'node:child_process'
import { HostError } from '../../../kernel/host-error.ts'
import type { ChildCommand, ChildExit } from '../../../process/child.ts'
import { forEachLine } from '../../../process/lines.ts'

export interface GroupRun {
  readonly exit: ChildExit
  /** What the program said last. */
  readonly lines: readonly string[]
}

const KEPT_LINES = 100

/**
 * Runs a program to its end in our own process group. That is the group of the app which is synthesised:
 * whoever ends the app (Ctrl-C, a limit) ends pip and compilers with it, without our help.
 */
export async function runInGroup(
  { file, args, env, cwd }: Pick<ChildCommand, 'file' | 'args' | 'env' | 'cwd'>,
  { limitMs, onLine }: { readonly limitMs: number; readonly onLine?: (line: string) => void },
): Promise<GroupRun> {
  const lines: string[] = []
  const child = spawn(file, args, {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
  })
  const keep = (line: string) => {
    if (lines.push(line) > KEPT_LINES) lines.shift()
    onLine?.(line)
  }
  forEachLine(child.stdout, keep)
  forEachLine(child.stderr, keep)
  const exit = await new Promise<ChildExit>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new HostError('ERR_TARGET_FAILED', `${file} cannot be started: ${cause.message}`, {
          cause,
        }),
      ),
    )
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }))
  })
  return { exit, lines }
}
