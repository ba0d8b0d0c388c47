import type { OAuthRefusal, OAuthRefusalReason } from './oauth-refusal.ts'

export interface ChallengeOptions {
  readonly refusal: Pick<OAuthRefusal, 'reason'>
  readonly resourceMetadataUrl: string
  /** The scopes to ask for, as shown to clients; may be empty. */
  readonly scopes: readonly string[]
}

/** RFC 6750 §3.1: who sent no token is told no error, only where to get one. */
const ERRORS: Record<OAuthRefusalReason, string | undefined> = {
  missing: undefined,
  invalid: 'invalid_token',
  insufficient: 'insufficient_scope',
}

/** The value of `WWW-Authenticate` (RFC 6750 §3, RFC 9728 §5.1), with the parts in AgentCore's order. */
export function formatChallenge({
  refusal,
  resourceMetadataUrl,
  scopes,
}: ChallengeOptions): string {
  const error = ERRORS[refusal.reason]
  const metadata = `resource_metadata="${escapeText(resourceMetadataUrl)}"`
  const scope = scopes.length > 0 ? [`scope="${scopes.map(escapeText).join(' ')}"`] : []
  const parts =
    error === undefined ? [metadata, ...scope] : [`error="${error}"`, ...scope, metadata]
  return `Bearer ${parts.join(', ')}`
}

/** A quoted-string that no caller can end early, of characters that every header may carry. */
function escapeText(text: string): string {
  return text.toWellFormed().replace(/[^\x21\x23-\x5B\x5D-\x7E]/gu, encodeURIComponent)
}
