// Guessing passwords (developer guide, lockout behaviour): five wrong ones are free, then the user name
// is locked for a second, and twice as long after each further one, up to a quarter of an hour.

export interface SignInThrottle {
  isLocked(username: string): boolean
  failed(username: string): void
  succeeded(username: string): void
}

const FREE_ATTEMPTS = 5
const MAX_LOCK_MS = 15 * 60_000
/** A name is forgotten when nobody tried it for so long. */
const MEMORY_MS = 60 * 60_000
const MAX_NAMES = 10_000

export function createSignInThrottle(now: () => number): SignInThrottle {
  const failures = new Map<string, { count: number; lockedUntil: number; lastAt: number }>()
  return {
    isLocked: (username) => (failures.get(username)?.lockedUntil ?? 0) > now(),
    failed(username) {
      const known = failures.get(username)
      const isFresh = known === undefined || known.lastAt + MEMORY_MS < now()
      const count = isFresh ? 1 : known.count + 1
      const over = count - FREE_ATTEMPTS
      const lockMs = over < 0 ? 0 : Math.min(1_000 * 2 ** over, MAX_LOCK_MS)
      failures.delete(username) // the map is in the order of the last attempt
      failures.set(username, { count, lockedUntil: now() + lockMs, lastAt: now() })
      for (const name of failures.keys()) {
        if (failures.size <= MAX_NAMES) break
        failures.delete(name)
      }
    },
    succeeded: (username) => void failures.delete(username),
  }
}
