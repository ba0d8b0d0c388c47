// Ending a grant (Cognito developer guide, revoke endpoint; RFC 7009). Access tokens that came of it
// expire by themselves, and the userInfo endpoint stops taking them at once.
import type { Answer } from '../http/exchange.ts'
import { authenticateClient, readClientForm, readCredentials } from './client-authentication.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { PoolClients } from './pool-clients.ts'
import type { RefreshTokens } from './refresh-tokens.ts'
import { describeRefusal, TokenRefusal } from './token-refusal.ts'

interface RevokeOptions {
  readonly clients: PoolClients
  readonly refreshTokens: RefreshTokens
}

export async function serveRevoke(
  request: IssuerRequest,
  { clients, refreshTokens }: RevokeOptions,
): Promise<Answer> {
  try {
    const form = readClientForm(request)
    const client = authenticateClient(readCredentials(request, form), clients)
    const token = form.get('token')
    if (token === undefined) throw new TokenRefusal('invalid_request')
    if (!client.allowsRevocation) throw new TokenRefusal('unauthorized_client')
    // A JSON Web Token is an access or an id token, and cannot be called back.
    if (token.split('.').length === 3) throw new TokenRefusal('unsupported_token_type')
    await refreshTokens.revoke(token, client)
    // RFC 7009 §2.2: a token that was none to begin with is as good as revoked.
    return { status: 200, headers: { 'cache-control': 'no-store' } }
  } catch (error) {
    if (error instanceof TokenRefusal) return describeRefusal(error)
    throw error
  }
}
