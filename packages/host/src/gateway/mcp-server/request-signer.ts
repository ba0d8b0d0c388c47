import type { Scope } from '../../kernel/scope.ts'
import type { OutgoingRequest } from './remote-fetch.ts'

export interface SigningRequest {
  readonly request: OutgoingRequest
  /** The signing name, e.g. `bedrock-agentcore`. */
  readonly service: string
  readonly region: string
  /** Of the gateway that calls, and its role. */
  readonly scope: Scope
  readonly roleArn: string | undefined
}

/** What a gateway needs of whatever can sign for its role: all headers, the signature among them. */
export type RequestSigner = (what: SigningRequest) => Promise<Readonly<Record<string, string>>>
