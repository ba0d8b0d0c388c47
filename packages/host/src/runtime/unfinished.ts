import type { AgentRuntimeRecord, RuntimeVersionRecord } from './agent-runtime-record.ts'
import type { Registry } from './registry.ts'

/** A version that is being brought up, or that a former host was bringing up. */
export interface UnfinishedVersion {
  readonly record: AgentRuntimeRecord
  readonly version: RuntimeVersionRecord
}

export function findUnfinished(registry: Registry): UnfinishedVersion[] {
  return [...registry.list()].flatMap(({ record, versions }) => {
    const version = versions.get(record.newestVersion)
    const status = version?.state.status
    const isUnfinished = status === 'CREATING' || status === 'UPDATING'
    return version && isUnfinished ? [{ record, version }] : []
  })
}

export function hasUnfinished(registry: Registry): boolean {
  return findUnfinished(registry).length > 0
}
