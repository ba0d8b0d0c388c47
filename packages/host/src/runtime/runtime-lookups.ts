import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import type { RuntimeVersionRecord } from './agent-runtime-record.ts'
import type { Registry, RuntimeEntry } from './registry.ts'

/** A runtime of the caller's own account and Region; another's is not there. */
export function findRuntimeOf(
  registry: Registry,
  scope: Scope,
  agentRuntimeId: string,
): RuntimeEntry {
  const entry = registry.find(agentRuntimeId)
  if (entry && scopeKey(entry.record.scope) === scopeKey(scope)) return entry
  throw new HostError('ERR_NOT_FOUND', `No agent runtime ${agentRuntimeId}`)
}

export function getVersion({ record, versions }: RuntimeEntry, name: string): RuntimeVersionRecord {
  const version = versions.get(name)
  if (version) return version
  throw new HostError('ERR_NOT_FOUND', `No version ${name} of ${record.agentRuntimeId}`)
}

export function newestOf(entry: RuntimeEntry): RuntimeVersionRecord {
  return getVersion(entry, entry.record.newestVersion)
}
