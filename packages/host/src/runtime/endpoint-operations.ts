// Endpoints of agent runtimes, as the control plane changes them. An endpoint here leads to a version at
// once, so it is never seen on its way: what differs from AWS is that UPDATING lasts for one answer.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import {
  DEFAULT_ENDPOINT,
  type AgentRuntimeRecord,
  type EndpointRecord,
  type RuntimeStatus,
  type RuntimeVersionRecord,
} from './agent-runtime-record.ts'
import { checkChangeable } from './check-changeable.ts'
import { MAX_ENDPOINTS } from './compat.ts'
import { newEndpoint } from './new-endpoint.ts'
import type { Registry, RuntimeEntry } from './registry.ts'
import { findRuntimeOf, getVersion, newestOf } from './runtime-lookups.ts'
import { tooMany } from './too-many.ts'

export interface EndpointInput {
  /** The newest version when it is left out. */
  readonly agentRuntimeVersion?: string | undefined
  readonly description?: string | undefined
}

export interface CreateEndpointInput extends EndpointInput {
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface DescribedEndpoint {
  readonly record: AgentRuntimeRecord
  readonly endpoint: EndpointRecord
  readonly status: RuntimeStatus
  readonly failureReason?: string | undefined
  readonly targetVersion: string | undefined
}

export interface EndpointOperations {
  createEndpoint(
    scope: Scope,
    agentRuntimeId: string,
    input: CreateEndpointInput,
  ): Promise<DescribedEndpoint>
  /** Leads to another version, or tells another description; what is left out stays. */
  updateEndpoint(
    scope: Scope,
    agentRuntimeId: string,
    name: string,
    input: EndpointInput,
  ): Promise<{ readonly before: DescribedEndpoint; readonly after: DescribedEndpoint }>
  deleteEndpoint(scope: Scope, agentRuntimeId: string, name: string): Promise<DescribedEndpoint>
  getEndpoint(scope: Scope, agentRuntimeId: string, name: string): DescribedEndpoint
  listEndpoints(scope: Scope, agentRuntimeId: string): readonly DescribedEndpoint[]
}

export interface EndpointOperationsOptions {
  readonly registry: Registry
  readonly now: () => number
  /** Called when an endpoint leads to another version than before. */
  readonly onMoved: (agentRuntimeId: string, endpoint: string) => void
  readonly onRemoved: (agentRuntimeId: string, endpoint: string) => void
}

export function createEndpointOperations(options: EndpointOperationsOptions): EndpointOperations {
  const { registry, now, onMoved, onRemoved } = options

  return {
    createEndpoint: (scope, agentRuntimeId, input) =>
      registry.inTurn(async () => {
        const entry = findRuntimeOf(registry, scope, agentRuntimeId)
        const { name, description, tags = {} } = input
        checkChangeable(entry)
        if (entry.endpoints.has(name)) {
          throw new HostError('ERR_CONFLICT', `The endpoint ${name} already exists`)
        }
        if (entry.endpoints.size >= MAX_ENDPOINTS) {
          throw tooMany(`${MAX_ENDPOINTS} endpoints of this agent runtime`)
        }
        const { version } = readyVersion(entry, input.agentRuntimeVersion)
        const endpoint: EndpointRecord = {
          ...newEndpoint(entry.record.agentRuntimeId, name, new Date(now()).toISOString()),
          description,
          liveVersion: version,
          tags,
        }
        await registry.write([{ endpoint }])
        return describe(entry, endpoint)
      }),

    updateEndpoint: (scope, agentRuntimeId, name, input) =>
      registry.inTurn(async () => {
        const entry = findRuntimeOf(registry, scope, agentRuntimeId)
        checkChangeable(entry)
        const before = getEndpoint(entry, name)
        const { agentRuntimeVersion: asked, description = before.description } = input
        if (name === DEFAULT_ENDPOINT && asked !== undefined && asked !== before.liveVersion) {
          const message = `${DEFAULT_ENDPOINT} follows the newest version; create another endpoint`
          throw new HostError('ERR_CONFLICT', message)
        }
        const liveVersion =
          asked === undefined ? before.liveVersion : readyVersion(entry, asked).version
        const lastUpdatedAt = new Date(now()).toISOString()
        const endpoint = { ...before, liveVersion, description, lastUpdatedAt }
        await registry.write([{ endpoint }])
        if (liveVersion !== before.liveVersion) onMoved(agentRuntimeId, name)
        return { before: describe(entry, before), after: describe(entry, endpoint) }
      }),

    deleteEndpoint: (scope, agentRuntimeId, name) =>
      registry.inTurn(async () => {
        const entry = findRuntimeOf(registry, scope, agentRuntimeId)
        checkChangeable(entry)
        const endpoint = getEndpoint(entry, name)
        if (name === DEFAULT_ENDPOINT) {
          const message = `The endpoint ${DEFAULT_ENDPOINT} goes with its agent runtime only`
          throw new HostError('ERR_CONFLICT', message)
        }
        await registry.write([{ removedEndpoint: endpoint }])
        onRemoved(agentRuntimeId, name)
        return describe(entry, endpoint)
      }),

    getEndpoint(scope, agentRuntimeId, name) {
      const entry = findRuntimeOf(registry, scope, agentRuntimeId)
      return describe(entry, getEndpoint(entry, name))
    },

    listEndpoints(scope, agentRuntimeId) {
      const entry = findRuntimeOf(registry, scope, agentRuntimeId)
      return [...entry.endpoints.values()].map((endpoint) => describe(entry, endpoint))
    },
  }
}

/** DEFAULT is on its way as long as the newest version is; after a failure it stays where it was. */
function describe(entry: RuntimeEntry, endpoint: EndpointRecord): DescribedEndpoint {
  const { record } = entry
  const { state, version } = newestOf(entry)
  const { liveVersion } = endpoint
  const follows = endpoint.name === DEFAULT_ENDPOINT && version !== liveVersion
  if (follows && 'failureReason' in state && liveVersion === undefined) {
    const { failureReason } = state
    return { record, endpoint, status: 'CREATE_FAILED', failureReason, targetVersion: version }
  }
  if (follows && (state.status === 'CREATING' || state.status === 'UPDATING')) {
    return { record, endpoint, status: state.status, targetVersion: version }
  }
  return { record, endpoint, status: 'READY', targetVersion: liveVersion }
}

function getEndpoint({ record, endpoints }: RuntimeEntry, name: string): EndpointRecord {
  const endpoint = endpoints.get(name)
  if (endpoint) return endpoint
  throw new HostError('ERR_NOT_FOUND', `No endpoint ${name} of ${record.agentRuntimeId}`)
}

function readyVersion(entry: RuntimeEntry, name: string | undefined): RuntimeVersionRecord {
  const version = name === undefined ? newestOf(entry) : getVersion(entry, name)
  if (version.state.status === 'READY') return version
  const message = `Version ${version.version} is ${version.state.status}; an endpoint needs one that is READY`
  throw new HostError('ERR_CONFLICT', message)
}
