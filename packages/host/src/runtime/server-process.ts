import type { Agent } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { http } from '../http/node-http.ts'
import { errorMessage } from '../kernel/host-error.ts'
import { startChild, type ChildExit, type RunningChild } from '../process/child.ts'
import type { AgentRuntimeConfiguration } from './agent-runtime-configuration.ts'
import { findListener, type Listener } from './find-listener.ts'
import { findFreePort } from './free-port.ts'
import { serverEnvironment, tellsItsPort, type Preloads } from './server-environment.ts'
import { StartFailure } from './start-failure.ts'

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
  /** Resolves once the process, what it started, and its temp folder are gone. */
  stop(options?: { readonly graceMs?: number }): Promise<void>
}

export interface ServerProcessOptions {
  readonly tempDir: string
  readonly preloads: Preloads
  readonly onLine?: LineListener | undefined
  /** Aborted when the server is not wanted any more, however far its start has come. */
  readonly signal: AbortSignal
}

type LineListener = (
  line: string,
  stream: 'stdout' | 'stderr',
  sessionId: string | undefined,
) => void

const DEFAULT_START_TIMEOUT_MS = 30_000
const STOP_GRACE_MS = 2_000
const KEPT_LINES = 20
const LAST_WORDS_MS = 200

/**
 * A free connection is given up before servers usually do (2 s and more): one that the server closes
 * at the same moment as it is used again would fail a call that may not be repeated.
 */
const FREE_CONNECTION_MS = 1_500

/** Starts a server and waits until it listens. A start that fails leaves nothing behind. */
export async function startServerProcess(
  configuration: AgentRuntimeConfiguration,
  { tempDir, preloads, onLine, signal }: ServerProcessOptions,
): Promise<ServerProcess> {
  signal.throwIfAborted()
  const directory = await mkdtemp(join(tempDir, 'session-'))
  const portFile = join(directory, '.port')
  const lines: string[] = []
  const starting: { child?: RunningChild; session?: ServerProcess } = {}
  const removeDirectory = () => rm(directory, { recursive: true, force: true, maxRetries: 3 })
  try {
    const port = tellsItsPort(configuration.command) ? undefined : await findFreePort()
    const [file = '', ...args] = configuration.command
    const child = await startChild({
      file,
      args,
      cwd: configuration.cwd,
      env: serverEnvironment(configuration, { directory, portFile, port, preloads }),
      onLine(line, stream) {
        if (lines.push(line) > KEPT_LINES) lines.shift()
        onLine?.(line, stream, starting.session?.runtimeSessionId)
      },
    })
    starting.child = child
    const listener = await waitForListener(configuration, { child, portFile, port, signal })
    const agent = new http.Agent({ keepAlive: true, timeout: FREE_CONNECTION_MS })
    let stopped: Promise<void> | undefined
    starting.session = {
      pid: child.pid,
      listener,
      agent,
      exited: child.exited,
      lastLines: () => lines.join('\n'),
      runtimeSessionId: undefined,
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
    throw new StartFailure(errorMessage(error), lines.join('\n'), { cause: error })
  }
}

async function waitForListener(
  { startTimeoutMs = DEFAULT_START_TIMEOUT_MS }: AgentRuntimeConfiguration,
  options: {
    readonly child: RunningChild
    readonly portFile: string
    readonly port: number | undefined
    readonly signal: AbortSignal
  },
): Promise<Listener> {
  const { child, portFile, port, signal } = options
  const deadline = performance.now() + startTimeoutMs
  let exit: ChildExit | undefined
  void child.exited.then((it) => (exit = it))
  const listener = await findListener({
    portFile,
    expectedPort: port,
    shouldStop: () => exit !== undefined || signal.aborted || performance.now() > deadline,
  })
  signal.throwIfAborted()
  if (exit !== undefined) {
    await lastWords(child)
    throw new Error(`The server ${describeExit(exit)} before it listened on port 8000 or $PORT`)
  }
  if (listener !== undefined) return listener
  throw new Error(
    'Runtime initialization time exceeded. Please make sure that initialization completes in ' +
      `${startTimeoutMs / 1_000}s. The server must listen on port 8000 or on $PORT`,
  )
}

/** What a process wrote can arrive after the news of its end. */
async function lastWords({ process: { stdout, stderr } }: RunningChild): Promise<void> {
  const signal = AbortSignal.timeout(LAST_WORDS_MS)
  const ends = [stdout, stderr].map(async (stream) => {
    if (stream !== null && !stream.closed) await finished(stream, { signal })
  })
  await Promise.allSettled(ends)
}

/** The end of a process in words. */
export function describeExit({ exitCode, signal }: ChildExit): string {
  return signal === null ? `ended with exit code ${exitCode}` : `was ended by ${signal}`
}
