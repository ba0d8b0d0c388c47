import { jsonAnswer, type Answer } from '../http/exchange.ts'

/** RFC 6749 §5.2, RFC 7009 §2.2.1 and RFC 8707 §2. */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'
  | 'invalid_scope'
  | 'invalid_target'

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
