// A small authorization server with everything that credential providers ask of one, and switches for
// the odd behaviours that real ones have. It checks what it is sent, so that a client that leaves out
// PKCE or authenticates wrongly fails here as it would elsewhere.
import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const CLIENT_ID = 'client/with:odd characters'
export const CLIENT_SECRET = 'S3cret+with/odd:characters%&='

export interface TokenCall {
  readonly parameters: URLSearchParams
  readonly authorization: string | undefined
}

/** Replaces the answer of the token endpoint; undefined answers as usual. */
export type TokenOverride = (
  call: TokenCall,
) => { readonly status: number; readonly body: string; readonly delayMs?: number } | undefined

export interface AuthorizationServer extends AsyncDisposable {
  readonly url: string
  readonly discoveryUrl: string
  readonly tokenCalls: TokenCall[]
  /** What users say when they are asked. */
  consent: 'yes' | 'no'
  expiresInS: number | undefined
  override: TokenOverride | undefined
  /** Refresh tokens that are withdrawn are refused. */
  withdrawRefreshTokens(): void
  /** A token that says who a user is. */
  signUserToken(subject: string, options?: { readonly issuer?: string }): Promise<string>
}

interface Grant {
  readonly challenge: string
  readonly redirectUri: string
  readonly scope: string
}

export async function startAuthorizationServer(): Promise<AuthorizationServer> {
  const codes = new Map<string, Grant>()
  const refreshTokens = new Set<string>()
  const keys = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const self: AuthorizationServer = {
    url,
    discoveryUrl: `${url}/.well-known/openid-configuration`,
    tokenCalls: [],
    consent: 'yes',
    expiresInS: 3_600,
    override: undefined,
    withdrawRefreshTokens: () => refreshTokens.clear(),
    signUserToken: (subject, { issuer = url } = {}) =>
      new SignJWT({ sub: subject, jti: randomUUID() })
        .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
        .setIssuer(issuer)
        .setExpirationTime('1h')
        .sign(keys.privateKey),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', url)
    if (pathname === '/.well-known/openid-configuration') return json(response, 200, discovery())
    if (pathname === '/jwks') return json(response, 200, { keys: [jwk] })
    if (pathname === '/authorize') return authorize(searchParams, response)
    if (pathname !== '/token') return json(response, 404, {})
    const call: TokenCall = {
      parameters: new URLSearchParams(await text(request)),
      authorization: request.headers.authorization,
    }
    self.tokenCalls.push(call)
    const odd = self.override?.(call)
    if (!odd) return json(response, ...grant(call))
    if (odd.delayMs) await new Promise((resolve) => setTimeout(resolve, odd.delayMs))
    response.writeHead(odd.status, { 'content-type': 'application/json' }).end(odd.body)
  }

  function discovery() {
    return {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      authorization_response_iss_parameter_supported: true,
    }
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const redirectUri = query.get('redirect_uri') ?? ''
    const back = new URL(redirectUri)
    back.searchParams.set('state', query.get('state') ?? '')
    back.searchParams.set('iss', url)
    if (query.get('code_challenge_method') !== 'S256') back.searchParams.set('error', 'no_pkce')
    else if (self.consent === 'no') back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      const challenge = query.get('code_challenge') ?? ''
      codes.set(code, { challenge, redirectUri, scope: query.get('scope') ?? '' })
      back.searchParams.set('code', code)
    }
    response.writeHead(302, { location: back.href }).end()
  }

  function grant({ parameters, authorization }: TokenCall): [number, object] {
    if (!isClient(parameters, authorization)) return [401, { error: 'invalid_client' }]
    const grantType = parameters.get('grant_type')
    if (grantType === 'refresh_token') {
      const known = refreshTokens.delete(parameters.get('refresh_token') ?? '')
      return known ? issue(true) : [400, { error: 'invalid_grant' }]
    }
    if (grantType !== 'authorization_code') return issue(false)
    const code = parameters.get('code') ?? ''
    const known = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256').update(parameters.get('code_verifier') ?? '')
    const isGood =
      known?.challenge === challenge.digest('base64url') &&
      known.redirectUri === parameters.get('redirect_uri')
    return isGood ? issue(true) : [400, { error: 'invalid_grant' }]
  }

  function issue(withRefresh: boolean): [number, object] {
    const refreshToken = `refresh-${randomUUID()}`
    if (withRefresh) refreshTokens.add(refreshToken)
    return [
      200,
      {
        access_token: `access-${randomUUID()}`,
        token_type: 'Bearer',
        ...(self.expiresInS !== undefined && { expires_in: self.expiresInS }),
        ...(withRefresh && { refresh_token: refreshToken }),
      },
    ]
  }

  return self
}

function isClient(parameters: URLSearchParams, authorization: string | undefined): boolean {
  if (authorization === undefined) {
    return (
      parameters.get('client_id') === CLIENT_ID && parameters.get('client_secret') === CLIENT_SECRET
    )
  }
  const text = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString('utf8')
  const [id = '', secret = ''] = text
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
  return id === CLIENT_ID && secret === CLIENT_SECRET
}

function json(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}
