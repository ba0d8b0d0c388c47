// One request to an authorization server's token endpoint (RFC 6749 §3.2) and what came of it.
import type * as Oauth from 'oauth4webapi'
import type { GuardedFetch } from '../http/guarded-fetch.ts'
import { HostError } from '../kernel/host-error.ts'
import type { AuthorizationServer } from './authorization-servers.ts'
import { DEFAULT_CLIENT_AUTHENTICATION } from './compat.ts'
import type { ClientAuthenticationMethod } from './credential-provider.ts'
import { evenTokenAnswer } from './even-token-answer.ts'
import { quoteStranger } from './quote-stranger.ts'

export interface TokenRequest {
  readonly server: AuthorizationServer
  readonly clientId: string
  readonly clientSecret: string
  readonly clientAuthenticationMethod?: ClientAuthenticationMethod | undefined
  readonly grantType: string
  /** In order; a name may come twice (RFC 8707 §2). */
  readonly parameters: readonly Parameter[]
}

export type Parameter = readonly [name: string, value: string]

/** Both are normal endings: the server gave a token, or said why it does not. */
export type TokenOutcome =
  | ({ readonly kind: 'granted' } & GrantedToken)
  | { readonly kind: 'refused'; readonly error: string; readonly message: string }

export interface GrantedToken {
  readonly accessToken: string
  readonly refreshToken?: string
  /** Undefined when the server does not say. */
  readonly expiresInS?: number
}

export type TokenEndpoint = (request: TokenRequest) => Promise<TokenOutcome>

/** Parameters whose values a server must not get into our messages by repeating them. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  'actor_token',
  'assertion',
  'code',
  'code_verifier',
  'refresh_token',
  'subject_token',
])

/** Rejects with `ERR_TARGET_FAILED` when there is no answer or none that makes sense. */
export function createTokenEndpoint(fetch: GuardedFetch): TokenEndpoint {
  return async (request) => {
    const oauth = await import('oauth4webapi')
    const { server, clientId, clientSecret } = request
    const metadata = { issuer: server.issuer, token_endpoint: server.tokenEndpoint }
    const client = { client_id: clientId }
    const authenticate =
      chooseAuthentication(request) === DEFAULT_CLIENT_AUTHENTICATION
        ? oauth.ClientSecretBasic(clientSecret)
        : oauth.ClientSecretPost(clientSecret)
    const parameters = request.parameters.map(([name, value]) => [name, value])
    const answer = await oauth.genericTokenEndpointRequest(
      metadata,
      client,
      authenticate,
      request.grantType,
      parameters,
      {
        [oauth.allowInsecureRequests]: true, // which addresses are allowed is decided by `fetch`
        [oauth.customFetch]: async (url, { headers, body }) =>
          evenTokenAnswer(await fetch(url, { method: 'POST', headers, body: String(body) })),
      },
    )
    try {
      const token = await oauth.processGenericTokenEndpointResponse(metadata, client, answer)
      return readGranted(token)
    } catch (error) {
      if (error instanceof oauth.ResponseBodyError) return readRefusal(error, request)
      const why = `status ${answer.status}, and neither a token nor an OAuth error`
      throw new HostError('ERR_TARGET_FAILED', `The authorization server answered with ${why}`, {
        cause: error,
      })
    }
  }
}

function chooseAuthentication({ clientAuthenticationMethod, server }: TokenRequest): string {
  if (clientAuthenticationMethod) return clientAuthenticationMethod.toLowerCase()
  const { authMethods = [DEFAULT_CLIENT_AUTHENTICATION] } = server
  return authMethods.includes(DEFAULT_CLIENT_AUTHENTICATION)
    ? DEFAULT_CLIENT_AUTHENTICATION
    : 'client_secret_post'
}

function readGranted(token: Oauth.TokenEndpointResponse): TokenOutcome {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInS } = token
  return {
    kind: 'granted',
    accessToken,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(expiresInS !== undefined && { expiresInS }),
  }
}

function readRefusal(
  said: Oauth.ResponseBodyError,
  { clientSecret, parameters }: TokenRequest,
): TokenOutcome {
  const given = parameters.filter(([name]) => SECRET_PARAMETERS.has(name)).map(([, value]) => value)
  const secrets = [clientSecret, ...given]
  const error = quoteStranger(said.error, secrets)
  const description = quoteStranger(said.error_description, secrets)
  const text = description === '' ? error : `${error} (${description})`
  return { kind: 'refused', error, message: `The authorization server refused: ${text}` }
}
