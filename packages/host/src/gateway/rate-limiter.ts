// Rate limits on the data plane (AgentCore developer guide, gateway rate limits: enforcement). A
// request passes when every limit that applies to it lets it pass; then, and only then, all of them
// count it. Within a limit the most specific entry decides: exact values first, then the trailing
// dimensions replaced by `*`, one after the other.
//
// Each combination of values that an entry admits has a bucket of its own, which holds one period's
// requests and fills evenly. A limit by target or tool concerns `tools/call` alone; a caller who lacks
// a claim, or has no principal, is limited by the entries that take any.
import type { InboundCaller } from './inbound-call.ts'
import type { Rate, RateLimitRecord } from './rate-limit-record.ts'

export interface RateLimiter {
  /** Counts a request and returns nothing; or says after how many seconds it may pass. */
  take(caller: InboundCaller, tool: CalledTool | undefined): number | undefined
}

/** What a `tools/call` is for; a tool that does not exist is none, so that nobody makes names up. */
export interface CalledTool {
  readonly targetName: string
  readonly toolName: string
}

export const ANY = '*'
const CLAIM_PREFIX = '$.context.jwt.'
const PERIOD_MS = { second: 1_000, minute: 60_000 } as const

/** Buckets of one gateway; the one not used for longest is forgotten first, and then full again. */
const MAX_BUCKETS = 10_000

interface Bucket {
  tokens: number
  filledAtMs: number
}

interface Applied {
  readonly bucket: Bucket
  readonly waitMs: number
}

/** What enforces the rate limits of one gateway; undefined when it has none. */
export function createRateLimiter(
  limits: readonly RateLimitRecord[],
  nowMs: () => number,
): RateLimiter | undefined {
  if (limits.length === 0) return undefined
  const buckets = new Map<string, Bucket>()
  const compiled = limits.map(compileLimit)

  const fill = (key: string, rate: Rate): Applied => {
    const now = nowMs()
    const capacity = rate.rate === 0 ? 0 : Math.max(1, rate.rate)
    const perMs = rate.rate / PERIOD_MS[rate.period]
    const bucket = buckets.get(key) ?? { tokens: capacity, filledAtMs: now }
    bucket.tokens = Math.min(capacity, bucket.tokens + (now - bucket.filledAtMs) * perMs)
    bucket.filledAtMs = now
    buckets.delete(key)
    buckets.set(key, bucket) // behind the others: the first one is the one not used for longest
    if (buckets.size > MAX_BUCKETS) forgetOldest(buckets)
    const waitMs = rate.rate === 0 ? PERIOD_MS[rate.period] : (1 - bucket.tokens) / perMs
    return { bucket, waitMs: bucket.tokens >= 1 ? 0 : waitMs }
  }

  return {
    take(caller, tool) {
      const applied: Applied[] = []
      for (const limit of compiled) {
        const values = limit.valuesOf(caller, tool)
        const match = values && limit.find(values)
        if (match) applied.push(fill(match.key, match.rate))
      }
      const waitMs = Math.max(0, ...applied.map((it) => it.waitMs))
      if (waitMs > 0) return Math.ceil(waitMs / 1_000)
      for (const { bucket } of applied) bucket.tokens -= 1
      return undefined
    },
  }
}

interface CompiledLimit {
  /** In the order of the dimension keys; undefined when the limit does not concern the request. */
  valuesOf(caller: InboundCaller, tool: CalledTool | undefined): Values | undefined
  find(values: Values): { readonly key: string; readonly rate: Rate } | undefined
}

type Values = readonly (string | undefined)[]

function compileLimit({ rateLimitId, dimensionKeys, entries }: RateLimitRecord): CompiledLimit {
  const rates = new Map(
    entries.map(({ dimensions, requests }) => [
      JSON.stringify(dimensionKeys.map((key) => dimensions[key])),
      requests[0],
    ]),
  )
  const concernsTools = dimensionKeys.some((key) => key === 'targetName' || key === 'toolName')
  return {
    valuesOf(caller, tool) {
      if (concernsTools && tool === undefined) return undefined
      return dimensionKeys.map((key) => dimensionValue(key, caller, tool))
    },
    find(values) {
      for (let exact = values.length; exact >= 0; exact--) {
        const candidate = values.map((value, index) => (index < exact ? value : ANY))
        // A missing value is no text, so only an entry that takes any is found for it.
        const rate = rates.get(JSON.stringify(candidate))
        if (rate !== undefined) return { key: JSON.stringify([rateLimitId, values]), rate }
      }
      return undefined
    },
  }
}

function dimensionValue(
  key: string,
  caller: InboundCaller,
  tool: CalledTool | undefined,
): string | undefined {
  if (key === 'targetName') return tool?.targetName
  if (key === 'toolName') return tool?.toolName
  if (key === '$.context.iam.principal') {
    return caller.kind === 'signed' ? caller.caller.arn : undefined
  }
  if (caller.kind !== 'token') return undefined
  const claim = caller.caller.claims[key.slice(CLAIM_PREFIX.length)]
  return typeof claim === 'string' || typeof claim === 'number' ? String(claim) : undefined
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const key of buckets.keys()) {
    buckets.delete(key)
    return
  }
}
