// Agent runtimes that an app file describes. They are made again at each start and are in memory only;
// their processes are started from the author's own files, and one is there before the app is served.
import { HostError } from '../kernel/host-error.ts'
import { agentRuntimeArn, parseAgentRuntimeId, type AgentRuntimeId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import { createKeyedTurns } from '../kernel/turns.ts'
import type { AgentRuntimeConfiguration, RuntimeLine } from './agent-runtime-configuration.ts'
import {
  DEFAULT_ENDPOINT,
  type AgentRuntimeRecord,
  type RuntimeDefinition,
  type RuntimeVersionRecord,
} from './agent-runtime-record.ts'
import type { RuntimeVersion } from './agent-runtime.ts'
import { APP_ROLE_NAME, DEFAULT_PLATFORM_VERSION } from './compat.ts'
import { readHeaderAllowlist } from './header-allowlist.ts'
import type { LinkedIdentities } from './ports.ts'
import { createProcessPool } from './process-pool.ts'
import { checkLifecycle } from './read-lifecycle.ts'
import type { Registry, RegistryChange, RuntimeEntry } from './registry.ts'
import { newEndpoint } from './new-endpoint.ts'
import type { ServedVersions } from './served-versions.ts'
import { SERVER_PROTOCOLS } from './server-protocol.ts'
import type { Preloads } from './server-environment.ts'
import { startServerProcess } from './server-process.ts'
import type { SessionTable } from './session-table.ts'
import { describeStartFailure } from './start-failure.ts'
import type { StartGate } from './start-gate.ts'

export interface AppRuntimes {
  put(configuration: AgentRuntimeConfiguration): Promise<DeployedRuntime>
  remove(agentRuntimeId: string): Promise<void>
  /** Resolves when no change is under way. */
  settled(): Promise<void>
}

export interface DeployedRuntime {
  readonly agentRuntimeArn: string
  readonly version: string
}

export interface AppRuntimesOptions {
  readonly registry: Registry
  readonly served: ServedVersions
  readonly sessions: SessionTable
  readonly gate: StartGate
  readonly identities: LinkedIdentities | undefined
  readonly start: {
    readonly tempDir: string
    readonly preloads: Preloads
    readonly signal: AbortSignal
    readonly onLine: ((line: RuntimeLine) => void) | undefined
  }
  readonly log: Log
  readonly now: () => number
}

const SCOPE = DEFAULT_SCOPE

export function createAppRuntimes(options: AppRuntimesOptions): AppRuntimes {
  const { registry, served, sessions, gate, identities, start, log, now } = options
  const { signal, onLine } = start
  const turns = createKeyedTurns()

  /** One change of a runtime at a time, in the order in which they were asked for. */
  const change = async <T>(agentRuntimeId: string, make: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw stopping()
    return turns.run(agentRuntimeId, make)
  }

  const startVersion = async (
    agentRuntimeId: AgentRuntimeId,
    configuration: AgentRuntimeConfiguration,
    version: string,
  ): Promise<RuntimeVersion> => {
    const { authorizer, warmSessions, requestHeaderAllowlist, protocol } = configuration
    const allowedHeaders = readHeaderAllowlist(requestHeaderAllowlist, {
      hasAuthorizer: authorizer !== undefined,
    })
    const startProcess = () =>
      startServerProcess(configuration, {
        ...start,
        onLine: (line, stream, runtimeSessionId) =>
          onLine?.({ agentRuntimeId, runtimeSessionId, stream, line }),
      })
    const pool = createProcessPool({ start: () => gate(startProcess), warmSessions, log, now })
    pool.add(await startProcess())
    return {
      runtime: { agentRuntimeId, arn: agentRuntimeArn(agentRuntimeId, SCOPE) },
      version,
      protocol,
      inbound: authorizer ? { by: 'jwt', authorizer } : { by: 'nobody' },
      idleRuntimeSessionTimeoutMs: configuration.idleRuntimeSessionTimeoutMs,
      maxLifetimeMs: configuration.maxLifetimeMs,
      allowedHeaders,
      pool,
      path: configuration.path ?? SERVER_PROTOCOLS[protocol].path,
    }
  }

  const register = (
    known: RuntimeEntry | undefined,
    { runtime, version }: RuntimeVersion,
    agentRuntimeId: AgentRuntimeId,
    configuration: AgentRuntimeConfiguration,
  ): void => {
    const time = new Date(now()).toISOString()
    const old = known?.versions.values() ?? []
    const endpoint =
      known?.endpoints.get(DEFAULT_ENDPOINT) ?? newEndpoint(agentRuntimeId, DEFAULT_ENDPOINT, time)
    const identity = known ? undefined : identities?.describe(SCOPE, agentRuntimeId, now())
    const record: AgentRuntimeRecord = {
      agentRuntimeId,
      agentRuntimeArn: runtime.arn,
      agentRuntimeName: configuration.agentRuntimeName,
      scope: SCOPE,
      origin: 'app',
      tags: {},
      workloadIdentityArn: known?.record.workloadIdentityArn ?? identity?.workloadIdentityArn,
      newestVersion: version,
      createdAt: known?.record.createdAt ?? time,
      lastUpdatedAt: time,
    }
    const removed = [...old].map((it): RegistryChange => ({ removedVersion: it }))
    registry.put([
      { runtime: record },
      ...removed,
      { version: describeVersion(agentRuntimeId, version, configuration, time) },
      { endpoint: { ...endpoint, liveVersion: version, lastUpdatedAt: time } },
    ])
    identity?.commit()
  }

  return {
    put: async (configuration) => {
      const agentRuntimeId = readId(configuration.agentRuntimeId)
      checkConfiguration(configuration)
      return change(agentRuntimeId, async () => {
        const before = registry.find(agentRuntimeId)
        const number = String(Number(before?.record.newestVersion ?? 0) + 1)
        const version = await startVersion(agentRuntimeId, configuration, number).catch(
          (error: unknown) => {
            throw signal.aborted ? stopping() : describeStartFailure(error)
          },
        )
        served.put(version)
        register(before, version, agentRuntimeId, configuration)
        version.pool.refill()
        if (before) {
          sessions.retire(agentRuntimeId, DEFAULT_ENDPOINT)
          await served.retire(agentRuntimeId, new Set([number]))
        }
        return { agentRuntimeArn: version.runtime.arn, version: number }
      })
    },
    remove: async (text) => {
      const agentRuntimeId = readId(text)
      await change(agentRuntimeId, async () => {
        const entry = registry.find(agentRuntimeId)
        if (!entry) throw new HostError('ERR_NOT_FOUND', `No agent runtime ${agentRuntimeId}`)
        registry.put([{ removedRuntime: entry.record }])
        identities?.describe(SCOPE, agentRuntimeId, now()).uncommit()
        await Promise.all([
          sessions.endAll('Its agent runtime was deleted', agentRuntimeId),
          served.retire(agentRuntimeId, new Set()),
        ])
      })
    },
    settled: () => turns.settled(),
  }
}

/** What Get and List tell; what the processes are started with stays in the app file. */
function describeVersion(
  agentRuntimeId: AgentRuntimeId,
  version: string,
  configuration: AgentRuntimeConfiguration,
  time: string,
): RuntimeVersionRecord {
  const { protocol, requestHeaderAllowlist } = configuration
  const definition: RuntimeDefinition = {
    roleArn: `arn:aws:iam::${SCOPE.accountId}:role/${APP_ROLE_NAME}`,
    description: 'Described by an app file',
    networkConfiguration: { networkMode: 'PUBLIC' },
    protocol,
    requestHeaderAllowlist,
    lifecycleConfiguration: {
      idleRuntimeSessionTimeout: configuration.idleRuntimeSessionTimeoutMs / 1_000,
      maxLifetime: configuration.maxLifetimeMs / 1_000,
    },
    environmentVariables: {},
    requireMMDSV2: true,
    platformVersion: DEFAULT_PLATFORM_VERSION,
  }
  const state = { status: 'READY' } as const
  return { agentRuntimeId, version, definition, state, createdAt: time, lastUpdatedAt: time }
}

function checkConfiguration(configuration: AgentRuntimeConfiguration): void {
  const { command, idleRuntimeSessionTimeoutMs, maxLifetimeMs } = configuration
  if (command.length === 0) {
    throw new HostError('ERR_INVALID_INPUT', 'command must name a program and its arguments')
  }
  checkLifecycle({
    idleRuntimeSessionTimeout: idleRuntimeSessionTimeoutMs,
    maxLifetime: maxLifetimeMs,
  })
}

function readId(text: string): AgentRuntimeId {
  const id = parseAgentRuntimeId(text)
  if (id !== undefined) return id
  throw new HostError(
    'ERR_INVALID_INPUT',
    `${JSON.stringify(text)} is no agent runtime id: a name, a hyphen and ten alphanumerics`,
  )
}

function stopping(): HostError {
  return new HostError('ERR_CONFLICT', 'The host is stopping')
}
