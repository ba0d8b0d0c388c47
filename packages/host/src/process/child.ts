// Child processes: started with exactly the environment given, in a process group of their own, and
// gone with everything they started when stopped. On Linux the kernel also ends the child if the host
// dies without a word (`setpriv --pdeathsig`, part of util-linux); elsewhere a host that is killed
// with SIGKILL can leave children behind.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { HostError } from '../kernel/host-error.ts'
import { forEachLine } from './lines.ts'

export interface ChildCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Adds Node's IPC channel; the child must be Node. */
  readonly ipc?: boolean
  /** Adds two pipes, `process.stdio[3]` towards the child and `process.stdio[4]` back. */
  readonly pipes?: boolean
  /** Each line the child writes, without its end; a line is cut at 64 KiB. */
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void
}

export interface ChildExit {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningChild extends AsyncDisposable {
  readonly pid: number
  /** The underlying process, for its IPC channel. */
  readonly process: ChildProcess
  /** Settles once the child has left; never rejects. */
  readonly exited: Promise<ChildExit>
  /** Asks politely, waits `graceMs`, then insists. Resolves once the child and its group are gone. */
  stop(options?: { readonly graceMs?: number }): Promise<ChildExit>
}

const SETPRIV = '/usr/bin/setpriv'
const canFollowParent = process.platform === 'linux' && existsSync(SETPRIV)

/** Starts a child. A program that cannot be started is refused with its name and the reason. */
export async function startChild(command: ChildCommand): Promise<RunningChild> {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe']
  if (command.pipes) stdio.push('pipe', 'pipe')
  if (command.ipc) stdio.push('ipc')
  const [file, ...args] = followParent([command.file, ...command.args])
  const child = spawn(file, args, { env: command.env, cwd: command.cwd, stdio, detached: true })
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    child.once('error', () => resolve({ exitCode: null, signal: null }))
  })
  if (child.pid === undefined) {
    const [cause] = (await once(child, 'error')) as [Error]
    throw new HostError(
      'ERR_TARGET_FAILED',
      `${command.file} cannot be started: ${cause.message}`,
      {
        cause,
      },
    )
  }
  const { pid } = child
  child.on('error', () => {}) // a failed kill or send; the exit tells the rest
  if (child.stdout) forEachLine(child.stdout, (line) => command.onLine(line, 'stdout'))
  if (child.stderr) forEachLine(child.stderr, (line) => command.onLine(line, 'stderr'))
  void exited.then(() => signalGroup(pid, 'SIGKILL')) // whatever it started goes with it

  const stop: RunningChild['stop'] = async ({ graceMs = 2_000 } = {}) => {
    if (child.exitCode !== null || child.signalCode !== null) return exited
    signalGroup(pid, graceMs > 0 ? 'SIGTERM' : 'SIGKILL')
    const grace = new AbortController()
    const insist = delay(graceMs, undefined, { signal: grace.signal })
      .then(() => signalGroup(pid, 'SIGKILL'))
      .catch(() => {}) // the grace period was cut short because the child left
    const exit = await exited
    grace.abort()
    await insist
    return exit
  }
  return {
    pid,
    process: child,
    exited,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

function followParent(command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  return canFollowParent ? [SETPRIV, '--pdeathsig', 'KILL', '--', ...command] : command
}

/** Signals the whole group; a group that has left already is what we wanted. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: nobody is left in the group
  }
}
