/** A beat about every `intervalMs` while there is something to watch; nothing at all otherwise. */
export interface Pulse {
  /** Makes sure it beats. Cheap: called for every invocation. */
  wake(): void
  stop(): void
}

const QUIET_BEATS = 50

/**
 * One coarse timer for every deadline, so that an invocation need not set and clear a timer of its
 * own. `beat` says whether anything is still going on; `isLate` that the host itself was too busy
 * to beat in time, so that waiting says nothing about anyone else.
 */
export function createPulse(
  intervalMs: number,
  beat: (now: number, isLate: boolean) => boolean,
): Pulse {
  let timer: NodeJS.Timeout | undefined
  let previous = 0
  let quietBeats = 0

  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }
  const tick = () => {
    const now = performance.now()
    const isLate = now - previous > 3 * intervalMs
    previous = now
    quietBeats = beat(now, isLate) ? 0 : quietBeats + 1
    if (quietBeats > QUIET_BEATS) stop()
  }
  return {
    wake() {
      if (timer !== undefined) return
      previous = performance.now()
      quietBeats = 0
      timer = setInterval(tick, intervalMs)
      timer.unref()
    },
    stop,
  }
}
