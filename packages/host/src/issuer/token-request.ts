// The body and headers of a token request (Cognito developer guide, token endpoint; RFC 6749 §2.3.1, §3.2).
import { singleHeader } from '../http/exchange.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { BAD_RESOURCE, MAX_RESOURCE_CHARS } from './compat.ts'
import { TokenRefusal } from './token-refusal.ts'

export interface TokenRequest {
  readonly grantType: string
  readonly clientId: string
  readonly clientSecret: string
  /** Undefined asks for everything the client may have. */
  readonly scopes: readonly string[] | undefined
  readonly resource: string | undefined
}

const FORM = /^application\/x-www-form-urlencoded *(?:;|$)/i
const BASIC = /^basic +([\w+/-]+=*) *$/i

/** Reads a token request, or refuses it in the protocol's words. */
export function readTokenRequest({ headers, body }: IssuerRequest): TokenRequest {
  const contentType = singleHeader(headers['content-type']) ?? ''
  if (body === undefined || !FORM.test(contentType)) throw new TokenRefusal('invalid_request')
  const form = readForm(body)
  const grantType = form.get('grant_type')
  if (grantType === undefined) throw new TokenRefusal('invalid_request')
  return {
    grantType,
    ...readCredentials(singleHeader(headers['authorization']), form),
    scopes: form.get('scope')?.split(' ').filter(Boolean),
    resource: readResource(form.get('resource')),
  }
}

/** A parameter without a value counts as left out; none may come twice (RFC 6749 §3.2). */
function readForm(body: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (value === '') continue
    if (form.has(name)) throw new TokenRefusal('invalid_request')
    form.set(name, value)
  }
  return form
}

/** One way of authentication, not two; the id alone may stand in the body beside the header. */
function readCredentials(authorization: string | undefined, form: ReadonlyMap<string, string>) {
  const clientId = form.get('client_id')
  const clientSecret = form.get('client_secret')
  if (authorization === undefined) {
    if (clientId === undefined) throw new TokenRefusal('invalid_request')
    return { clientId, clientSecret: clientSecret ?? '' }
  }
  const basic = parseBasic(authorization)
  if (basic === undefined) throw new TokenRefusal('invalid_client')
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== basic.clientId)) {
    throw new TokenRefusal('invalid_request')
  }
  return basic
}

/** Our ids and secrets are alphanumerics, which form encoding (RFC 6749 §2.3.1) leaves as they are. */
function parseBasic(authorization: string) {
  const encoded = BASIC.exec(authorization)?.[1]
  const text = encoded && Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text?.indexOf(':') ?? -1
  if (!text || colon < 1) return undefined
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) }
}

function readResource(resource: string | undefined): string | undefined {
  if (resource === undefined) return undefined
  const isUri = /^[a-z][a-z0-9+.-]*:[^\s#]+$/i.test(resource)
  if (isUri && resource.length <= MAX_RESOURCE_CHARS) return resource
  throw new TokenRefusal(BAD_RESOURCE, 'resource must be an absolute URI without a fragment')
}
