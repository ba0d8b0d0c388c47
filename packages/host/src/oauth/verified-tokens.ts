import type { Caller } from './caller.ts'

interface Entry {
  readonly caller: Caller
  readonly expiresAtMs: number
}

/** Tokens that passed, until they expire. Only good tokens enter, so a stranger cannot fill it. */
export interface VerifiedTokens {
  find(text: string, now: number): Caller | undefined
  add(text: string, entry: Entry): void
}

/** At most `maxEntries`; the one that came first leaves first, and is verified again if it returns. */
export function createVerifiedTokens(maxEntries: number): VerifiedTokens {
  const entries = new Map<string, Entry>()
  return {
    find(text, now) {
      const entry = entries.get(text)
      if (entry === undefined) return undefined
      if (now < entry.expiresAtMs) return entry.caller
      entries.delete(text)
      return undefined
    },
    add(text, entry) {
      entries.set(text, entry)
      if (entries.size <= maxEntries) return
      const [oldest] = entries.keys()
      if (oldest !== undefined) entries.delete(oldest)
    },
  }
}
