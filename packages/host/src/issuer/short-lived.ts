import { randomBytes } from 'node:crypto'

/** Things found by an unguessable name for a while: codes, sign-ins of browsers. In memory only. */
export interface ShortLived<T> {
  add(value: T): string
  find(name: string | undefined): T | undefined
  delete(name: string | undefined): void
}

/** Beyond `max`, the oldest goes. */
export function createShortLived<T>(options: {
  readonly lifetimeSeconds: number
  readonly max: number
  readonly now: () => number
}): ShortLived<T> {
  const { lifetimeSeconds, max, now } = options
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>()
  return {
    add(value) {
      // All live equally long, so the oldest stand first.
      for (const [name, { expiresAt }] of entries) {
        if (expiresAt > now() && entries.size < max) break
        entries.delete(name)
      }
      const name = randomBytes(32).toString('base64url')
      entries.set(name, { value, expiresAt: now() + lifetimeSeconds * 1_000 })
      return name
    },
    find(name = '') {
      const entry = entries.get(name)
      return entry !== undefined && entry.expiresAt > now() ? entry.value : undefined
    },
    delete: (name = '') => void entries.delete(name),
  }
}
