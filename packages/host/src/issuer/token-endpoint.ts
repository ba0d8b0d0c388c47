import type { Answer } from '../http/exchange.ts'
import { jsonAnswer } from '../http/exchange.ts'
import { authenticateClient } from './client-authentication.ts'
import { issueClientToken } from './client-token.ts'
import { answerTooMany } from './compat.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { OAuthFlow, PoolClient } from './pool-client.ts'
import type { PoolClients } from './pool-clients.ts'
import type { PoolKeys } from './pool-keys.ts'
import { describeRefusal, TokenRefusal } from './token-refusal.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'

export interface TokenEndpointOptions {
  readonly clients: PoolClients
  readonly keys: PoolKeys
  /** The grants that speak for a person; not there before the first of them comes. */
  readonly people: () => Promise<PeopleGrants>
  readonly issuerUrl: () => string
  readonly now: () => number
}

export interface PeopleGrants {
  grantAuthorizationCode(asked: TokenRequest, client: PoolClient): Promise<object>
  grantRefreshToken(asked: TokenRequest, client: PoolClient): Promise<object>
}

/** What one grant type does once its client is known. Any line of it may refuse. */
interface GrantType {
  readonly flow: OAuthFlow
  readonly grant: (
    asked: TokenRequest,
    client: PoolClient,
    options: TokenEndpointOptions,
  ) => Promise<object>
}

const GRANT_TYPES: ReadonlyMap<string, GrantType> = new Map<string, GrantType>([
  ['client_credentials', { flow: 'client_credentials', grant: grantClientCredentials }],
  [
    'authorization_code',
    {
      flow: 'code',
      grant: async (asked, client, { people }) =>
        (await people()).grantAuthorizationCode(asked, client),
    },
  ],
  [
    'refresh_token',
    {
      flow: 'code',
      grant: async (asked, client, { people }) => (await people()).grantRefreshToken(asked, client),
    },
  ],
])
/** Requests at once; signing one takes 0.3 ms of a core, so this is a fraction of a second of work. */
const MAX_AT_ONCE = 512

/** The token endpoint. A flood is turned away, not queued. */
export function createTokenEndpoint(options: TokenEndpointOptions) {
  let running = 0
  return {
    async serve(request: IssuerRequest): Promise<Answer> {
      if (running >= MAX_AT_ONCE) return answerTooMany()
      running++
      try {
        return await serveToken(request, options)
      } catch (error) {
        if (error instanceof TokenRefusal) return describeRefusal(error)
        throw error
      } finally {
        running--
      }
    },
  }
}

/** One token request, from top to bottom. Any line may refuse. */
async function serveToken(request: IssuerRequest, options: TokenEndpointOptions): Promise<Answer> {
  const asked = readTokenRequest(request)
  const grantType = GRANT_TYPES.get(asked.grantType)
  if (grantType === undefined) throw new TokenRefusal('unsupported_grant_type')
  const client = authenticateClient(asked, options.clients)
  if (!client.allowsOAuth || !client.allowedOAuthFlows.includes(grantType.flow)) {
    throw new TokenRefusal('unauthorized_client')
  }
  const body = await grantType.grant(asked, client, options)
  return jsonAnswer(200, body, { 'cache-control': 'no-store', pragma: 'no-cache' })
}

async function grantClientCredentials(
  asked: TokenRequest,
  client: PoolClient,
  options: TokenEndpointOptions,
): Promise<object> {
  const scopes = narrowScopes(asked.scopes, client.scopes)
  const token = await issueClientToken(client, { scopes, resource: asked.resource }, options)
  const { accessToken, expiresInSeconds } = token
  return { access_token: accessToken, expires_in: expiresInSeconds, token_type: 'Bearer' }
}

/** A subset of what may be had, each once; all of it when nothing was asked. */
export function narrowScopes(
  asked: readonly string[] | undefined,
  allowed: readonly string[],
): readonly string[] {
  if (asked === undefined || asked.length === 0) return allowed
  if (asked.some((scope) => !allowed.includes(scope))) throw new TokenRefusal('invalid_scope')
  return [...new Set(asked)]
}
