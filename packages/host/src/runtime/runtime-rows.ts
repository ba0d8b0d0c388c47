// How agent runtimes are kept: a row for each runtime, version and endpoint. The values of environment
// variables are secrets more often than not, so a row holds them sealed.
import type { Sealer } from '../kernel/seal.ts'
import type { Store, StoreChange } from '../store/store.ts'
import type {
  AgentRuntimeRecord,
  EndpointRecord,
  RuntimeDefinition,
  RuntimeVersionRecord,
} from './agent-runtime-record.ts'

// `agent-runtime` is taken: an app's names and the ids they were given.
const RUNTIME = 'runtime'
const VERSION = 'runtime-version'
const ENDPOINT = 'runtime-endpoint'

export interface RuntimeRows {
  readonly runtimes: readonly AgentRuntimeRecord[]
  readonly versions: readonly RuntimeVersionRecord[]
  readonly endpoints: readonly EndpointRecord[]
}

interface VersionRow extends Omit<RuntimeVersionRecord, 'definition'> {
  readonly definition: Omit<RuntimeDefinition, 'environmentVariables'>
  /** Absent when there are none: most versions then cost no cryptography at all. */
  readonly sealedEnvironmentVariables?: string
}

/** Everything that was kept, in the order of creation. Sealed values are opened when they are needed. */
export async function readRuntimeRows(store: Store, sealer: Sealer): Promise<RuntimeRows> {
  const versions = await store.list<VersionRow>(VERSION)
  return {
    runtimes: await store.list<AgentRuntimeRecord>(RUNTIME),
    versions: versions.map((row) => openVersion(row, sealer)),
    endpoints: await store.list<EndpointRecord>(ENDPOINT),
  }
}

export function runtimeRow(record: AgentRuntimeRecord): StoreChange {
  return { kind: RUNTIME, id: record.agentRuntimeId, value: record }
}

export function versionRow(record: RuntimeVersionRecord, sealer: Sealer): StoreChange {
  const { environmentVariables, ...definition } = record.definition
  const id = versionId(record)
  const isEmpty = Object.keys(environmentVariables).length === 0
  const value: VersionRow = {
    ...record,
    definition,
    ...(!isEmpty && {
      sealedEnvironmentVariables: sealer.seal(
        JSON.stringify(environmentVariables),
        sealContext(id),
      ),
    }),
  }
  return { kind: VERSION, id, value }
}

export function endpointRow(record: EndpointRecord): StoreChange {
  return { kind: ENDPOINT, id: endpointId(record), value: record }
}

export function removedRuntimeRow(agentRuntimeId: string): StoreChange {
  return { kind: RUNTIME, id: agentRuntimeId }
}

export function removedVersionRow(version: RuntimeVersionRecord): StoreChange {
  return { kind: VERSION, id: versionId(version) }
}

export function removedEndpointRow(endpoint: EndpointRecord): StoreChange {
  return { kind: ENDPOINT, id: endpointId(endpoint) }
}

function openVersion(row: VersionRow, sealer: Sealer): RuntimeVersionRecord {
  const { sealedEnvironmentVariables: sealed, ...record } = row
  let opened: Readonly<Record<string, string>> | undefined
  const open = () =>
    sealed === undefined
      ? {}
      : (JSON.parse(sealer.open(sealed, sealContext(versionId(row)))) as Record<string, string>)
  return {
    ...record,
    definition: {
      ...record.definition,
      get environmentVariables() {
        return (opened ??= open())
      },
    },
  }
}

function versionId({
  agentRuntimeId,
  version,
}: Pick<RuntimeVersionRecord, 'agentRuntimeId' | 'version'>): string {
  return `${agentRuntimeId}/${version}`
}

function endpointId({ agentRuntimeId, name }: EndpointRecord): string {
  return `${agentRuntimeId}/${name}`
}

function sealContext(id: string): string {
  return `${VERSION}/${id}`
}
