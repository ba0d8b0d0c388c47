/** Something that can give up an execution environment it does not need at the moment. */
export interface Tenant {
  readonly aliveCount: number
  /** Since when its longest idle environment waits; undefined when none is idle. */
  readonly oldestIdleSince: number | undefined
  giveUpIdle(): void
}

/** How many execution environments the host runs at once, all functions together. */
export interface Capacity {
  /** Whether one more may start. A full host first ends the environment that was idle longest. */
  hasRoom(): boolean
}

/** Counts the environments of `tenants` against `limit`. */
export function createCapacity(limit: number, tenants: () => Iterable<Tenant>): Capacity {
  return {
    hasRoom() {
      let alive = 0
      let longestIdle: Tenant | undefined
      for (const tenant of tenants()) {
        alive += tenant.aliveCount
        const since = tenant.oldestIdleSince
        if (since !== undefined && since < (longestIdle?.oldestIdleSince ?? Infinity)) {
          longestIdle = tenant
        }
      }
      if (alive < limit) return true
      longestIdle?.giveUpIdle()
      return longestIdle !== undefined
    },
  }
}
