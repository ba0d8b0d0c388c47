import type { IncomingHttpHeaders } from 'node:http'
import type { AwsFault } from './aws-fault.ts'
import type { Operation, ServiceModel } from './service-model.ts'

/** A request as a codec sees it. */
export interface WireRequest {
  /** Raw: without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
  /** Labels cut out of the path, still percent-encoded; empty unless the protocol has labels. */
  readonly labels: Readonly<Record<string, string>>
}

/** An answer, complete. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** What an answer says beside the output. */
export interface AnswerContext {
  readonly model: ServiceModel
  readonly requestId: string
}

/** One AWS protocol: how input, output and faults of any of its services look on the wire. */
export interface Codec {
  /** Throws a SerializationException for what has the wrong kind. */
  decode(operation: Operation, request: WireRequest): Record<string, unknown>
  encode(operation: Operation, output: unknown, context: AnswerContext): WireAnswer
  encodeFault(fault: AwsFault, context: AnswerContext): WireAnswer
}
