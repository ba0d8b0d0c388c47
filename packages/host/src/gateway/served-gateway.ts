import type { InboundRules } from '@catamaran/tools/protocol'
import type { Log } from '../kernel/log.ts'
import type { Admission } from './admission.ts'
import type { Catalogue } from './catalogue.ts'
import type { GatewayRecord } from './gateway-record.ts'
import type { InboundCall } from './inbound-call.ts'
import type { RateLimiter } from './rate-limiter.ts'

/**
 * A gateway with everything that serving it needs, made ready at its first request. It never changes: a
 * change makes another one, and a request under way keeps the one it began with.
 */
export interface ServedGateway {
  readonly record: GatewayRecord
  /** Undefined when anybody may call. */
  readonly admission: Admission | undefined
  /** Undefined when nothing is limited. */
  readonly rateLimiter: RateLimiter | undefined
  readonly rules: InboundRules
  readonly catalogue: Catalogue
  readonly log: Log
  readonly maxPayloadBytes: number
}

/** What each method is served from. */
export interface MethodCall extends InboundCall {
  readonly gateway: ServedGateway
}
