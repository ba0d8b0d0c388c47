// Gateways that an app file describes. They live in memory: the file is where they last.
import { HostError } from '../kernel/host-error.ts'
import type { GatewayId, TargetId } from '../kernel/ids.ts'
import type { Log } from '../kernel/log.ts'
import { DEFAULT_SCOPE } from '../kernel/scope.ts'
import type { GatewayInput } from './check-gateway-input.ts'
import { createGatewayRecord } from './create-gateway-record.ts'
import type { GatewayRecord } from './gateway-record.ts'
import { MAX_TARGETS, type GatewayTable } from './gateway-table.ts'
import type { LinkedIdentities } from './linked-identities.ts'
import type { OutboundCredentials } from './outbound-credentials.ts'
import { readTarget, type TargetInput } from './read-target.ts'
import type { TargetRecord } from './target-record.ts'
import { warnOfLongNames } from './tool-names.ts'

/** Ids are given, so that addresses stay the same from start to start. */
export type AppGatewayInput = GatewayInput & { readonly gatewayId: GatewayId }
export type AppTargetInput = TargetInput & { readonly targetId: TargetId }

export interface AppGateways {
  /**
   * A gateway and all of its targets, to take the place of what has its id: everything is checked now,
   * nothing changes before `commit`.
   */
  prepareGateway(input: AppGatewayInput, targets: readonly AppTargetInput[]): PreparedGateway
  removeGateway(gatewayId: string): void
}

/** A gateway that has been checked whole and is not served yet. */
export interface PreparedGateway {
  readonly record: GatewayRecord
  readonly gatewayUrl: string
  /** From here on callers see it; calls under way keep the old one. */
  commit(): void
}

export interface AppGatewaysOptions {
  readonly table: GatewayTable
  readonly identities: LinkedIdentities
  readonly gatewayUrl: (record: GatewayRecord) => string
  readonly log: Log
  readonly now: () => Date
}

/** What a Lambda target is called with; an app file need not say so. */
const GATEWAY_ROLE: readonly OutboundCredentials[] = [
  { credentialProviderType: 'GATEWAY_IAM_ROLE' },
]

export function appGateways(options: AppGatewaysOptions): AppGateways {
  const { table, identities, gatewayUrl, log, now } = options
  return {
    prepareGateway({ gatewayId, ...input }, targetInputs) {
      const old = table.find(gatewayId)
      const createdAt = now()
      const identity = identities.describe(DEFAULT_SCOPE, gatewayId, createdAt.getTime())
      const record = createGatewayRecord(
        { protocolType: 'MCP', ...input },
        {
          origin: 'app',
          scope: DEFAULT_SCOPE,
          gatewayId,
          workloadIdentityArn: identity.workloadIdentityArn,
          now: createdAt,
          old: old?.record,
        },
      )
      table.checkRoom(DEFAULT_SCOPE, record.name, gatewayId)
      const targets = new Map<TargetId, TargetRecord>()
      for (const { targetId, ...target } of targetInputs) {
        const facts = readTarget({ credentialProviderConfigurations: GATEWAY_ROLE, ...target })
        refuseTwin(targets, facts.name)
        if (targets.size >= MAX_TARGETS) {
          const message = `Gateway ${gatewayId} has more than ${MAX_TARGETS} targets`
          throw new HostError('ERR_LIMIT_EXCEEDED', message)
        }
        const ids = { gatewayId, targetId }
        const created = old?.targets.get(targetId)?.createdAt ?? createdAt
        const times = { createdAt: created, updatedAt: createdAt }
        targets.set(targetId, { ...ids, ...facts, status: 'READY', ...times })
      }
      return {
        record,
        gatewayUrl: gatewayUrl(record),
        commit() {
          const entry = table.put({ record, targets, rateLimits: old?.rateLimits ?? new Map() })
          identity.commit()
          for (const target of targets.values()) warnOfLongNames(target, log)
          // Made now, so that what it needs (an issuer's keys) is on its way before somebody calls.
          entry.served()
        },
      }
    },
    removeGateway(gatewayId) {
      const entry = table.find(gatewayId)
      if (entry === undefined) {
        throw new HostError('ERR_NOT_FOUND', `There is no gateway ${gatewayId}`)
      }
      table.remove(gatewayId)
      identities.describe(entry.record.scope, gatewayId, now().getTime()).uncommit()
    },
  }
}

function refuseTwin(targets: ReadonlyMap<TargetId, TargetRecord>, name: string): void {
  for (const other of targets.values()) {
    if (other.name !== name) continue
    const message = `Target ${other.targetId} is named ${name} already; choose another name`
    throw new HostError('ERR_CONFLICT', message)
  }
}
