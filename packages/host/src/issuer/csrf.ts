// Forms of our pages, and nobody else's (OWASP, cross-site request forgery). A page sets a cookie and
// carries the cookie's digest under a key of this process; a form that comes back must have both, and a
// browser that says where the form was must say: here.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { singleHeader } from '../http/exchange.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { formatCookie, readCookie } from './cookies.ts'

export interface Csrf {
  /** The token for a form, and the header that sets the cookie when the browser has none. */
  issue(request: IssuerRequest): { readonly token: string; readonly cookie?: string }
  isGood(request: IssuerRequest, token: string | undefined): boolean
}

const COOKIE = 'catamaran-form'
const COOKIE_VALUE = /^[\w-]{43}$/

export function createCsrf(isSecure: () => boolean): Csrf {
  const key = randomBytes(32)
  const tokenFor = (value: string) => createHmac('sha256', key).update(value).digest('base64url')
  const find = (request: IssuerRequest) => {
    const value = readCookie(request, COOKIE)
    return value !== undefined && COOKIE_VALUE.test(value) ? value : undefined
  }
  return {
    issue(request) {
      const known = find(request)
      if (known !== undefined) return { token: tokenFor(known) }
      const value = randomBytes(32).toString('base64url')
      return { token: tokenFor(value), cookie: formatCookie(COOKIE, value, isSecure()) }
    },
    isGood(request, token = '') {
      const value = find(request)
      if (value === undefined || !isSameOrigin(request)) return false
      const expected = Buffer.from(tokenFor(value))
      const given = Buffer.from(token)
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}

/** Every browser of today says so; what is no browser may leave it out. */
function isSameOrigin({ headers }: IssuerRequest): boolean {
  const site = singleHeader(headers['sec-fetch-site'])
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = headers
  return origin === undefined || URL.parse(origin)?.host === host
}
