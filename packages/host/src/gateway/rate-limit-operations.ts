// What the control plane does with rate limits (bedrock-agentcore-control 2023-06-05). A batch replaces
// the limits that it names by id or by dimension keys and leaves the others alone; one text of the
// model has it replace all of them, the operation's own text does not.
import { HostError } from '../kernel/host-error.ts'
import { randomText } from '../kernel/ids.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import { rateLimitRow, removal } from './gateway-rows.ts'
import type { GatewayEntry, GatewayTable } from './gateway-table.ts'
import type { RateLimitRecord } from './rate-limit-record.ts'
import { readRateLimit, type RateLimitInput } from './read-rate-limit.ts'

export interface IdentifiedRateLimitInput extends RateLimitInput {
  readonly rateLimitId?: string | undefined
}

export interface RateLimitOperations {
  getRateLimit(scope: Scope, gatewayId: string, rateLimitId: string): RateLimitRecord
  /** In order of creation. */
  listRateLimits(scope: Scope, gatewayId: string): readonly RateLimitRecord[]
  createRateLimit(
    scope: Scope,
    gatewayId: string,
    input: IdentifiedRateLimitInput,
  ): Promise<RateLimitRecord>
  /** Replaces entries and description; the dimension keys stay. */
  updateRateLimit(
    scope: Scope,
    gatewayId: string,
    rateLimitId: string,
    input: Omit<RateLimitInput, 'dimensionKeys'>,
  ): Promise<RateLimitRecord>
  deleteRateLimit(scope: Scope, gatewayId: string, rateLimitId: string): Promise<RateLimitRecord>
  /** All of them, or none. */
  putRateLimits(
    scope: Scope,
    gatewayId: string,
    inputs: readonly IdentifiedRateLimitInput[],
  ): Promise<readonly RateLimitRecord[]>
}

export interface RateLimitOperationsOptions {
  readonly table: GatewayTable
  readonly store: Store
  readonly now: () => Date
}

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Each request is compared with all of them. Nobody documents a quota. */
const MAX_RATE_LIMITS = 50

type RateLimits = Map<string, RateLimitRecord>

export function rateLimitOperations(options: RateLimitOperationsOptions): RateLimitOperations {
  const { table, store, now } = options

  const save = async (entry: GatewayEntry, rateLimits: RateLimits, put: RateLimitRecord[]) => {
    await store.write(put.map(rateLimitRow))
    table.put({ ...entry, rateLimits })
  }
  const add = (
    { record: { gatewayId } }: GatewayEntry,
    limits: RateLimits,
    { rateLimitId = randomText(ID_ALPHABET, 10), ...input }: IdentifiedRateLimitInput,
  ): RateLimitRecord => {
    const facts = readRateLimit(input)
    const old = limits.get(rateLimitId)
    if (old && keysOf(old) !== keysOf(facts)) {
      const message = `The dimension keys of rate limit ${rateLimitId} cannot be changed`
      throw new HostError('ERR_INVALID_INPUT', message)
    }
    const twin = [...limits.values()].find((limit) => keysOf(limit) === keysOf(facts))
    if (twin && twin.rateLimitId !== rateLimitId) {
      const message = `Rate limit ${twin.rateLimitId} has these dimension keys already`
      throw new HostError('ERR_CONFLICT', message)
    }
    if (old === undefined && limits.size >= MAX_RATE_LIMITS) {
      const message = `Gateway ${gatewayId} has ${MAX_RATE_LIMITS} rate limits already`
      throw new HostError('ERR_LIMIT_EXCEEDED', message)
    }
    const updatedAt = now()
    const createdAt = old?.createdAt ?? updatedAt
    const record = { gatewayId, rateLimitId, ...facts, createdAt, updatedAt }
    limits.set(rateLimitId, record)
    return record
  }

  return {
    getRateLimit: (scope, gatewayId, rateLimitId) =>
      findRateLimit(table.get(scope, gatewayId), rateLimitId),
    listRateLimits: (scope, gatewayId) => [...table.get(scope, gatewayId).rateLimits.values()],
    createRateLimit: (scope, gatewayId, input) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const limits = new Map(entry.rateLimits)
        if (input.rateLimitId !== undefined && limits.has(input.rateLimitId)) {
          const message = `There is a rate limit ${input.rateLimitId} already`
          throw new HostError('ERR_CONFLICT', message)
        }
        const record = add(entry, limits, input)
        await save(entry, limits, [record])
        return record
      }),
    updateRateLimit: (scope, gatewayId, rateLimitId, input) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const { dimensionKeys } = findRateLimit(entry, rateLimitId)
        const limits = new Map(entry.rateLimits)
        const record = add(entry, limits, { ...input, dimensionKeys, rateLimitId })
        await save(entry, limits, [record])
        return record
      }),
    deleteRateLimit: (scope, gatewayId, rateLimitId) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const record = findRateLimit(entry, rateLimitId)
        await store.write([removal(rateLimitRow(record))])
        const rateLimits = new Map(entry.rateLimits)
        rateLimits.delete(rateLimitId)
        table.put({ ...entry, rateLimits })
        return record
      }),
    putRateLimits: (scope, gatewayId, inputs) =>
      table.change(async () => {
        const entry = table.getChangeable(scope, gatewayId)
        const limits = new Map(entry.rateLimits)
        const records = inputs.map((input) => add(entry, limits, nameKnown(limits, input)))
        await save(entry, limits, records)
        return records
      }),
  }
}

/** An input without an id is for the limit with its dimension keys, if there is one. */
function nameKnown(limits: RateLimits, input: IdentifiedRateLimitInput): IdentifiedRateLimitInput {
  if (input.rateLimitId !== undefined) return input
  const known = [...limits.values()].find((limit) => keysOf(limit) === keysOf(input))
  return known ? { ...input, rateLimitId: known.rateLimitId } : input
}

/** The same keys in another order tell the same requests apart. */
function keysOf({ dimensionKeys }: Pick<RateLimitInput, 'dimensionKeys'>): string {
  return JSON.stringify([...dimensionKeys].sort())
}

function findRateLimit({ record, rateLimits }: GatewayEntry, rateLimitId: string) {
  const limit = rateLimits.get(rateLimitId)
  if (limit) return limit
  const message = `Gateway ${record.gatewayId} has no rate limit ${rateLimitId}`
  throw new HostError('ERR_NOT_FOUND', message)
}
