// Who may call, decided by a JSON Web Token (AgentCore developer guide, inbound authorization; RFC 7519;
// RFC 8725). The signature and the dates are checked first, so that nothing of the configuration shows
// to somebody without a token of the right issuer.
import type { Log } from '../kernel/log.ts'
import { describeCaller, type Caller } from './caller.ts'
import { checkClaims } from './check-claims.ts'
import {
  CLOCK_TOLERANCE_S,
  claimMismatch,
  MAX_TOKEN_CHARS,
  SIGNATURE_ALGORITHMS,
} from './compat.ts'
import type { CustomJwtAuthorizer } from './custom-jwt-authorizer.ts'
import { createIssuerKeys, type PublishedKeys } from './issuer-keys.ts'
import { OAuthRefusal } from './oauth-refusal.ts'
import { isBearer, parseBearer } from './parse-bearer.ts'
import { createVerifiedTokens } from './verified-tokens.ts'

export interface JwtAuthorizer {
  /** Takes the `Authorization` header. A token seen before answers at once, without a promise. */
  authorize(authorization: string | undefined): Caller | Promise<Caller>
  /** Loads what the first verification needs, for a start that has time to spare; never rejects. */
  prepare(): Promise<void>
  /** The scopes to ask for, under the names shown to clients. */
  readonly scopes: readonly string[]
  authorizationServers(): readonly string[]
}

export interface JwtAuthorizerOptions {
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Where an address that AWS would form is served here; the address itself when it is not. */
  readonly rewriteUrl?: (url: string) => string
  /** How the issuer's documents are fetched. */
  readonly readJson: (url: string) => Promise<unknown>
}

const WELL_KNOWN = '/.well-known/openid-configuration'
const MAX_VERIFIED_TOKENS = 1_000

/** After this a token is verified again, so that one signed by a withdrawn key does not live on. */
const MAX_TRUST_MS = 10 * 60_000

/** An authorizer for one configuration. It reads nothing until the first token comes. */
export function createJwtAuthorizer(
  config: CustomJwtAuthorizer,
  { log, now = Date.now, rewriteUrl = (url) => url, readJson }: JwtAuthorizerOptions,
): JwtAuthorizer {
  const discoveryUrl = () => rewriteUrl(config.discoveryUrl)
  const issuerKeys = createIssuerKeys({ discoveryUrl, rewriteUrl, now, log, readJson })
  const verified = createVerifiedTokens(MAX_VERIFIED_TOKENS)
  const verifying = new Map<string, Promise<Caller>>()

  const verify = async (authorization: string, token: string): Promise<Caller> => {
    const known = await issuerKeys.get().catch((cause: unknown) => {
      const message = 'The token cannot be verified: the keys of the issuer cannot be read.'
      throw new OAuthRefusal('invalid', message, { cause })
    })
    const claims =
      (await verifyToken(token, known, now)) ??
      (await verifyWithNewKeys(token, await issuerKeys.refresh(known), now))
    const caller = describeCaller(claims)
    checkClaims(caller, config)
    const expiresAtMs = Math.min(Number(claims['exp']) * 1_000, now() + MAX_TRUST_MS)
    verified.add(authorization, { caller, expiresAtMs })
    return caller
  }

  return {
    authorize(authorization) {
      const caller = authorization && verified.find(authorization, now())
      if (caller) return caller
      const token = readToken(authorization)
      const header = authorization ?? ''
      const running = verifying.get(header)
      if (running) return running
      const started = verify(header, token).finally(() => verifying.delete(header))
      verifying.set(header, started)
      return started
    },
    async prepare() {
      await Promise.all([import('jose/jwt/verify'), issuerKeys.get()]).catch(() => {}) // logged there
    },
    scopes: advertisedScopes(config),
    authorizationServers: () => [discoveryUrl().slice(0, -WELL_KNOWN.length)],
  }
}

function advertisedScopes({
  allowedScopes = [],
  advertisedScopeMapping = {},
}: CustomJwtAuthorizer) {
  return allowedScopes.map((scope) =>
    Object.hasOwn(advertisedScopeMapping, scope) ? (advertisedScopeMapping[scope] ?? scope) : scope,
  )
}

function readToken(authorization: string | undefined): string {
  if (authorization === undefined || !isBearer(authorization)) {
    throw new OAuthRefusal('missing', 'Missing Bearer token')
  }
  const token = authorization.length <= MAX_TOKEN_CHARS + 7 ? parseBearer(authorization) : undefined
  if (token === undefined) throw invalidToken()
  return token
}

/** The claims of a good token; undefined when it names a key that is not among `keys`. */
async function verifyToken(token: string, keys: PublishedKeys, now: () => number) {
  const { jwtVerify } = await import('jose/jwt/verify')
  try {
    const { payload } = await jwtVerify(token, keys.findKey, {
      algorithms: [...SIGNATURE_ALGORITHMS],
      issuer: keys.issuer,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(now()),
    })
    return payload
  } catch (error) {
    if (joseCode(error) === 'ERR_JWKS_NO_MATCHING_KEY') return undefined
    throw describeFailure(error)
  }
}

async function verifyWithNewKeys(
  token: string,
  keys: PublishedKeys | undefined,
  now: () => number,
) {
  const claims = keys && (await verifyToken(token, keys, now))
  if (claims) return claims
  throw invalidToken()
}

function describeFailure(error: unknown): OAuthRefusal {
  if (joseCode(error) === 'ERR_JWT_EXPIRED') {
    return new OAuthRefusal('invalid', 'The token has expired.', { cause: error })
  }
  if (joseCode(error) !== 'ERR_JWT_CLAIM_VALIDATION_FAILED') return invalidToken(error)
  const { claim } = error as { readonly claim?: unknown }
  return claim === 'iss'
    ? new OAuthRefusal('invalid', claimMismatch('iss'), { cause: error })
    : invalidToken(error)
}

function invalidToken(cause?: unknown): OAuthRefusal {
  return new OAuthRefusal('invalid', 'Invalid Bearer token', { cause })
}

/** jose's errors carry stable codes; comparing them spares loading its classes. */
function joseCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
