// What the AgentCore guides leave open about JWT authorizers, and what we do. One place to change.

/** Clocks differ. How far `exp` and `nbf` may be off before a token is refused. Assumed. */
export const CLOCK_TOLERANCE_S = 10

/** The longest token that is looked at. Assumed; HTTP headers end not far above. */
export const MAX_TOKEN_CHARS = 16_384

/** RFC 9068 §2.1 and RFC 8725 §3.1: signatures with public keys only, never `none`, never a MAC. */
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

/** What names the client, best first: Cognito, OpenID Connect's authorized party, Okta. */
export const CLIENT_CLAIMS = ['client_id', 'azp', 'cid'] as const

/** Runtime answers with this text, as users have seen it (`client_id`, `aud`). */
export function claimMismatch(claim: string): string {
  return `Claim '${claim}' value mismatch with configuration.`
}
