import type { GatewayId } from '../kernel/ids.ts'

/** A rate limit of a gateway as the control plane describes it; it works as soon as it exists. */
export interface RateLimitRecord extends RateLimitFacts {
  readonly gatewayId: GatewayId
  readonly rateLimitId: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a caller decides about a rate limit, checked. */
export interface RateLimitFacts {
  readonly description?: string
  /** What requests are told apart by; never changed. */
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly RateLimitEntry[]
}

export interface RateLimitEntry {
  /** A value for each dimension key; `*` stands for any. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly requests: readonly [Rate]
}

export interface Rate {
  readonly rate: number
  readonly period: 'second' | 'minute'
}
