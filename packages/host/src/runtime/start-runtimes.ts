// The Runtime hull: MCP servers as processes, one for each session (AgentCore Runtime, direct code
// deployment). What differs from AgentCore, and stays so:
// - A session is isolated by its process and its temp folder, not by a virtual machine.
// - A session belongs to the caller who created it; AgentCore leaves that to the caller.
// - DELETE ends a session and GET is passed on, as MCP clients expect; AgentCore answers 404.
// - A server may assign its own session id; none is sent to it on `initialize`.
// What is missing: protocols other than MCP, endpoints other than DEFAULT, SigV4, the commands and
// WebSocket operations, workload access tokens.
import { availableParallelism } from 'node:os'
import type { Exchange } from '../http/exchange.ts'
import { HostError } from '../kernel/host-error.ts'
import { agentRuntimeArn, parseAgentRuntimeId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import type { AgentRuntimeConfiguration, RuntimeLine } from './agent-runtime-configuration.ts'
import type { AgentRuntime, RuntimeVersion } from './agent-runtime.ts'
import type { RuntimeTarget } from './find-runtime.ts'
import { readHeaderAllowlist } from './header-allowlist.ts'
import { createProcessPool } from './process-pool.ts'
import { describeResource } from './resource-url.ts'
import { serveRuntime } from './serve-runtime.ts'
import type { Preloads } from './server-environment.ts'
import { startServerProcess } from './server-process.ts'
import { createSessionTable } from './session-table.ts'
import { describeStartFailure } from './start-failure.ts'
import { createStartGate } from './start-gate.ts'

export interface RuntimesOptions {
  readonly log: Log
  /** An existing folder; every process gets one of its own in it, for as long as it lives. */
  readonly tempDir: string
  /** Of all runtimes together; processes that wait in pools are not counted. */
  readonly maxSessions: number
  readonly preloads: Preloads
  readonly onLine?: (line: RuntimeLine) => void
  /** Milliseconds; what idle times and lives are measured with. */
  readonly now?: () => number
  readonly sweepIntervalMs?: number
}

export interface Runtimes extends AsyncDisposable {
  /**
   * Makes a new version what new sessions use, once a process of it answers; running sessions keep
   * theirs. When it does not come up it is refused with what it wrote last, and nothing changes.
   */
  putRuntime(configuration: AgentRuntimeConfiguration): Promise<DeployedRuntime>
  deleteRuntime(agentRuntimeId: string): Promise<void>
  /** Answers one request on `exchange.response`; never rejects. */
  serve(exchange: Exchange, target: RuntimeTarget): Promise<void>
  /** The RFC 9728 document of a runtime; undefined when it asks nobody for a token. */
  describeResource(arn: string, about: { readonly resource: string }): object | undefined
}

export interface DeployedRuntime {
  readonly agentRuntimeArn: string
  readonly version: string
}

const SWEEP_INTERVAL_MS = 1_000

/** Starts with no runtimes. Stopping ends every session and waits until nothing is left of them. */
export function startRuntimes(options: RuntimesOptions): Runtimes {
  const { log, tempDir, maxSessions, preloads, onLine, now = Date.now } = options
  const lifetime = new AbortController()
  const { signal } = lifetime
  const runtimes = new Map<string, AgentRuntime>()
  const changes = new Map<string, Promise<unknown>>()
  const sessions = createSessionTable({ maxSessions, now, log })
  const inTurn = createStartGate(Math.max(2, availableParallelism()))
  const context = { runtimes, sessions, log }

  const sweep = () => {
    sessions.sweep()
    for (const { current } of runtimes.values()) current.pool.sweep()
  }
  const timer = setInterval(sweep, options.sweepIntervalMs ?? SWEEP_INTERVAL_MS).unref()

  /** One change of a runtime at a time, in the order in which they were asked for. */
  const change = async <T>(arn: string, make: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw stopping()
    const before = changes.get(arn) ?? Promise.resolve()
    const made = before.then(make, make)
    changes.set(arn, made)
    try {
      return await made
    } finally {
      if (changes.get(arn) === made) changes.delete(arn)
    }
  }

  const startVersion = async (
    arn: string,
    configuration: AgentRuntimeConfiguration,
  ): Promise<RuntimeVersion> => {
    const { agentRuntimeId, authorizer, warmSessions, requestHeaderAllowlist } = configuration
    const hasAuthorizer = authorizer !== undefined
    const allowedHeaders = readHeaderAllowlist(requestHeaderAllowlist, { hasAuthorizer })
    const start = () =>
      startServerProcess(configuration, {
        tempDir,
        preloads,
        signal,
        onLine: (line, stream, runtimeSessionId) =>
          onLine?.({ agentRuntimeId, runtimeSessionId, stream, line }),
      })
    const pool = createProcessPool({ start: () => inTurn(start), warmSessions, log, now })
    pool.add(await start())
    return {
      runtime: { agentRuntimeId, arn },
      version: nextVersion(runtimes.get(arn)),
      configuration,
      allowedHeaders,
      pool,
      path: configuration.path ?? '/mcp',
    }
  }

  return {
    async putRuntime(configuration) {
      const arn = readConfiguration(configuration)
      return change(arn, async () => {
        const version = await startVersion(arn, configuration).catch((error: unknown) => {
          throw signal.aborted ? stopping() : describeStartFailure(error)
        })
        const runtime = runtimes.get(arn)
        const old = runtime?.current
        if (runtime) runtime.current = version
        else {
          const { agentRuntimeId } = configuration
          runtimes.set(arn, { agentRuntimeId, arn, current: version })
        }
        version.pool.refill()
        if (old) {
          sessions.retire(configuration.agentRuntimeId)
          await old.pool.stop()
        }
        return { agentRuntimeArn: arn, version: version.version }
      })
    },
    async deleteRuntime(agentRuntimeId) {
      const arn = arnOf(agentRuntimeId)
      await change(arn, async () => {
        const runtime = runtimes.get(arn)
        if (!runtime) throw new HostError('ERR_NOT_FOUND', `No agent runtime ${agentRuntimeId}`)
        runtimes.delete(arn)
        await Promise.all([
          sessions.endAll('Its agent runtime was deleted', agentRuntimeId),
          runtime.current.pool.stop(),
        ])
      })
    },
    serve: (exchange, target) => serveRuntime(exchange, target, context),
    describeResource(arn, about) {
      const runtime = runtimes.get(arn)
      return runtime && describeResource(runtime, about)
    },
    async [Symbol.asyncDispose]() {
      lifetime.abort()
      clearInterval(timer)
      await Promise.allSettled(changes.values())
      await sessions.endAll('The host is stopping')
      await Promise.all([...runtimes.values()].map(({ current }) => current.pool.stop()))
    },
  }
}

function readConfiguration(configuration: AgentRuntimeConfiguration): string {
  const { agentRuntimeId, command, idleRuntimeSessionTimeoutMs, maxLifetimeMs } = configuration
  if (command.length === 0) {
    throw new HostError('ERR_INVALID_INPUT', 'command must name a program and its arguments')
  }
  if (idleRuntimeSessionTimeoutMs > maxLifetimeMs) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      'idleRuntimeSessionTimeout must be less than or equal to maxLifetime',
    )
  }
  return arnOf(agentRuntimeId)
}

function arnOf(agentRuntimeId: string): string {
  const id = parseAgentRuntimeId(agentRuntimeId)
  if (id !== undefined) return agentRuntimeArn(id)
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${JSON.stringify(agentRuntimeId)} is no agent runtime id: a name, a hyphen and ten alphanumerics`,
  )
}

function nextVersion(runtime: AgentRuntime | undefined): string {
  return String(Number(runtime?.current.version ?? 0) + 1)
}

function stopping(): HostError {
  return new HostError('ERR_CONFLICT', 'The host is stopping')
}
