// Who a token speaks for (Cognito developer guide, userInfo endpoint; OpenID Connect Core 1.0 §5.3).
import { jsonAnswer, singleHeader, type Answer } from '../http/exchange.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { readOwnJwt } from './jwt.ts'
import type { PoolKeys } from './pool-keys.ts'
import type { PoolUser, PoolUsers } from './pool-users.ts'
import type { RefreshTokens } from './refresh-tokens.ts'
import { claimsForScopes } from './user-attributes.ts'

interface UserInfoOptions {
  readonly keys: PoolKeys
  readonly users: PoolUsers
  readonly refreshTokens: RefreshTokens
  readonly issuerUrl: () => string
  readonly now: () => number
}

const BEARER = /^bearer +([\w.-]{1,16384}) *$/i

export async function serveUserInfo(
  { headers }: IssuerRequest,
  options: UserInfoOptions,
): Promise<Answer> {
  const token = BEARER.exec(singleHeader(headers['authorization']) ?? '')?.[1]
  if (token === undefined) return refuse('invalid_request', 'Bearer token is missing')
  const found = await findOwner(token, options)
  if (found === undefined) {
    return refuse('invalid_token', 'Access token is expired, disabled, or deleted')
  }
  const { user, scopes } = found
  const claims = claimsForScopes(user.attributes, scopes)
  // Texts, where an id token has true and false: Cognito answers so here.
  const texts = Object.entries(claims).map(([name, value]) => [name, String(value)])
  const body = { sub: user.sub, ...Object.fromEntries(texts), username: user.username }
  return jsonAnswer(200, body, { 'cache-control': 'no-store' })
}

async function findOwner(
  token: string,
  { keys, users, refreshTokens, issuerUrl, now }: UserInfoOptions,
): Promise<{ readonly user: PoolUser; readonly scopes: readonly string[] } | undefined> {
  const claims = await readOwnJwt(token, (kid) => keys.findAccessKey(kid))
  if (claims === undefined || claims['iss'] !== issuerUrl()) return undefined
  if (claims['token_use'] !== 'access' || Number(claims['exp']) * 1_000 <= now()) return undefined
  const scopes = String(claims['scope']).split(' ')
  const user = users.find(String(claims['sub']))
  if (user === undefined || !user.isEnabled || !scopes.includes('openid')) return undefined
  return (await refreshTokens.isAlive(String(claims['origin_jti']))) ? { user, scopes } : undefined
}

function refuse(error: string, description: string): Answer {
  const challenge = `Bearer error="${error}", error_description="${description}"`
  const headers = { 'www-authenticate': challenge, 'cache-control': 'no-store' }
  return jsonAnswer(401, { error, error_description: description }, headers)
}
