import type { Agent } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { http } from '../http/node-http.ts'
import { errorMessage } from '../kernel/host-error.ts'
import {
  startChild,
  type ChildCommand,
  type ChildExit,
  type RunningChild,
} from '../process/child.ts'
import { readPortFile, type Listener } from './find-listener.ts'
import { findFreePort } from './free-port.ts'
import {
  commandEnvironment,
  serverEnvironment,
  tellsItsPort,
  type Preloads,
} from './server-environment.ts'
import type { ServerLaunch } from './server-launch.ts'
import { StartFailure } from './start-failure.ts'
import { waitForServer } from './wait-for-server.ts'

/** A hosted server that answers, with a temp folder and connections of its own. */
export interface ServerProcess {
  readonly pid: number
  readonly listener: Listener
  readonly agent: Agent
  readonly exited: Promise<ChildExit>
  /** The last lines it wrote, newest last, for whoever must find out why it failed. */
  readonly lastLines: () => string
  /** Whose lines these are from now on. */
  runtimeSessionId: string | undefined
  /** How a shell command is run where the server runs: in its session's folder and environment. */
  shell(command: string): Omit<ChildCommand, 'onLine'>
  /** Resolves once the process, what it started, and its temp folder are gone. */
  stop(options?: { readonly graceMs?: number }): Promise<void>
}

export interface ServerProcessOptions {
  readonly tempDir: string
  readonly preloads: Preloads
  readonly onLine?: LineListener | undefined
  /** What may be told of lines that the server wrote: they go to logs and to whoever deployed it. */
  readonly tidy?: TidyText | undefined
  /** Aborted when the server is not wanted any more, however far its start has come. */
  readonly signal: AbortSignal
}

export type TidyText = (text: string) => string

export type LineListener = (
  line: string,
  stream: 'stdout' | 'stderr',
  sessionId: string | undefined,
) => void

/** AgentCore quotas: start of directly deployed code. */
const DEFAULT_START_TIMEOUT_MS = 30_000
const STOP_GRACE_MS = 2_000
export const KEPT_LINES = 20

/**
 * A free connection is given up before servers usually do (2 s and more): one that the server closes
 * at the same moment as it is used again would fail a call that may not be repeated.
 */
export const FREE_CONNECTION_MS = 1_500

/** Starts a server and waits until it can be called. A start that fails leaves nothing behind. */
export async function startServerProcess(
  launch: ServerLaunch,
  { tempDir, preloads, onLine, tidy = asItIs, signal }: ServerProcessOptions,
): Promise<ServerProcess> {
  signal.throwIfAborted()
  const directory = await mkdtemp(join(tempDir, 'session-'))
  const portFile = join(directory, '.port')
  const lines: string[] = []
  const starting: { child?: RunningChild; session?: ServerProcess } = {}
  const removeDirectory = () => rm(directory, { recursive: true, force: true, maxRetries: 3 })
  try {
    const port = tellsItsPort(launch.command) ? undefined : await findFreePort()
    const expected = port === undefined ? undefined : ({ host: '127.0.0.1', port } as const)
    const [file = '', ...args] = launch.command
    const child = await startChild({
      file,
      args,
      cwd: launch.cwd,
      env: serverEnvironment(launch, { directory, portFile, port, preloads }),
      onLine(line, stream) {
        if (lines.push(line) > KEPT_LINES) lines.shift()
        onLine?.(line, stream, starting.session?.runtimeSessionId)
      },
    })
    starting.child = child
    const listener = await waitForServer({
      protocol: launch.protocol,
      child,
      findAddress: () => readPortFile(portFile) ?? expected,
      timeoutMs: launch.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS,
      signal,
    })
    const agent = new http.Agent({ keepAlive: true, timeout: FREE_CONNECTION_MS })
    let stopped: Promise<void> | undefined
    starting.session = {
      pid: child.pid,
      listener,
      agent,
      exited: child.exited,
      lastLines: () => tidy(lines.join('\n')),
      runtimeSessionId: undefined,
      shell: (command) => ({
        file: '/bin/sh',
        args: ['-c', command],
        cwd: directory,
        env: commandEnvironment(launch, { directory, port: listener.port }),
      }),
      stop({ graceMs = STOP_GRACE_MS } = {}) {
        agent.destroy()
        stopped ??= child.stop({ graceMs }).then(removeDirectory)
        return stopped
      },
    }
    return starting.session
  } catch (error) {
    await starting.child?.stop({ graceMs: 0 })
    await removeDirectory()
    if (signal.aborted) throw error
    throw new StartFailure(tidy(errorMessage(error)), tidy(lines.join('\n')), { cause: error })
  }
}

function asItIs(text: string): string {
  return text
}
