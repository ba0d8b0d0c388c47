import type { Answer } from '../http/exchange.ts'
import { jsonAnswer } from '../http/exchange.ts'
import { formatAccessToken } from './access-token.ts'
import { answerTooMany, WRONG_SECRET } from './compat.ts'
import type { IssuerRequest } from './issuer-request.ts'
import type { PoolClient, PoolClients } from './pool-clients.ts'
import type { SigningKeys } from './signing-keys.ts'
import { describeRefusal, TokenRefusal } from './token-refusal.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'

interface TokenEndpointOptions {
  readonly clients: PoolClients
  readonly keys: SigningKeys
  readonly issuerUrl: () => string
  readonly now: () => number
}

/** Grants that Cognito knows and machine clients may not use. */
const GRANTS_OF_PEOPLE: ReadonlySet<string> = new Set(['authorization_code', 'refresh_token'])
/** Requests at once; signing one takes 0.3 ms of a core, so this is a fraction of a second of work. */
const MAX_AT_ONCE = 512

/** The token endpoint. No request leaves anything behind, and a flood is turned away, not queued. */
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
  const { clients, keys, issuerUrl, now } = options
  const asked = readTokenRequest(request)
  checkGrant(asked.grantType)
  const client = await authenticate(asked, clients)
  checkFlow(asked.grantType, client)
  const scopes = grantScopes(asked.scopes, client)
  const { clientId, accessTokenValiditySeconds: validitySeconds } = client
  const issuedAtSeconds = Math.floor(now() / 1_000)
  const token = { issuer: issuerUrl(), clientId, scopes, resource: asked.resource }
  const accessToken = await formatAccessToken(
    { ...token, issuedAtSeconds, validitySeconds },
    await keys.current(),
  )
  const body = { access_token: accessToken, expires_in: validitySeconds, token_type: 'Bearer' }
  return jsonAnswer(200, body, { 'cache-control': 'no-store', pragma: 'no-cache' })
}

function checkGrant(grantType: string): void {
  if (grantType === 'client_credentials' || GRANTS_OF_PEOPLE.has(grantType)) return
  throw new TokenRefusal('unsupported_grant_type')
}

async function authenticate(asked: TokenRequest, clients: PoolClients): Promise<PoolClient> {
  const client = await clients.authenticate(asked.clientId, asked.clientSecret)
  if (client === 'unknown client') throw new TokenRefusal('invalid_client')
  if (client === 'wrong secret') throw new TokenRefusal('invalid_client', WRONG_SECRET)
  return client
}

function checkFlow(grantType: string, { allowedOAuthFlows }: PoolClient): void {
  const isAllowed =
    grantType === 'client_credentials' && allowedOAuthFlows.includes('client_credentials')
  if (!isAllowed) throw new TokenRefusal('unauthorized_client')
}

/** A subset of what the client may have, each once; all of it when nothing was asked. */
function grantScopes(asked: readonly string[] | undefined, client: PoolClient): readonly string[] {
  if (asked === undefined || asked.length === 0) return client.scopes
  if (asked.some((scope) => !client.scopes.includes(scope))) throw new TokenRefusal('invalid_scope')
  return [...new Set(asked)]
}
