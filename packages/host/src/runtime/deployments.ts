// Bringing versions up, in the background: CREATING or UPDATING until a process of the version has
// answered, then READY and live on the endpoint DEFAULT, or failed with the reason, and the version
// before goes on serving. What a host that ended has left unfinished is done again at the next start.
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import {
  DEFAULT_ENDPOINT,
  type AgentRuntimeRecord,
  type RuntimeVersionRecord,
  type VersionState,
} from './agent-runtime-record.ts'
import { codeInUse } from './code-in-use.ts'
import { describeFailure } from './describe-failure.ts'
import type { Registry } from './registry.ts'
import { findUnfinished } from './unfinished.ts'
import { createStartGate } from './start-gate.ts'
import type { VersionStarter } from './version-starter.ts'

export interface Deployments {
  /** Returns at once; the registry tells how it ends. */
  begin(record: AgentRuntimeRecord, version: RuntimeVersionRecord): void
  /** Begins what was not finished when this one was made. */
  resume(): void
  /** The code of versions that are being brought up, or are. */
  codeInUse(): ReadonlySet<string>
  /** Resolves when nothing is being brought up any more. */
  settled(): Promise<void>
}

export interface DeploymentsOptions {
  readonly registry: Registry
  readonly starter: VersionStarter
  readonly signal: AbortSignal
  readonly now: () => number
  readonly log: Log
  /** Called when an endpoint leads to another version than before. */
  readonly onMoved: (agentRuntimeId: string, endpoint: string) => void
}

/** At a time: artifacts that are fetched and unpacked, and processes that are started. */
const MAX_PREPARATIONS = 4
const MAX_PROOFS = 2

export function createDeployments(options: DeploymentsOptions): Deployments {
  const { registry, starter, signal, now, log, onMoved } = options
  const running = new Set<Promise<void>>()
  // Of their own: a server that never comes up must not hold up the sessions of others.
  const preparations = createStartGate(MAX_PREPARATIONS)
  const proofs = createStartGate(MAX_PROOFS)
  const preparing = new Map<string, number>()
  const unfinished = findUnfinished(registry)

  const use = (codeSha256: string | undefined, change: 1 | -1) => {
    if (codeSha256 === undefined) return
    const uses = (preparing.get(codeSha256) ?? 0) + change
    if (uses > 0) preparing.set(codeSha256, uses)
    else preparing.delete(codeSha256)
  }

  const bringUp = async (
    record: AgentRuntimeRecord,
    version: RuntimeVersionRecord,
    codeSha256: string | undefined,
  ): Promise<VersionState> => {
    const process = await proofs(() => starter.start(record, version, codeSha256))
    await process.stop({ graceMs: 0 }) // it has proved that it answers
    return { status: 'READY', codeSha256 }
  }

  const fail = (version: RuntimeVersionRecord, error: unknown): VersionState => {
    const { agentRuntimeId } = version
    log.warn('An agent runtime did not come up', { agentRuntimeId, error: errorMessage(error) })
    const failureReason = describeFailure(error)
    const status = version.state.status === 'UPDATING' ? 'UPDATE_FAILED' : 'CREATE_FAILED'
    return { status, failureReason }
  }

  const deploy = async (record: AgentRuntimeRecord, version: RuntimeVersionRecord) => {
    let codeSha256: string | undefined
    try {
      const state = await preparations(() => starter.prepare(record, version))
        .then((prepared) => {
          codeSha256 = prepared.codeSha256
          use(codeSha256, 1)
          return bringUp(record, version, codeSha256)
        })
        .catch((error: unknown) => (signal.aborted ? undefined : fail(version, error)))
      if (state === undefined || signal.aborted) return // the next start goes on with it
      await registry.inTurn(() => settle(version, state))
      if (state.status === 'READY') onMoved(version.agentRuntimeId, DEFAULT_ENDPOINT)
    } finally {
      use(codeSha256, -1)
    }
  }

  const settle = async (version: RuntimeVersionRecord, state: VersionState) => {
    const entry = registry.find(version.agentRuntimeId)
    const endpoint = entry?.endpoints.get(DEFAULT_ENDPOINT)
    if (entry === undefined || endpoint === undefined) return
    const lastUpdatedAt = new Date(now()).toISOString()
    const live = { ...endpoint, liveVersion: version.version, lastUpdatedAt }
    await registry.write([
      { version: { ...version, state, lastUpdatedAt } },
      { runtime: { ...entry.record, lastUpdatedAt } },
      ...(state.status === 'READY' ? [{ endpoint: live }] : []),
    ])
  }

  const begin: Deployments['begin'] = (record, version) => {
    const deployed = deploy(record, version)
      .catch((error: unknown) => {
        const { agentRuntimeId } = record
        log.error('A deployment broke off', { agentRuntimeId, error: errorMessage(error) })
      })
      .finally(() => running.delete(deployed))
    running.add(deployed)
  }

  return {
    begin,
    resume() {
      for (const { record, version } of unfinished.splice(0)) begin(record, version)
    },
    codeInUse: () => new Set([...codeInUse(registry), ...preparing.keys()]),
    async settled() {
      await Promise.all(running)
    },
  }
}
