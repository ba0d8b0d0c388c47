import type { IncomingHttpHeaders } from 'node:http'
import type { RequestMessage } from '@catamaran/tools/protocol'
import type { AwsCaller } from '../aws/caller.ts'
import type { Caller } from '../oauth/caller.ts'

/** A request on a gateway's MCP URL: no socket, no framework. */
export interface GatewayRequest {
  readonly method: string
  /** Raw, without the query. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  /** With lower-case names. */
  readonly headers: Readonly<IncomingHttpHeaders>
  /** Undefined when it is longer than a payload may be. */
  readonly body: string | undefined
  readonly requestId: string
  /** Where the protected-resource metadata of this gateway is, for the challenge. */
  readonly resourceMetadataUrl: string
  /** Asked for only when needed: aborted when the caller goes away before the answer. */
  readonly signal?: () => AbortSignal
}

/** Who is calling. */
export type InboundCaller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'token'; readonly caller: Caller; readonly token: string }
  | { readonly kind: 'signed'; readonly caller: AwsCaller }

/** A request that was read and may go on. */
export interface InboundCall {
  readonly request: RequestMessage
  readonly inbound: GatewayRequest
  readonly caller: InboundCaller
}
