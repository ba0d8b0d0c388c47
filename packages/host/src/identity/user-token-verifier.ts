// Users' tokens of issuers that nobody registered: the token itself says who signed it, and that
// issuer's published keys must agree. A user is an issuer's subject, so an issuer can only speak of
// its own users; what it costs us is a request to an address that a caller chose, hence the guard.
import { HostError } from '../kernel/host-error.ts'
import type { Log } from '../kernel/log.ts'
import { describeCaller } from '../oauth/caller.ts'
import { createJwtAuthorizer, type JwtAuthorizer } from '../oauth/jwt-authorizer.ts'
import { OAuthRefusal } from '../oauth/oauth-refusal.ts'
import type { WorkloadUser } from './workload-user.ts'

export interface VerifiedUser {
  readonly issuer: string
  readonly subject: string
}

/** Rejects with `ERR_UNAUTHENTICATED` for a token that is not good, whatever the reason. */
export type VerifyUserToken = (token: string) => Promise<VerifiedUser>

interface UserTokenVerifierOptions {
  readonly readJson: (url: string) => Promise<unknown>
  readonly rewriteUrl: (url: string) => string
  readonly log: Log
  readonly now: () => number
}

/** Keys are kept for this many issuers, the ones used last. */
const MAX_ISSUERS = 20

export function createUserTokenVerifier(options: UserTokenVerifierOptions): VerifyUserToken {
  const authorizers = new Map<string, JwtAuthorizer>()

  const authorizerOf = (issuer: string): JwtAuthorizer => {
    const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const authorizer = authorizers.get(issuer) ?? createJwtAuthorizer({ discoveryUrl }, options)
    authorizers.delete(issuer)
    authorizers.set(issuer, authorizer)
    const [oldest] = authorizers.keys()
    if (oldest !== undefined && authorizers.size > MAX_ISSUERS) authorizers.delete(oldest)
    return authorizer
  }

  return async (token) => {
    const { issuer } = readUnverified(token)
    const url = URL.parse(issuer)
    if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
      throw refuse('The user token has no issuer that is a URL')
    }
    try {
      const caller = await authorizerOf(issuer).authorize(`Bearer ${token}`)
      if (caller.subject === '') throw refuse('The user token has no subject')
      return { issuer: caller.issuer, subject: caller.subject }
    } catch (cause) {
      if (cause instanceof OAuthRefusal) throw refuse(`The user token: ${cause.message}`, cause)
      throw cause
    }
  }
}

/** The user of a token that somebody here has verified already. */
export function readVerifiedUser(token: string): WorkloadUser {
  const { issuer, subject } = readUnverified(token)
  if (issuer === '' || subject === '') throw refuse('The user token names no issuer or no subject')
  return { kind: 'token', issuer, subject, token }
}

function readUnverified(token: string): VerifiedUser {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    return describeCaller(Object(claims) as Readonly<Record<string, unknown>>)
  } catch (cause) {
    throw refuse('The user token is not a JSON Web Token', cause)
  }
}

function refuse(message: string, cause?: unknown): HostError {
  return new HostError('ERR_UNAUTHENTICATED', message, { cause })
}
