import { SESSION_S } from './compat.ts'
import { formatCookie, readCookie } from './cookies.ts'
import type { IssuerRequest } from './issuer-request.ts'
import { createShortLived } from './short-lived.ts'

/** A person who signed in with this browser a short while ago. */
export interface BrowserSession {
  readonly sub: string
  readonly authTimeSeconds: number
}

export interface BrowserSessions {
  find(request: IssuerRequest): BrowserSession | undefined
  /** Returns the header that tells the browser. The name is new each time, so none can be planted. */
  start(session: BrowserSession): string
  /** Returns the header that makes the browser forget. */
  end(request: IssuerRequest): string
}

const COOKIE = 'catamaran-session'
const MAX_SESSIONS = 10_000

export function createBrowserSessions(isSecure: () => boolean, now: () => number): BrowserSessions {
  const sessions = createShortLived<BrowserSession>({
    lifetimeSeconds: SESSION_S,
    max: MAX_SESSIONS,
    now,
  })
  return {
    find: (request) => sessions.find(readCookie(request, COOKIE)),
    start: (session) => formatCookie(COOKIE, sessions.add(session), isSecure(), SESSION_S),
    end(request) {
      sessions.delete(readCookie(request, COOKIE))
      return formatCookie(COOKIE, '', isSecure(), 0)
    },
  }
}
