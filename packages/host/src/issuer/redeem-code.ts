import { createHash } from 'node:crypto'
import type { AuthorizationCodes, RedeemedCode } from './authorization-codes.ts'
import type { PoolClient } from './pool-client.ts'
import type { RefreshTokens } from './refresh-tokens.ts'
import { isSameSecret } from './secret-hash.ts'
import { TokenRefusal } from './token-refusal.ts'
import type { TokenRequest } from './token-request.ts'

interface RedeemOptions {
  readonly codes: AuthorizationCodes
  readonly refreshTokens: RefreshTokens
}

const VERIFIER = /^[\w.~-]{43,128}$/

/** The grant behind a code, when everything that belongs to the code is right. Any line may refuse. */
export async function redeemCode(
  { code, redirectUri, codeVerifier, resource }: TokenRequest,
  client: PoolClient,
  { codes, refreshTokens }: RedeemOptions,
): Promise<RedeemedCode> {
  if (code === undefined) throw new TokenRefusal('invalid_request')
  const redeemed = codes.redeem(code, client.clientId)
  if (redeemed === undefined) throw new TokenRefusal('invalid_grant')
  const { grant, isReplayed, origin } = redeemed
  if (isReplayed) {
    if (origin !== undefined) await refreshTokens.revokeOrigin(origin)
    throw new TokenRefusal('invalid_grant')
  }
  if (redirectUri !== grant.redirectUri) throw new TokenRefusal('invalid_grant')
  if (!provesChallenge(codeVerifier, grant.codeChallenge)) throw new TokenRefusal('invalid_grant')
  if (grant.resource !== undefined && resource !== undefined && resource !== grant.resource) {
    throw new TokenRefusal('invalid_target', 'resource is not the one that was authorized')
  }
  return redeemed
}

/** RFC 7636 §4.6. A verifier without a challenge means that somebody took the challenge away. */
function provesChallenge(verifier: string | undefined, challenge: string | undefined): boolean {
  if (verifier === undefined || challenge === undefined) return verifier === challenge
  if (!VERIFIER.test(verifier)) return false
  return isSameSecret(createHash('sha256').update(verifier).digest('base64url'), challenge)
}
