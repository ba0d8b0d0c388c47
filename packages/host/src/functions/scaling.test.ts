import { test } from 'vitest'
import { countThrottled, Scaling, type QueueSnapshot } from './scaling.ts'

function queue(changes: Partial<QueueSnapshot>): QueueSnapshot {
  return { waitedMs: [], starting: 0, running: 1, isLate: false, ...changes }
}

/** A function whose calls have been like this. */
function callsOf(...durationsMs: readonly number[]): Scaling {
  const scaling = new Scaling()
  for (const durationMs of durationsMs) scaling.onEnded(durationMs)
  scaling.rest()
  return scaling
}

const waiting = (count: number, ms: number) => Array.from({ length: count }, () => ms)
const unknown = () => callsOf()
const medium = () => callsOf(5, 5, 5)
const long = () => callsOf(500)
const short = () => callsOf(...waiting(30, 0.1))

test.for([
  ['nobody waits', medium, queue({}), 0],
  ['they have not waited long', medium, queue({ waitedMs: waiting(5, 9) }), 0],
  ['they have', medium, queue({ waitedMs: waiting(5, 11), running: 5 }), 5],
  ['one is being started for each', medium, queue({ waitedMs: waiting(2, 50), starting: 2 }), 0],
  [
    'never more than double',
    medium,
    queue({ waitedMs: waiting(9, 50), running: 2, starting: 1 }),
    3,
  ],
  ['unless calls are long', long, queue({ waitedMs: waiting(9, 50) }), 9],
  ['nobody knows what calls are like', unknown, queue({ waitedMs: waiting(9, 50) }), 1],
  ['the host was too busy to look', medium, queue({ waitedMs: waiting(9, 50), isLate: true }), 0],
  [
    'the first is starting',
    medium,
    queue({ waitedMs: waiting(5, 200), running: 0, starting: 1 }),
    0,
  ],
  ['and takes long', medium, queue({ waitedMs: waiting(5, 300), running: 0, starting: 1 }), 1],
  ['nothing is alive', short, queue({ waitedMs: waiting(1, 0), running: 0 }), 1],
] as const)('more environments when %s', ([, calls, snapshot, count], { expect }) => {
  expect(calls().countMissing(snapshot)).toBe(count)
})

test('a queue that will soon be empty is left alone', ({ expect }) => {
  const scaling = medium()
  for (let index = 0; index < 2; index += 1) scaling.onEnded(5)
  expect(scaling.countMissing(queue({ waitedMs: waiting(10, 50) }))).toBe(0)
})

test('short calls wait for each other, but not for one that is unlike them', ({ expect }) => {
  const scaling = short()
  const snapshot = queue({ waitedMs: waiting(50, 60) })
  const whileSomeEnd = Array.from({ length: 10 }, () => {
    scaling.onEnded(0.1)
    return scaling.countMissing(snapshot)
  })
  expect(whileSomeEnd).toEqual(waiting(10, 0))
  const whileNoneEnds = Array.from({ length: 5 }, () => scaling.countMissing(snapshot))
  expect(whileNoneEnds).toEqual([0, 0, 0, 0, 1])
})

test('one call that takes long does not make the others long', ({ expect }) => {
  const scaling = short()
  scaling.onEnded(60_000)
  expect(scaling.hasShortCalls).toBe(true)
  for (let index = 0; index < 5; index += 1) scaling.onEnded(60_000)
  expect(scaling.hasShortCalls).toBe(false)
})

test('who waits for longer than a second is throttled, unless an environment is on its way', ({
  expect,
}) => {
  const waitedMs = [3_000, 2_000, 1_001, 999]
  expect(countThrottled(queue({ waitedMs }))).toBe(3)
  expect(countThrottled(queue({ waitedMs, starting: 1 }))).toBe(2)
})
