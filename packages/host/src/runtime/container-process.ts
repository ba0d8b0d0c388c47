// Servers in containers, where this machine has an OCI engine (docker, podman, nerdctl): a container for
// each session, its port published on loopback, gone with its session.
//
// What differs from AWS: the image may be of any architecture that the engine runs, and is taken from
// the engine's own store when it is there; 127.0.0.1 is the container's own, so that a server does not
// reach this host under the address it has for others. Tried with a stand-in for docker only, for want of an engine.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { http } from '../http/node-http.ts'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import { startChild, type RunningChild } from '../process/child.ts'
import type { Listener } from './find-listener.ts'
import { HOST_LABEL, type OciEngine } from './oci-engine.ts'
import {
  FREE_CONNECTION_MS,
  KEPT_LINES,
  type LineListener,
  type ServerProcess,
  type TidyText,
} from './server-process.ts'
import { SERVER_PROTOCOLS, type ServerProtocolName } from './server-protocol.ts'
import { StartFailure } from './start-failure.ts'
import { waitForServer } from './wait-for-server.ts'

export interface ContainerLaunch {
  readonly image: string
  readonly agentRuntimeId: string
  readonly protocol: ServerProtocolName
  readonly environment: Readonly<Record<string, string>>
}

export interface ContainerOptions {
  readonly engine: OciEngine
  readonly tempDir: string
  readonly onLine?: LineListener | undefined
  readonly tidy: TidyText
  readonly signal: AbortSignal
}

/** AgentCore quotas: start of a container; hardware of a session. */
const START_TIMEOUT_MS = 120_000
const RESOURCES = ['--cpus=2', '--memory=8g', '--pids-limit=4096']
const ENGINE_MS = 30_000
const PORT_POLL_MS = 100

/** Starts a container and waits until its server can be called. A start that fails leaves nothing behind. */
export async function startContainer(
  launch: ContainerLaunch,
  { engine, tempDir, onLine, tidy, signal }: ContainerOptions,
): Promise<ServerProcess> {
  signal.throwIfAborted()
  const directory = await mkdtemp(join(tempDir, 'session-'))
  const name = `catamaran-${randomUUID()}`
  const lines: string[] = []
  const started: { child?: RunningChild; session?: ServerProcess } = {}
  const remove = async (child: RunningChild | undefined) => {
    await engine.run(['rm', '--force', name], ENGINE_MS)
    await child?.stop({ graceMs: 0 })
    await rm(directory, { recursive: true, force: true })
  }
  try {
    const envFile = join(directory, 'variables')
    // In a file: arguments show in the list of processes.
    await writeFile(envFile, variableLines(launch.environment), { mode: 0o600 })
    const child = await startChild({
      file: engine.file,
      args: runArguments(launch, name, envFile),
      env: engine.environment,
      cwd: directory,
      onLine(line, stream) {
        if (lines.push(line) > KEPT_LINES) lines.shift()
        onLine?.(line, stream, started.session?.runtimeSessionId)
      },
    })
    started.child = child
    const address = watchAddress(engine, name, SERVER_PROTOCOLS[launch.protocol].port)
    const listener = await waitForServer({
      protocol: launch.protocol,
      child,
      findAddress: address.find,
      timeoutMs: START_TIMEOUT_MS,
      signal,
    }).finally(address.stop)
    const agent = new http.Agent({ keepAlive: true, timeout: FREE_CONNECTION_MS })
    let stopped: Promise<void> | undefined
    started.session = {
      pid: child.pid,
      listener,
      agent,
      exited: child.exited,
      lastLines: () => tidy(lines.join('\n')),
      runtimeSessionId: undefined,
      shell: (command) => ({
        file: engine.file,
        args: ['exec', name, '/bin/sh', '-c', command],
        cwd: directory,
        env: engine.environment,
      }),
      stop() {
        agent.destroy()
        stopped ??= remove(child)
        return stopped
      },
    }
    return started.session
  } catch (error) {
    await remove(started.child)
    if (signal.aborted) throw error
    throw new StartFailure(tidy(errorMessage(error)), tidy(lines.join('\n')), { cause: error })
  }
}

function runArguments(
  { image, agentRuntimeId, protocol }: ContainerLaunch,
  name: string,
  envFile: string,
): readonly string[] {
  const { port } = SERVER_PROTOCOLS[protocol]
  return [
    'run',
    '--rm',
    '--init',
    '--pull=never',
    `--name=${name}`,
    `--label=${HOST_LABEL}=${process.pid}`,
    `--label=catamaran.agent-runtime=${agentRuntimeId}`,
    `--publish=127.0.0.1::${port}`,
    `--env-file=${envFile}`,
    ...RESOURCES,
    image,
  ]
}

function variableLines(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([variable, value]) => {
      if (!/[\r\n]/.test(value)) return `${variable}=${value}\n`
      throw new HostError(
        'ERR_INVALID_INPUT',
        `The variable ${variable} has more than one line, which containers cannot be given here`,
      )
    })
    .join('')
}

/** Asks the engine until it knows which port of this machine leads to the container. */
function watchAddress(engine: OciEngine, name: string, port: number) {
  let found: Listener | undefined
  let isStopped = false
  const ask = async (): Promise<void> => {
    const { exit, lines } = await engine.run(['port', name, `${port}/tcp`], ENGINE_MS)
    const [, published] = /:(\d+)$/.exec(lines[0] ?? '') ?? []
    if (exit.exitCode === 0 && published !== undefined) {
      found = { host: '127.0.0.1', port: Number(published) }
    } else if (!isStopped) setTimeout(() => void ask(), PORT_POLL_MS).unref()
  }
  void ask()
  return {
    find: () => found,
    stop: () => {
      isStopped = true
    },
  }
}
