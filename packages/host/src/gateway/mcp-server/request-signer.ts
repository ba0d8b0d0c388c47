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

/** What a gateway needs of whatever can sign for its role. */
export interface RequestSigner {
  /** Whether a signature means anything there. */
  canSign(url: URL): boolean
  /** All headers of the request, the signature among them. */
  sign(what: SigningRequest): Readonly<Record<string, string>>
}
