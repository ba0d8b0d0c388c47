// Gateways in the store: one row per gateway, target and rate limit. An address is no part of a row,
// for the host may be reached under another one tomorrow.
import type { Store, StoreChange } from '../store/store.ts'
import type { GatewayRecord } from './gateway-record.ts'
import type { RateLimitRecord } from './rate-limit-record.ts'
import type { TargetRecord } from './target-record.ts'

const GATEWAY = 'gateway-record'
const TARGET = 'gateway-target'
const RATE_LIMIT = 'gateway-rate-limit'

export interface GatewayRows {
  readonly gateways: readonly GatewayRecord[]
  readonly targets: readonly TargetRecord[]
  readonly rateLimits: readonly RateLimitRecord[]
}

/** Everything that was stored, in order of creation. */
export async function readGatewayRows(store: Store): Promise<GatewayRows> {
  const [gateways, targets, rateLimits] = await Promise.all([
    store.list<Stored<GatewayRecord>>(GATEWAY),
    store.list<Stored<TargetRecord>>(TARGET),
    store.list<Stored<RateLimitRecord>>(RATE_LIMIT),
  ])
  return {
    gateways: gateways.map(revive),
    targets: targets.map(revive),
    rateLimits: rateLimits.map(revive),
  }
}

export function gatewayRow(record: GatewayRecord): StoreChange {
  return { kind: GATEWAY, id: record.gatewayId, value: record }
}

export function targetRow(record: TargetRecord): StoreChange {
  return { kind: TARGET, id: `${record.gatewayId}/${record.targetId}`, value: record }
}

export function rateLimitRow(record: RateLimitRecord): StoreChange {
  return { kind: RATE_LIMIT, id: `${record.gatewayId}/${record.rateLimitId}`, value: record }
}

/** The change that removes a row. */
export function removal({ kind, id }: StoreChange): StoreChange {
  return { kind, id }
}

/** As JSON has it: dates are texts. */
type Stored<Row> = {
  readonly [Member in keyof Row]: Row[Member] extends Date | undefined ? string : Row[Member]
}

interface Dated {
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly lastSynchronizedAt?: Date
}

function revive<Row extends Dated>(stored: Stored<Row>): Row {
  const { createdAt, updatedAt, lastSynchronizedAt } = stored as unknown as Stored<Dated>
  return {
    ...stored,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(lastSynchronizedAt !== undefined && { lastSynchronizedAt: new Date(lastSynchronizedAt) }),
  } as unknown as Row
}
