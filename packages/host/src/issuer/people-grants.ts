// The grant types of the token endpoint that speak for a person.
import type { AuthorizationCodes } from './authorization-codes.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolUsers } from './pool-users.ts'
import { redeemCode } from './redeem-code.ts'
import type { RefreshTokens } from './refresh-tokens.ts'
import { narrowScopes } from './token-endpoint.ts'
import { TokenRefusal } from './token-refusal.ts'
import type { TokenRequest } from './token-request.ts'
import type { UserTokens, UserTokenSet } from './user-tokens.ts'

export interface PeopleGrantsContext {
  readonly users: PoolUsers
  readonly codes: AuthorizationCodes
  readonly refreshTokens: RefreshTokens
  readonly userTokens: UserTokens
}

export async function grantAuthorizationCode(
  asked: TokenRequest,
  client: PoolClient,
  context: PeopleGrantsContext,
): Promise<object> {
  const redeemed = await redeemCode(asked, client, context)
  const { grant } = redeemed
  const user = context.users.find(grant.sub)
  if (user === undefined || !user.isEnabled) throw new TokenRefusal('invalid_grant')
  const { scopes, nonce, authTimeSeconds } = grant
  const resource = grant.resource ?? asked.resource
  const asking = { client, user, scopes, nonce, authTimeSeconds, resource }
  const tokens = await context.userTokens.start(asking)
  redeemed.remember(tokens.origin)
  return describeTokens(tokens, scopes)
}

export async function grantRefreshToken(
  asked: TokenRequest,
  client: PoolClient,
  { userTokens }: PeopleGrantsContext,
): Promise<object> {
  if (asked.refreshToken === undefined) throw new TokenRefusal('invalid_request')
  const tokens = await userTokens.refresh(asked.refreshToken, client, (granted) =>
    narrowScopes(asked.scopes, granted),
  )
  if (tokens === undefined) throw new TokenRefusal('invalid_grant')
  return describeTokens(tokens)
}

function describeTokens(tokens: UserTokenSet, scopes?: readonly string[]): object {
  const { accessToken, idToken, refreshToken, expiresInSeconds } = tokens
  return {
    ...(idToken !== undefined && { id_token: idToken }),
    access_token: accessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: expiresInSeconds,
    token_type: 'Bearer',
    ...(scopes !== undefined && { scope: scopes.join(' ') }),
  }
}
