// The command line as a person uses it: a real process, its output, its exit code.
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const CATAMARAN = fileURLToPath(new URL('../../bin/catamaran.js', import.meta.url))

export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `catamaran …` to its end, with the home folder that `startUp` gave its host. */
export async function runCommand(
  args: readonly string[],
  options: {
    readonly home?: string
    readonly cwd?: string
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<CommandResult> {
  const { home, cwd } = options
  const own = home === undefined ? {} : { HOME: home, XDG_STATE_HOME: '' }
  const env = { ...process.env, ...own, ...options.env }
  const child = spawn(process.execPath, [CATAMARAN, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  })
  return collect(child)
}

/** Everything that a program says, and its exit code. */
export async function collect(child: ChildProcessByStdio<null, Readable, Readable>) {
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { exitCode, stdout, stderr }
}
