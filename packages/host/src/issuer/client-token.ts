import { randomUUID } from 'node:crypto'
import { formatJwt } from './jwt.ts'
import type { PoolClient } from './pool-client.ts'
import type { PoolKeys } from './pool-keys.ts'

interface ClientTokenOptions {
  readonly keys: PoolKeys
  readonly issuerUrl: () => string
  readonly now: () => number
}

export interface ClientToken {
  readonly accessToken: string
  readonly expiresInSeconds: number
}

/**
 * A token for the client itself, with what has been found to be its scopes, as Cognito writes it for
 * client credentials (developer guide, access tokens). `resource` becomes the audience, which a
 * machine's token does not have otherwise.
 */
export async function issueClientToken(
  { clientId, accessTokenValiditySeconds }: PoolClient,
  granted: { readonly scopes: readonly string[]; readonly resource?: string | undefined },
  { keys, issuerUrl, now }: ClientTokenOptions,
): Promise<ClientToken> {
  const iat = Math.floor(now() / 1_000)
  const claims = {
    sub: clientId,
    token_use: 'access',
    scope: granted.scopes.join(' '),
    auth_time: iat,
    iss: issuerUrl(),
    exp: iat + accessTokenValiditySeconds,
    iat,
    version: 2,
    jti: randomUUID(),
    client_id: clientId,
    ...(granted.resource !== undefined && { aud: granted.resource }),
  }
  const accessToken = await formatJwt(claims, await keys.accessKey())
  return { accessToken, expiresInSeconds: accessTokenValiditySeconds }
}
