import type { GuardedAnswer } from '../http/guarded-fetch.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * A token endpoint's answer as RFC 6749 §5 has it, for the reader of a library that insists. Vendors
 * differ: GitHub refuses with 200; Slack names token types of its own; others write `null`, a list of
 * scopes or no token type. An id token is not ours to use, so it is not looked at either.
 */
export function evenTokenAnswer({ status, body }: GuardedAnswer): Response {
  const headers = { 'content-type': 'application/json' }
  const members = parseMembers(body)
  if (!members) return new Response('', { status: readableStatus(status), headers })
  const { access_token, refresh_token, expires_in, error } = members
  const isRefusal = status === 200 && typeof error === 'string' && typeof access_token !== 'string'
  const even = isText(access_token)
    ? {
        access_token,
        token_type: 'bearer',
        ...(isText(refresh_token) && { refresh_token }),
        ...(isLifetime(expires_in) && { expires_in: Number(expires_in) }),
      }
    : members
  const text = JSON.stringify(even)
  return new Response(text, { status: isRefusal ? 400 : readableStatus(status), headers })
}

/** Statuses that a Response cannot have, or not together with a body. */
function readableStatus(status: number): number {
  return status < 200 || status > 599 || [204, 205, 304].includes(status) ? 502 : status
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isLifetime(value: unknown): boolean {
  return (typeof value === 'number' || isText(value)) && Number(value) > 0
}

function parseMembers(body: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Members) : undefined
  } catch {
    return undefined // the caller says what it means that nothing can be read
  }
}
