// The control plane's side of the agent runtimes: loaded when it is first asked for, or when a former
// host has left something unfinished.
import { errorMessage } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { createDeployments } from './deployments.ts'
import { createEndpointOperations, type EndpointOperations } from './endpoint-operations.ts'
import type { LinkedIdentities } from './ports.ts'
import type { Registry } from './registry.ts'
import { createRuntimeOperations, type RuntimeOperations } from './runtime-operations.ts'
import type { ServedVersions } from './served-versions.ts'
import type { SessionTable } from './session-table.ts'
import type { VersionStarter } from './version-starter.ts'

/** What the control plane asks for. */
export type AgentRuntimeOperations = RuntimeOperations & EndpointOperations

export interface RuntimeControl {
  readonly operations: AgentRuntimeOperations
  /** Begins what a former host did not finish. */
  resume(): void
  /** Resolves when no change, and nothing that follows from one, is under way. */
  settled(): Promise<void>
}

export interface RuntimeControlOptions {
  readonly registry: Registry
  readonly starter: VersionStarter
  readonly served: ServedVersions
  readonly sessions: SessionTable
  readonly identities: LinkedIdentities | undefined
  readonly signal: AbortSignal
  readonly now: () => number
  readonly log: Log
}

export function createRuntimeControl(options: RuntimeControlOptions): RuntimeControl {
  const { registry, starter, served, sessions, identities, signal, now, log } = options
  const following = new Set<Promise<unknown>>()

  /** What follows from a change and nobody waits for. */
  const afterwards = (work: Promise<unknown>) => {
    const done = work
      .catch((error: unknown) => {
        const message = 'A change of an agent runtime left something behind'
        log.error(message, { error: errorMessage(error) })
      })
      .finally(() => following.delete(done))
    following.add(done)
  }
  const retireVersions = async (agentRuntimeId: string) => {
    const endpoints = registry.find(agentRuntimeId)?.endpoints.values() ?? []
    const live = [...endpoints].map(({ liveVersion }) => liveVersion ?? '')
    await served.retire(agentRuntimeId, new Set(live))
    await starter.keepOnly(deployments.codeInUse())
  }
  const onMoved = (agentRuntimeId: string, endpoint: string) => {
    sessions.retire(agentRuntimeId, endpoint)
    afterwards(retireVersions(agentRuntimeId))
  }
  const onRemoved = (agentRuntimeId: string, endpoint?: string) => {
    if (endpoint !== undefined || registry.find(agentRuntimeId) === undefined) {
      const what = endpoint === undefined ? 'agent runtime' : 'endpoint'
      afterwards(sessions.endAll(`Its ${what} was deleted`, agentRuntimeId, endpoint))
    }
    afterwards(retireVersions(agentRuntimeId))
  }

  const deployments = createDeployments({ registry, starter, signal, now, log, onMoved })
  return {
    operations: {
      ...createRuntimeOperations({ registry, deployments, identities, now, onRemoved }),
      ...createEndpointOperations({ registry, now, onMoved, onRemoved }),
    },
    resume: () => deployments.resume(),
    async settled() {
      await deployments.settled()
      await Promise.all(following)
    },
  }
}
