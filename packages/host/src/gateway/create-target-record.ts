import { HostError } from '../kernel/host-error.ts'
import { createTargetId, type GatewayId, type TargetId } from '../kernel/ids.ts'
import type { TargetRecord } from './gateway-record.ts'
import { readTargetConfiguration, type TargetInput } from './read-target-configuration.ts'

/** AgentCore quotas: targets per gateway. */
const MAX_TARGETS = 100

interface Surroundings {
  readonly gatewayId: GatewayId
  readonly targets: ReadonlyMap<TargetId, TargetRecord>
  readonly now: Date
}

/** The target that an input describes, under the id of the one it replaces, if it replaces one. */
export function createTargetRecord(input: TargetInput, around: Surroundings): TargetRecord {
  const { gatewayId, targets, now } = around
  const targetConfiguration = readTargetConfiguration(input)
  const old = findReplaced(input, targets)
  if (old === undefined && targets.size >= MAX_TARGETS) {
    const message = `Gateway ${gatewayId} has ${MAX_TARGETS} targets already; remove one first`
    throw new HostError('ERR_LIMIT_EXCEEDED', message)
  }
  return {
    gatewayId,
    targetId: old?.targetId ?? (input.targetId as TargetId | undefined) ?? createTargetId(),
    name: input.name,
    ...(input.description !== undefined && { description: input.description }),
    targetConfiguration,
    status: 'READY',
    createdAt: old?.createdAt ?? now,
    updatedAt: now,
  }
}

function findReplaced(
  { name, targetId }: TargetInput,
  targets: ReadonlyMap<TargetId, TargetRecord>,
): TargetRecord | undefined {
  const sameName = [...targets.values()].find((target) => target.name === name)
  if (targetId === undefined || sameName?.targetId === targetId) return sameName
  if (sameName) {
    const message = `Target ${sameName.targetId} is named ${name} already; choose another name`
    throw new HostError('ERR_CONFLICT', message)
  }
  return targets.get(targetId as TargetId)
}
