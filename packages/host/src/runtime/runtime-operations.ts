// Agent runtimes and their versions, as the control plane changes them. Every change of one runtime is
// checked and written in turn; what takes time happens afterwards, and Get tells how it went.
import { agentRuntimeArn, createAgentRuntimeId } from '../kernel/ids.ts'
import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import {
  DEFAULT_ENDPOINT,
  type AgentRuntimeRecord,
  type RuntimeVersionRecord,
} from './agent-runtime-record.ts'
import { checkChangeable } from './check-changeable.ts'
import { MAX_RUNTIMES, MAX_VERSIONS } from './compat.ts'
import type { Deployments } from './deployments.ts'
import type { LinkedIdentities } from './ports.ts'
import { newEndpoint } from './new-endpoint.ts'
import { readDefinition, type DefinitionInput } from './read-definition.ts'
import type { Registry, RuntimeEntry } from './registry.ts'
import { findRuntimeOf, getVersion, newestOf } from './runtime-lookups.ts'
import { tooMany } from './too-many.ts'

export interface CreateRuntimeInput extends DefinitionInput {
  readonly agentRuntimeName: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

/** A version together with the runtime it belongs to. */
export interface DescribedVersion {
  readonly record: AgentRuntimeRecord
  readonly version: RuntimeVersionRecord
}

export interface RuntimeOperations {
  createRuntime(scope: Scope, input: CreateRuntimeInput): Promise<DescribedVersion>
  /** A new version; its definition takes nothing from the one before but `platformVersion`. */
  updateRuntime(
    scope: Scope,
    agentRuntimeId: string,
    input: DefinitionInput,
  ): Promise<DescribedVersion>
  /** The runtime with everything it has, or one version that no endpoint leads to. */
  deleteRuntime(scope: Scope, agentRuntimeId: string, version?: string): Promise<DescribedVersion>
  /** The newest version unless another is named. */
  getRuntime(scope: Scope, agentRuntimeId: string, version?: string): DescribedVersion
  /** Each with its newest version. */
  listRuntimes(scope: Scope): readonly DescribedVersion[]
  listVersions(scope: Scope, agentRuntimeId: string): readonly DescribedVersion[]
}

export interface RuntimeOperationsOptions {
  readonly registry: Registry
  readonly deployments: Pick<Deployments, 'begin'>
  readonly identities: LinkedIdentities | undefined
  readonly now: () => number
  /** Called when versions are gone: nobody is led to them any more. */
  readonly onRemoved: (agentRuntimeId: string) => void
}

export function createRuntimeOperations(options: RuntimeOperationsOptions): RuntimeOperations {
  const { registry, deployments, identities, now, onRemoved } = options

  return {
    async createRuntime(scope, input) {
      const definition = await readDefinition(input)
      return registry.inTurn(async () => {
        const { agentRuntimeName, tags = {} } = input
        checkFree(registry, scope, agentRuntimeName)
        const createdAt = new Date(now()).toISOString()
        const agentRuntimeId = createAgentRuntimeId(agentRuntimeName)
        const identity = identities?.describe(scope, agentRuntimeId, now())
        const record: AgentRuntimeRecord = {
          agentRuntimeId,
          agentRuntimeArn: agentRuntimeArn(agentRuntimeId, scope),
          agentRuntimeName,
          scope,
          origin: 'api',
          tags,
          workloadIdentityArn: identity?.workloadIdentityArn,
          newestVersion: '1',
          createdAt,
          lastUpdatedAt: createdAt,
        }
        const version: RuntimeVersionRecord = {
          agentRuntimeId,
          version: '1',
          definition,
          state: { status: 'CREATING' },
          createdAt,
          lastUpdatedAt: createdAt,
        }
        const endpoint = newEndpoint(agentRuntimeId, DEFAULT_ENDPOINT, createdAt)
        await registry.write([{ runtime: record }, { version }, { endpoint }], identity?.created)
        identity?.commit()
        deployments.begin(record, version)
        return { record, version }
      })
    },

    async updateRuntime(scope, agentRuntimeId, input) {
      const before = newestOf(findRuntimeOf(registry, scope, agentRuntimeId))
      const definition = await readDefinition(input, before.definition)
      return registry.inTurn(async () => {
        const entry = findRuntimeOf(registry, scope, agentRuntimeId)
        checkChangeable(entry)
        if (entry.versions.size >= MAX_VERSIONS) {
          throw tooMany(`${MAX_VERSIONS} versions of an agent runtime`)
        }
        const lastUpdatedAt = new Date(now()).toISOString()
        const newestVersion = String(Number(entry.record.newestVersion) + 1)
        const record = { ...entry.record, newestVersion, lastUpdatedAt }
        const version: RuntimeVersionRecord = {
          agentRuntimeId: record.agentRuntimeId,
          version: newestVersion,
          definition,
          state: { status: 'UPDATING' },
          createdAt: lastUpdatedAt,
          lastUpdatedAt,
        }
        await registry.write([{ runtime: record }, { version }])
        deployments.begin(record, version)
        return { record, version }
      })
    },

    deleteRuntime: (scope, agentRuntimeId, name) =>
      registry.inTurn(async () => {
        const entry = findRuntimeOf(registry, scope, agentRuntimeId)
        checkChangeable(entry)
        const { record } = entry
        const version = name === undefined ? newestOf(entry) : getVersion(entry, name)
        if (name !== undefined) {
          checkUnused(entry, name)
          await registry.write([{ removedVersion: version }])
        } else {
          const identity = identities?.describe(scope, agentRuntimeId, now())
          await registry.write([{ removedRuntime: record }], identity?.removed)
          identity?.uncommit()
        }
        onRemoved(agentRuntimeId)
        return { record, version }
      }),

    getRuntime(scope, agentRuntimeId, name) {
      const entry = findRuntimeOf(registry, scope, agentRuntimeId)
      const version = name === undefined ? newestOf(entry) : getVersion(entry, name)
      return { record: entry.record, version }
    },

    listRuntimes: (scope) =>
      [...registry.list()]
        .filter(({ record }) => scopeKey(record.scope) === scopeKey(scope))
        .map((entry) => ({ record: entry.record, version: newestOf(entry) })),

    listVersions(scope, agentRuntimeId) {
      const { record, versions } = findRuntimeOf(registry, scope, agentRuntimeId)
      return [...versions.values()].map((version) => ({ record, version }))
    },
  }
}

function checkFree(registry: Registry, scope: Scope, name: string): void {
  if (registry.findByName(scope, name) !== undefined) {
    throw new HostError('ERR_CONFLICT', `An agent runtime with the name ${name} already exists`)
  }
  const inScope = [...registry.list()].filter(
    ({ record }) => scopeKey(record.scope) === scopeKey(scope),
  )
  if (inScope.length >= MAX_RUNTIMES) {
    throw tooMany(`${MAX_RUNTIMES} agent runtimes in this account and Region`)
  }
}

/** A version that something leads to stays. */
function checkUnused({ record, endpoints }: RuntimeEntry, version: string): void {
  const users = [...endpoints.values()].filter(({ liveVersion }) => liveVersion === version)
  const [user] = users
  if (user !== undefined) {
    const message = `Version ${version} is live on the endpoint ${user.name}; move it first`
    throw new HostError('ERR_CONFLICT', message)
  }
  if (version === record.newestVersion) {
    const message = `Version ${version} is the newest; update the agent runtime, or delete it whole`
    throw new HostError('ERR_CONFLICT', message)
  }
}
