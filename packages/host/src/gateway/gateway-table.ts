import { HostError } from '../kernel/host-error.ts'
import type { TargetId } from '../kernel/ids.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import { createTurns } from '../kernel/turns.ts'
import type { GatewayRecord } from './gateway-record.ts'
import type { GatewayRows } from './gateway-rows.ts'
import type { RateLimitRecord } from './rate-limit-record.ts'
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts'
import type { ServedGateway } from './served-gateway.ts'
import type { TargetRecord } from './target-record.ts'

/** A gateway with what belongs to it. It never changes; a change puts another in its place. */
export interface GatewayState {
  readonly record: GatewayRecord
  /** In order of creation. */
  readonly targets: ReadonlyMap<TargetId, TargetRecord>
  readonly rateLimits: ReadonlyMap<string, RateLimitRecord>
}

export interface GatewayEntry extends GatewayState {
  /** What serves it, made at the first request: a host with many gateways starts at once. */
  readonly served: () => ServedGateway
}

/** The gateways of one host. */
export interface GatewayTable {
  find(gatewayId: string): GatewayEntry | undefined
  /** The gateway of a caller's own account and Region. */
  get(scope: Scope, gatewayId: string): GatewayEntry
  /** The same, to be changed through the API. */
  getChangeable(scope: Scope, gatewayId: string): GatewayEntry
  /** Undefined when the ARN names none; the account and the Region are part of the name. */
  findByArn(gatewayArn: string): GatewayEntry | undefined
  getByArn(gatewayArn: string): GatewayEntry
  /** In order of creation. */
  list(scope: Scope): readonly GatewayEntry[]
  put(state: GatewayState): GatewayEntry
  remove(gatewayId: string): void
  /** Refuses a name or a number that a new or renamed gateway may not have. */
  checkRoom(scope: Scope, name: string, gatewayId?: string): void
  /** Does one change after the other, so that what was checked still holds when it is written. */
  change<Result>(work: () => Promise<Result>): Promise<Result>
}

export interface GatewayTableOptions {
  readonly serve: (state: GatewayState, limiter: RateLimiter | undefined) => ServedGateway
  readonly nowMs: () => number
}

/** AgentCore quotas: gateways per account, targets per gateway. */
const MAX_GATEWAYS = 1_000
export const MAX_TARGETS = 100

export function createGatewayTable({ serve, nowMs }: GatewayTableOptions): GatewayTable {
  const entries = new Map<string, GatewayEntry & { readonly limiter: RateLimiter | undefined }>()

  const table: GatewayTable = {
    find: (gatewayId) => entries.get(gatewayId),
    get(scope, gatewayId) {
      const entry = entries.get(gatewayId)
      if (entry && scopeKey(entry.record.scope) === scopeKey(scope)) return entry
      throw new HostError('ERR_NOT_FOUND', `There is no gateway ${gatewayId}`)
    },
    getChangeable(scope, gatewayId) {
      const entry = table.get(scope, gatewayId)
      refuseAppOwned(entry.record)
      return entry
    },
    findByArn(gatewayArn) {
      const entry = entries.get(gatewayArn.slice(gatewayArn.lastIndexOf('/') + 1))
      return entry?.record.gatewayArn === gatewayArn ? entry : undefined
    },
    getByArn(gatewayArn) {
      const entry = table.findByArn(gatewayArn)
      if (entry) return entry
      throw new HostError('ERR_NOT_FOUND', `There is no gateway ${gatewayArn}`)
    },
    list: (scope) =>
      [...entries.values()].filter(({ record }) => scopeKey(record.scope) === scopeKey(scope)),
    put(state) {
      const { record, targets, rateLimits } = state
      const old = entries.get(record.gatewayId)
      // Other targets and other names leave the buckets as full as they are.
      const limiter =
        old?.rateLimits === rateLimits
          ? old.limiter
          : createRateLimiter([...rateLimits.values()], nowMs)
      let served: ServedGateway | undefined
      const entry = {
        record,
        targets,
        rateLimits,
        limiter,
        served: () => (served ??= serve(state, limiter)),
      }
      entries.set(record.gatewayId, entry)
      return entry
    },
    remove: (gatewayId) => void entries.delete(gatewayId),
    checkRoom(scope, name, gatewayId) {
      const others = table.list(scope).filter(({ record }) => record.gatewayId !== gatewayId)
      const taken = others.find(({ record }) => record.name === name)
      if (taken) {
        const message = `Gateway ${taken.record.gatewayId} is named ${name} already; choose another name`
        throw new HostError('ERR_CONFLICT', message)
      }
      if (others.length < MAX_GATEWAYS) return
      throw new HostError('ERR_LIMIT_EXCEEDED', `There are ${MAX_GATEWAYS} gateways already`)
    },
    change: createTurns(),
  }
  return table
}

/** Puts what was stored into an empty table. */
export function fillGatewayTable(
  table: GatewayTable,
  { gateways, targets, rateLimits }: GatewayRows,
): void {
  const targetsOf = Map.groupBy(targets, ({ gatewayId }) => gatewayId)
  const limitsOf = Map.groupBy(rateLimits, ({ gatewayId }) => gatewayId)
  for (const record of gateways) {
    const { gatewayId } = record
    table.put({
      record,
      targets: new Map(targetsOf.get(gatewayId)?.map((target) => [target.targetId, target])),
      rateLimits: new Map(limitsOf.get(gatewayId)?.map((limit) => [limit.rateLimitId, limit])),
    })
  }
}

/** What an app file describes is changed there, or the next start would undo the change. */
export function refuseAppOwned({ origin, gatewayId }: GatewayRecord): void {
  if (origin === 'api') return
  const message = `Gateway ${gatewayId} is described by the app file; change it there`
  throw new HostError('ERR_CONFLICT', message)
}
