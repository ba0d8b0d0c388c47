// The body and headers of a token request (Cognito developer guide, token endpoint; RFC 6749 §3.2).
import { readClientForm, readCredentials, type ClientCredentials } from './client-authentication.ts'
import { BAD_RESOURCE, MAX_RESOURCE_CHARS } from './compat.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { TokenRefusal } from './token-refusal.ts'

export interface TokenRequest extends ClientCredentials {
  readonly grantType: string
  /** Undefined asks for everything the client may have. */
  readonly scopes: readonly string[] | undefined
  readonly resource: string | undefined
  readonly code: string | undefined
  readonly redirectUri: string | undefined
  readonly codeVerifier: string | undefined
  readonly refreshToken: string | undefined
}

/** Reads a token request, or refuses it in the protocol's words. */
export function readTokenRequest(request: IssuerRequest): TokenRequest {
  const form = readClientForm(request)
  const grantType = form.get('grant_type')
  if (grantType === undefined) throw new TokenRefusal('invalid_request')
  return {
    grantType,
    ...readCredentials(request, form),
    scopes: form.get('scope')?.split(' ').filter(Boolean),
    resource: readResource(form.get('resource')),
    code: form.get('code'),
    redirectUri: form.get('redirect_uri'),
    codeVerifier: form.get('code_verifier'),
    refreshToken: form.get('refresh_token'),
  }
}

/** RFC 8707 §2: an absolute URI without a fragment. */
export function isResource(resource: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s#]+$/i.test(resource) && resource.length <= MAX_RESOURCE_CHARS
}

function readResource(resource: string | undefined): string | undefined {
  if (resource === undefined || isResource(resource)) return resource
  throw new TokenRefusal(BAD_RESOURCE, 'resource must be an absolute URI without a fragment')
}
