// What an application asks when it sends a person to sign in (Cognito developer guide, authorize
// endpoint; RFC 6749 §4.1.1; RFC 7636 §4.3; RFC 8707 §2; OpenID Connect Core 1.0 §3.1.2.1).
import { AuthorizeRefusal } from './authorize-refusal.ts'
import { OPENID_SCOPES } from './pool-client.ts'
import { readForm, RepeatedParameter } from './form.ts'
import { isPublic, type PoolClient } from './pool-client.ts'
import { isRegistered } from './redirect-uri.ts'
import { isResource } from './token-request.ts'

export interface AuthorizeRequest {
  readonly client: PoolClient
  readonly redirectUri: string
  readonly state: string | undefined
  readonly scopes: readonly string[]
  readonly nonce: string | undefined
  /** RFC 7636, always S256. */
  readonly codeChallenge: string | undefined
  readonly resource: string | undefined
  /** `login` asks for the password again, `none` for an answer without a page. */
  readonly prompt: 'login' | 'none' | undefined
  readonly maxAgeSeconds: number | undefined
}

export interface AuthorizeRules {
  readonly findClient: (clientId: string) => PoolClient | undefined
  /** Cognito's own rules: PKCE is never required, loopback ports count. */
  readonly strictCognito: boolean
}

const MAX_QUERY_CHARS = 8_192
const CHALLENGE = /^[\w-]{43}$/

/** Reads the query of an authorization request. Any line may refuse. */
export function readAuthorizeRequest(query: string, rules: AuthorizeRules): AuthorizeRequest {
  const form = readParameters(query)
  const client = rules.findClient(form.get('client_id') ?? '')
  if (client === undefined) throw new AuthorizeRefusal('invalid_client', 'Unknown client.')
  const redirectUri = readRedirectUri(form.get('redirect_uri'), client, rules.strictCognito)
  const state = form.get('state')
  // From here on the application is told, and not the person.
  const refuse = (code: string, description: string) =>
    new AuthorizeRefusal(code, description, { redirectUri, state })

  if (form.has('request') || form.has('request_uri')) {
    throw refuse('request_not_supported', 'Request objects are not supported')
  }
  if (form.get('response_type') !== 'code') {
    throw refuse('unsupported_response_type', 'Only response_type=code is served')
  }
  if (!client.allowsOAuth || !client.allowedOAuthFlows.includes('code')) {
    throw refuse('unauthorized_client', 'The client may not use the authorization code flow')
  }
  const codeChallenge = form.get('code_challenge')
  const method = form.get('code_challenge_method')
  if (codeChallenge !== undefined && (method !== 'S256' || !CHALLENGE.test(codeChallenge))) {
    throw refuse('invalid_request', 'code_challenge_method must be S256, with its challenge')
  }
  if (codeChallenge === undefined && isPublic(client) && !rules.strictCognito) {
    throw refuse('invalid_request', 'code_challenge is required of a client without a secret')
  }
  const scopes = readScopes(form.get('scope'), client)
  if (scopes === undefined) throw refuse('invalid_scope', 'The client may not have that scope')
  const resource = form.get('resource')
  if (resource !== undefined && !isResource(resource)) {
    throw refuse('invalid_target', 'resource must be an absolute URI without a fragment')
  }
  const prompt = form.get('prompt')
  return {
    client,
    redirectUri,
    state,
    scopes,
    nonce: form.get('nonce'),
    codeChallenge,
    resource,
    prompt: prompt === 'login' || prompt === 'none' ? prompt : undefined,
    maxAgeSeconds: readMaxAge(form.get('max_age')),
  }
}

function readParameters(query: string): ReadonlyMap<string, string> {
  if (query.length > MAX_QUERY_CHARS) {
    throw new AuthorizeRefusal('invalid_request', 'The request is too long.')
  }
  try {
    return readForm(query)
  } catch (error) {
    if (!(error instanceof RepeatedParameter)) throw error
    throw new AuthorizeRefusal('invalid_request', 'A parameter is given twice.', { cause: error })
  }
}

/** Nobody is sent to an address that the client did not register, not even with an error. */
function readRedirectUri(asked: string | undefined, client: PoolClient, strict: boolean): string {
  const anyPort = !strict && isPublic(client)
  if (asked !== undefined && isRegistered(asked, client.callbackUrls, { anyPort })) return asked
  throw new AuthorizeRefusal(
    'redirect_mismatch',
    'The address to return to is not one that the application registered.',
  )
}

/** All that the client may have when nothing was asked; undefined when it asks for more. */
function readScopes(text: string | undefined, client: PoolClient): readonly string[] | undefined {
  const asked = [...new Set(text?.split(' ').filter(Boolean))]
  if (asked.length === 0) return client.scopes
  if (asked.some((scope) => !client.scopes.includes(scope))) return undefined
  const needsOpenId = asked.some((scope) => scope !== 'openid' && OPENID_SCOPES.includes(scope))
  return needsOpenId && !asked.includes('openid') ? undefined : asked
}

function readMaxAge(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
