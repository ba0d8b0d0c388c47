/**
 * Milliseconds on a clock that every process of this machine reads alike: the system's monotonic
 * clock. `performance.now()` counts from the process's own start, and the difference cannot be
 * measured exactly: a process may be interrupted between the two readings.
 */
export function sharedNow(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
