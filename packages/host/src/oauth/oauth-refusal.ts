/** Why a caller may not pass (RFC 6750 §3.1): no token, a bad one, or a good one that lacks scopes. */
export type OAuthRefusalReason = 'missing' | 'invalid' | 'insufficient'

/** A request that an authorizer turned away. The message is for the caller and tells no secret. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal'
  readonly reason: OAuthRefusalReason
  readonly status: 401 | 403

  constructor(reason: OAuthRefusalReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.reason = reason
    this.status = reason === 'insufficient' ? 403 : 401
  }
}
