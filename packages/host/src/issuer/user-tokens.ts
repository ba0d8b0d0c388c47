// Tokens of people (developer guide, access tokens and id tokens). A grant begins with a sign-in and
// lives until its refresh token expires or is revoked.
import { createHash, randomUUID } from 'node:crypto'
import { formatJwt } from './jwt.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolKeys } from './pool-keys.ts'
import type { PoolUser } from './pool-users.ts'
import type { Grant, RefreshTokens } from './refresh-tokens.ts'
import { claimsForScopes } from './user-attributes.ts'
import { USER_ADMIN_SCOPE } from './pool-client.ts'

export interface UserTokenSet {
  readonly accessToken: string
  readonly idToken?: string
  readonly refreshToken?: string
  readonly expiresInSeconds: number
}

export interface NewGrant {
  readonly client: PoolClient
  readonly user: PoolUser
  readonly scopes: readonly string[]
  readonly authTimeSeconds: number
  readonly resource?: string | undefined
  readonly nonce?: string | undefined
}

export interface UserTokens {
  /** The first tokens after a sign-in, with the origin that all later ones share. */
  start(grant: NewGrant): Promise<UserTokenSet & { readonly origin: string }>
  /** New tokens for the same grant; undefined when the token or its owner is not good any more. */
  refresh(
    token: string,
    client: PoolClient,
    narrow?: NarrowScopes,
  ): Promise<UserTokenSet | undefined>
  /** Whose token it is, without using it. */
  findOwner(token: string, client: PoolClient): Promise<PoolUser | undefined>
}

/** The scopes of the new token, from those of the grant; may refuse. */
type NarrowScopes = (granted: readonly string[]) => readonly string[]

interface UserTokensOptions {
  readonly keys: PoolKeys
  readonly refreshTokens: RefreshTokens
  readonly findUser: (sub: string) => PoolUser | undefined
  readonly issuerUrl: () => string
  readonly now: () => number
}

const SCOPES_WITH_ATTRIBUTES = ['email', 'phone', 'profile']

export function createUserTokens(options: UserTokensOptions): UserTokens {
  const { keys, refreshTokens, findUser, issuerUrl, now } = options

  async function formatTokens(
    grant: Grant,
    { client, user }: { readonly client: PoolClient; readonly user: PoolUser },
    nonce?: string,
  ): Promise<UserTokenSet> {
    const iat = Math.floor(now() / 1_000)
    const common = {
      sub: user.sub,
      iss: issuerUrl(),
      origin_jti: grant.origin,
      event_id: randomUUID(),
      auth_time: grant.authTimeSeconds,
      iat,
    }
    const accessToken = await formatJwt(
      {
        ...common,
        client_id: client.clientId,
        token_use: 'access',
        scope: grant.scopes.join(' '),
        exp: iat + client.accessTokenValiditySeconds,
        jti: randomUUID(),
        username: user.username,
        version: 2,
        ...(grant.resource !== undefined && { aud: grant.resource }),
      },
      await keys.accessKey(),
    )
    const tokens = { accessToken, expiresInSeconds: client.accessTokenValiditySeconds }
    // The authentication operations, which grant the admin scope, always give an id token.
    const isOperation = grant.scopes.includes(USER_ADMIN_SCOPE)
    if (!isOperation && !grant.scopes.includes('openid')) return tokens
    const idToken = await formatJwt(
      {
        ...common,
        aud: client.clientId,
        token_use: 'id',
        at_hash: halfHash(accessToken),
        exp: iat + client.idTokenValiditySeconds,
        jti: randomUUID(),
        'cognito:username': user.username,
        ...claimsForScopes(user.attributes, isOperation ? SCOPES_WITH_ATTRIBUTES : grant.scopes),
        ...(nonce !== undefined && { nonce }),
      },
      await keys.idKey(),
    )
    return { ...tokens, idToken }
  }

  return {
    async start({ client, user, scopes, authTimeSeconds, resource, nonce }) {
      const { sub } = user
      const { clientId } = client
      const asked = { clientId, sub, scopes, authTimeSeconds, ...(resource && { resource }) }
      const { grant, token } = await refreshTokens.create(asked, client)
      const tokens = await formatTokens(grant, { client, user }, nonce)
      return { ...tokens, refreshToken: token, origin: grant.origin }
    },
    async refresh(token, client, narrow = (granted) => granted) {
      const known = await refreshTokens.find(token, client)
      const user = known && findUser(known.sub)
      if (known === undefined || user === undefined || !user.isEnabled) return undefined
      // Before the token is used: a rotating one must not be used up by a refusal.
      const scopes = narrow(known.scopes)
      const used = await refreshTokens.use(token, client)
      if (used === undefined) return undefined
      const grant = { ...used.grant, scopes }
      const tokens = await formatTokens(grant, { client, user })
      return used.nextToken === undefined ? tokens : { ...tokens, refreshToken: used.nextToken }
    },
    async findOwner(token, client) {
      const grant = await refreshTokens.find(token, client)
      return grant && findUser(grant.sub)
    },
  }
}

/** OpenID Connect Core 1.0 §3.1.3.6: the left half of the digest. */
function halfHash(token: string): string {
  const digest = createHash('sha256').update(token).digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
