/** Something that can give up an execution environment it does not need at the moment. */
export interface Tenant {
  readonly aliveCount: number
  /** Since when its longest idle environment waits; undefined when none is idle. */
  readonly oldestIdleSince: number | undefined
  giveUpIdle(): void
}

/** How many execution environments run at once: of the host, or of one function. */
export interface Capacity {
  readonly limit: number
  /** Whether one more may start. Where it is full, the environment that was idle longest is ended. */
  hasRoom(): boolean
}

/** Counts the environments of `tenants` against a limit, which may change. */
export function createCapacity(limit: () => number, tenants: () => Iterable<Tenant>): Capacity {
  return {
    get limit() {
      return limit()
    },
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
      const allowed = limit()
      if (alive < allowed) return true
      if (allowed === 0) return false
      longestIdle?.giveUpIdle()
      return longestIdle !== undefined
    },
  }
}

/** Room where both have room: a function's reservation within the host's own limit. */
export function withinBoth(inner: Capacity, outer: Capacity): Capacity {
  return {
    get limit() {
      return Math.min(inner.limit, outer.limit)
    },
    hasRoom: () => inner.hasRoom() && outer.hasRoom(),
  }
}
