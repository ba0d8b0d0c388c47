// All agent runtimes of this host, in memory, with what the API made also in the store. A change is
// stored first and known afterwards, whole or not at all.
import type { Sealer } from '../kernel/seal.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import { createTurns } from '../kernel/turns.ts'
import type { Store, StoreChange } from '../store/store.ts'
import type {
  AgentRuntimeRecord,
  EndpointRecord,
  RuntimeVersionRecord,
} from './agent-runtime-record.ts'
import {
  endpointRow,
  readRuntimeRows,
  removedEndpointRow,
  removedRuntimeRow,
  removedVersionRow,
  runtimeRow,
  versionRow,
} from './runtime-rows.ts'

/** A runtime with its versions and endpoints, oldest first; replaced members show at once. */
export interface RuntimeEntry {
  readonly record: AgentRuntimeRecord
  readonly versions: ReadonlyMap<string, RuntimeVersionRecord>
  readonly endpoints: ReadonlyMap<string, EndpointRecord>
}

export type RegistryChange =
  | { readonly runtime: AgentRuntimeRecord }
  | { readonly version: RuntimeVersionRecord }
  | { readonly endpoint: EndpointRecord }
  | { readonly removedVersion: RuntimeVersionRecord }
  | { readonly removedEndpoint: EndpointRecord }
  /** With everything that belongs to it. */
  | { readonly removedRuntime: AgentRuntimeRecord }

export interface Registry {
  find(agentRuntimeId: string): RuntimeEntry | undefined
  findByName(scope: Scope, agentRuntimeName: string): RuntimeEntry | undefined
  list(): Iterable<RuntimeEntry>
  /** Puts what the API made into the store, together with rows of others. */
  write(changes: readonly RegistryChange[], others?: readonly StoreChange[]): Promise<void>
  /** Puts in, or removes, what an app file describes: it is not stored. */
  put(changes: readonly RegistryChange[]): void
  /** One change at a time, so that nothing happens between a check and what follows from it. */
  inTurn<T>(change: () => Promise<T>): Promise<T>
}

interface MutableEntry extends RuntimeEntry {
  record: AgentRuntimeRecord
  readonly versions: Map<string, RuntimeVersionRecord>
  readonly endpoints: Map<string, EndpointRecord>
}

/** Reads what was kept; nothing is started. */
export async function openRegistry(options: {
  readonly store: Store
  readonly sealer: Sealer
}): Promise<Registry> {
  const { runtimes, versions, endpoints } = await readRuntimeRows(options.store, options.sealer)
  const registry = createRegistry(options)
  registry.put(runtimes.map((runtime) => ({ runtime })))
  registry.put(versions.map((version) => ({ version })))
  registry.put(endpoints.map((endpoint) => ({ endpoint })))
  return registry
}

/** A registry that is empty; without a store it holds only what an app file describes. */
export function createRegistry(kept?: {
  readonly store: Store
  readonly sealer: Sealer
}): Registry {
  const entries = new Map<string, MutableEntry>()
  const byName = new Map<string, MutableEntry>()

  const apply = (change: RegistryChange): void => {
    if ('runtime' in change) {
      const { runtime: record } = change
      const known = entries.get(record.agentRuntimeId)
      if (known) known.record = record
      else {
        const entry = { record, versions: new Map(), endpoints: new Map() }
        entries.set(record.agentRuntimeId, entry)
        byName.set(nameKey(record.scope, record.agentRuntimeName), entry)
      }
    } else if ('removedRuntime' in change) {
      const { agentRuntimeId, agentRuntimeName, scope } = change.removedRuntime
      const key = nameKey(scope, agentRuntimeName)
      if (byName.get(key)?.record.agentRuntimeId === agentRuntimeId) byName.delete(key)
      entries.delete(agentRuntimeId)
    } else if ('version' in change) {
      const { version } = change
      entries.get(version.agentRuntimeId)?.versions.set(version.version, version)
    } else if ('removedVersion' in change) {
      const { agentRuntimeId, version } = change.removedVersion
      entries.get(agentRuntimeId)?.versions.delete(version)
    } else if ('endpoint' in change) {
      const { endpoint } = change
      entries.get(endpoint.agentRuntimeId)?.endpoints.set(endpoint.name, endpoint)
    } else {
      const { agentRuntimeId, name } = change.removedEndpoint
      entries.get(agentRuntimeId)?.endpoints.delete(name)
    }
  }

  const rowsOf = (change: RegistryChange, sealer: Sealer): readonly StoreChange[] => {
    if ('runtime' in change) return [runtimeRow(change.runtime)]
    if ('version' in change) return [versionRow(change.version, sealer)]
    if ('endpoint' in change) return [endpointRow(change.endpoint)]
    if ('removedVersion' in change) return [removedVersionRow(change.removedVersion)]
    if ('removedEndpoint' in change) return [removedEndpointRow(change.removedEndpoint)]
    const { agentRuntimeId } = change.removedRuntime
    const entry = entries.get(agentRuntimeId)
    return [
      removedRuntimeRow(agentRuntimeId),
      ...[...(entry?.versions.values() ?? [])].map(removedVersionRow),
      ...[...(entry?.endpoints.values() ?? [])].map(removedEndpointRow),
    ]
  }

  return {
    find: (agentRuntimeId) => entries.get(agentRuntimeId),
    findByName: (scope, name) => byName.get(nameKey(scope, name)),
    list: () => entries.values(),
    async write(changes, others = []) {
      if (kept) {
        const { store, sealer } = kept
        await store.write([...changes.flatMap((change) => rowsOf(change, sealer)), ...others])
      }
      changes.forEach(apply)
    },
    put: (changes) => changes.forEach(apply),
    inTurn: createTurns(),
  }
}

function nameKey(scope: Scope, agentRuntimeName: string): string {
  return `${scopeKey(scope)}/${agentRuntimeName}`
}
