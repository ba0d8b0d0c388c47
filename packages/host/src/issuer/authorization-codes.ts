import type { AuthorizeRequest } from './authorize-request.ts'
import { CODE_S } from './compat.ts'
import { createShortLived } from './short-lived.ts'

/** What a person allowed an application; the code that says so is good once. */
export interface CodeGrant extends Pick<
  AuthorizeRequest,
  'redirectUri' | 'scopes' | 'nonce' | 'codeChallenge' | 'resource'
> {
  readonly clientId: string
  readonly sub: string
  readonly authTimeSeconds: number
}

export interface AuthorizationCodes {
  issue(grant: CodeGrant): string
  /** What the code allows, to the client it was made for; no second time. */
  redeem(code: string, clientId: string): RedeemedCode | undefined
}

export interface RedeemedCode {
  readonly grant: CodeGrant
  /** Remembers what came of the code, for the case that it is shown again. */
  remember(origin: string): void
  /** Shown for the second time: whatever came of the first must end (RFC 6749 §4.1.2). */
  readonly isReplayed: boolean
  readonly origin: string | undefined
}

/** More sign-ins than this at once, and the oldest have to begin again. */
const MAX_CODES = 10_000

/** Codes live in memory: a restart ends sign-ins that are under way, nothing more. */
export function createAuthorizationCodes(now: () => number): AuthorizationCodes {
  interface Entry {
    readonly grant: CodeGrant
    isUsed: boolean
    origin: string | undefined
  }
  const codes = createShortLived<Entry>({ lifetimeSeconds: CODE_S, max: MAX_CODES, now })
  return {
    issue: (grant) => codes.add({ grant, isUsed: false, origin: undefined }),
    redeem(code, clientId) {
      const entry = codes.find(code)
      if (entry === undefined || entry.grant.clientId !== clientId) return undefined
      const isReplayed = entry.isUsed
      entry.isUsed = true
      return {
        grant: entry.grant,
        remember: (origin) => void (entry.origin = origin),
        isReplayed,
        origin: entry.origin,
      }
    },
  }
}
