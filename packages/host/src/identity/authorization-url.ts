import { createHash } from 'node:crypto'
import type { SessionSecrets } from './authorization-session.ts'

/**
 * The address of the authorization request (RFC 6749 §4.1.1) with PKCE (RFC 7636). A query that the
 * endpoint has already is kept.
 */
export function formatAuthorizationUrl(
  authorizationEndpoint: string,
  clientId: string,
  secrets: SessionSecrets,
): string {
  const url = new URL(authorizationEndpoint)
  const challenge = createHash('sha256').update(secrets.codeVerifier).digest('base64url')
  const parameters = [
    ['response_type', 'code'],
    ['client_id', clientId],
    ['redirect_uri', secrets.redirectUri],
    ['state', secrets.state],
    ['code_challenge', challenge],
    ['code_challenge_method', 'S256'],
    ...secrets.parameters,
  ] as const
  for (const [name, value] of parameters) url.searchParams.append(name, value)
  return url.href
}
