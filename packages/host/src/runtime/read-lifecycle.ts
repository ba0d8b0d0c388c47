import { HostError } from '../kernel/host-error.ts'

export interface Lifecycle {
  readonly idleRuntimeSessionTimeout: number
  readonly maxLifetime: number
}

const DEFAULT_IDLE_S = 900
const DEFAULT_LIFETIME_S = 28_800
/** The model allows 14 days, for capacity providers; without one it is 8 hours. */
const MAX_S = 28_800

/** Lifecycle settings with their defaults (AgentCore developer guide, Lifecycle settings). */
export function readLifecycle(
  given: {
    readonly idleRuntimeSessionTimeout?: number | undefined
    readonly maxLifetime?: number | undefined
  } = {},
): Lifecycle {
  const { maxLifetime = DEFAULT_LIFETIME_S } = given
  const { idleRuntimeSessionTimeout = Math.min(DEFAULT_IDLE_S, maxLifetime) } = given
  for (const [name, seconds] of Object.entries({ idleRuntimeSessionTimeout, maxLifetime })) {
    if (seconds > MAX_S) {
      throw new HostError('ERR_INVALID_INPUT', `${name} must be at most ${MAX_S} seconds`)
    }
  }
  checkLifecycle({ idleRuntimeSessionTimeout, maxLifetime })
  return { idleRuntimeSessionTimeout, maxLifetime }
}

export function checkLifecycle({ idleRuntimeSessionTimeout, maxLifetime }: Lifecycle): void {
  if (idleRuntimeSessionTimeout <= maxLifetime) return
  throw new HostError(
    'ERR_INVALID_INPUT',
    'idleRuntimeSessionTimeout must be less than or equal to maxLifetime',
  )
}
