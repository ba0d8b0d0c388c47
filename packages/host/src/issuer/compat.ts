// What Cognito's documents leave open, and what we do. One place to change.
import type { Answer } from '../http/exchange.ts'
import { jsonAnswer } from '../http/exchange.ts'

/** An unknown client and a wrong secret are both `invalid_client`; this text was seen for the latter. */
export const WRONG_SECRET = 'invalid_client_secret'

/** `resource` that is not an absolute URI without a fragment (RFC 8707 §2). Assumed. */
export const BAD_RESOURCE = 'invalid_request'

/** Longest `resource` that becomes an audience. Assumed. */
export const MAX_RESOURCE_CHARS = 2_048

/** Secrets of one client at a time. Assumed. */
export const MAX_SECRETS = 2

/** Quotas of the developer guide: app clients and resource servers per pool, pools per account. */
export const MAX_CLIENTS = 1_000
export const MAX_RESOURCE_SERVERS = 25
export const MAX_POOLS = 1_000

/** How long a sign-in lasts in the browser (developer guide, managed login: one hour). */
export const SESSION_S = 3_600

/** How long an authorization code waits for its client (developer guide, authorize endpoint). */
export const CODE_S = 300

/** Any method but POST on the token endpoint. Assumed. */
export function answerMethodNotAllowed(allow: string): Answer {
  return jsonAnswer(405, { error: 'invalid_request' }, { allow, 'cache-control': 'no-store' })
}

/** More token requests at once than we sign. Assumed after other services' throttling. */
export function answerTooMany(): Answer {
  const headers = { 'cache-control': 'no-store', 'retry-after': '1' }
  return jsonAnswer(429, { error: 'too_many_requests' }, headers)
}
