import type { Duplex } from 'node:stream'

/**
 * Joins two connections byte for byte until both directions have ended, or one side breaks off. An end
 * is passed on as an end, so that a client that has said everything can still be answered.
 */
export function splice(a: Duplex, b: Duplex): void {
  const breakOff = () => {
    a.destroy()
    b.destroy()
  }
  if (a.destroyed || b.destroyed) return breakOff() // its `close` is past, and will not come again
  for (const side of [a, b]) {
    side.on('error', breakOff)
    side.once('close', () => {
      // What the other side has not been given yet may still be on its way to it.
      if (!side.readableEnded || !side.writableFinished) breakOff()
    })
  }
  a.pipe(b)
  b.pipe(a)
}
