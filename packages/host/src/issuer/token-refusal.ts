import { jsonAnswer, type Answer } from '../http/exchange.ts'

/** RFC 6749 §5.2, as far as machine clients meet it. */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'

/** A token request that is turned away, in the words of the protocol. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal'
  readonly code: TokenErrorCode
  readonly description: string | undefined

  constructor(code: TokenErrorCode, description?: string) {
    super(description ?? code)
    this.code = code
    this.description = description
  }
}

/** Cognito answers every refusal with 400, where RFC 6749 would have 401 for a bad client. */
export function describeRefusal({ code, description }: TokenRefusal): Answer {
  const body = { error: code, ...(description && { error_description: description }) }
  return jsonAnswer(400, body, { 'cache-control': 'no-store' })
}
