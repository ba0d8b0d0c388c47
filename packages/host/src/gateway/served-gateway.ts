import type { InboundRules, RequestMessage } from '@catamaran/tools/protocol'
import type { Log } from '../kernel/log.ts'
import type { JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import type { Catalogue } from './catalogue.ts'
import type { FunctionInvoker } from './function-invoker.ts'
import type { GatewayRecord } from './gateway-record.ts'

/**
 * A gateway with everything that serving it needs, made ready before the first request. It never
 * changes: a change makes another one, and a request under way keeps the one it began with.
 */
export interface ServedGateway {
  readonly record: GatewayRecord
  /** Undefined when anybody may call. */
  readonly authorizer: JwtAuthorizer | undefined
  readonly rules: InboundRules
  readonly catalogue: Catalogue
  readonly functions: FunctionInvoker
  readonly log: Log
  readonly maxPayloadBytes: number
  readonly timeoutMs: number
}

/** A request on a gateway's MCP URL: no socket, no framework. */
export interface GatewayRequest {
  readonly method: string
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Undefined when it is longer than a payload may be. */
  readonly body: string | undefined
  readonly requestId: string
  /** Where the protected-resource metadata of this gateway is, for the challenge. */
  readonly resourceMetadataUrl: string
  /** Asked for only when needed: aborted when the caller goes away before the answer. */
  readonly signal?: () => AbortSignal
}

/** What each method is served from. */
export interface MethodCall {
  readonly gateway: ServedGateway
  readonly request: RequestMessage
  readonly inbound: GatewayRequest
}
