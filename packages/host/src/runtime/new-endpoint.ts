import { randomText, type AgentRuntimeId } from '../kernel/ids.ts'
import type { EndpointRecord } from './agent-runtime-record.ts'

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** An endpoint that leads nowhere yet. */
export function newEndpoint(
  agentRuntimeId: AgentRuntimeId,
  name: string,
  createdAt: string,
): EndpointRecord {
  const id = `${name}-${randomText(ID_ALPHABET, 10)}`
  return { agentRuntimeId, name, id, tags: {}, createdAt, lastUpdatedAt: createdAt }
}
