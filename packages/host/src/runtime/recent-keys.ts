/** Remembers the newest `max` keys; older ones are forgotten. */
export interface RecentKeys {
  add(key: string): void
  has(key: string): boolean
}

export function createRecentKeys(max: number): RecentKeys {
  const keys = new Set<string>() // oldest first
  return {
    add(key) {
      keys.add(key)
      const [oldest] = keys
      if (keys.size > max && oldest !== undefined) keys.delete(oldest)
    },
    has: (key) => keys.has(key),
  }
}
