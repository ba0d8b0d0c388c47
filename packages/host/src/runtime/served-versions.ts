import type { Log } from '../kernel/log.ts'
import type { AgentRuntimeRecord, RuntimeVersionRecord } from './agent-runtime-record.ts'
import type { RuntimeVersion } from './agent-runtime.ts'
import type { Inbound } from './authorize.ts'
import { RuntimeFault } from './fault.ts'
import { readHeaderAllowlist } from './header-allowlist.ts'
import type { AuthorizerFor } from './ports.ts'
import { createProcessPool } from './process-pool.ts'
import type { RuntimeEntry } from './registry.ts'
import { SERVER_PROTOCOLS } from './server-protocol.ts'
import type { StartGate } from './start-gate.ts'
import type { VersionStarter } from './version-starter.ts'

/** The versions that have processes, or had one: made when they are first called. */
export interface ServedVersions {
  /** The same object each time, until the version is no longer served. */
  get(entry: RuntimeEntry, version: string): RuntimeVersion
  /** Takes in a version that was made elsewhere: an app file's. */
  put(version: RuntimeVersion): void
  /** Keeps no processes waiting for versions that no endpoint of the runtime leads to. */
  retire(agentRuntimeId: string, live: ReadonlySet<string>): Promise<void>
  sweep(): void
  stop(): Promise<void>
}

export interface ServedVersionsOptions {
  readonly starter: VersionStarter
  readonly gate: StartGate
  readonly authorizerFor: AuthorizerFor | undefined
  readonly log: Log
  readonly now: () => number
}

/** One process waits while a runtime is in use; nothing waits for a runtime that nobody calls. */
const WARM_SESSIONS = 1
const RESTS_AFTER_MS = 5 * 60_000

export function createServedVersions(options: ServedVersionsOptions): ServedVersions {
  const { starter, gate, authorizerFor, log, now } = options
  const served = new Map<string, RuntimeVersion>()

  const create = (record: AgentRuntimeRecord, version: RuntimeVersionRecord): RuntimeVersion => {
    const { definition, state } = version
    if (state.status !== 'READY') throw new RuntimeFault('Conflict', `It is ${state.status}`)
    const { protocol, lifecycleConfiguration, requestHeaderAllowlist } = definition
    const inbound = inboundOf(version, authorizerFor)
    const pool = createProcessPool({
      start: () => gate(() => starter.start(record, version, state.codeSha256)),
      warmSessions: WARM_SESSIONS,
      restsAfterMs: RESTS_AFTER_MS,
      log,
      now,
    })
    return {
      runtime: { agentRuntimeId: record.agentRuntimeId, arn: record.agentRuntimeArn },
      version: version.version,
      protocol,
      inbound,
      idleRuntimeSessionTimeoutMs: lifecycleConfiguration.idleRuntimeSessionTimeout * 1_000,
      maxLifetimeMs: lifecycleConfiguration.maxLifetime * 1_000,
      allowedHeaders: readHeaderAllowlist(requestHeaderAllowlist, {
        hasAuthorizer: inbound.by === 'jwt',
      }),
      pool,
      path: SERVER_PROTOCOLS[protocol].path,
    }
  }

  return {
    get({ record, versions }, name) {
      const key = keyOf(record.agentRuntimeId, name)
      const known = served.get(key)
      if (known) return known
      const version = versions.get(name)
      if (version === undefined) throw new RuntimeFault('ResourceNotFound', `No version ${name}`)
      const created = create(record, version)
      served.set(key, created)
      return created
    },
    put(version) {
      served.set(keyOf(version.runtime.agentRuntimeId, version.version), version)
    },
    async retire(agentRuntimeId, live) {
      const gone = [...served.values()].filter(
        ({ runtime, version }) => runtime.agentRuntimeId === agentRuntimeId && !live.has(version),
      )
      for (const { version } of gone) served.delete(keyOf(agentRuntimeId, version))
      await Promise.all(gone.map(({ pool }) => pool.stop()))
    },
    sweep() {
      for (const { pool } of served.values()) pool.sweep()
    },
    async stop() {
      await Promise.all([...served.values()].map(({ pool }) => pool.stop()))
    },
  }
}

function inboundOf(
  { definition: { authorizerConfiguration } }: RuntimeVersionRecord,
  authorizerFor: AuthorizerFor | undefined,
): Inbound {
  if (authorizerConfiguration === undefined) return { by: 'signature' }
  if (authorizerFor === undefined) throw new Error('Nobody checks tokens on this host')
  return { by: 'jwt', authorizer: authorizerFor(authorizerConfiguration.customJWTAuthorizer) }
}

function keyOf(agentRuntimeId: string, version: string): string {
  return `${agentRuntimeId}/${version}`
}
