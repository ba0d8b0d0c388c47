import { test } from 'vitest'
import { countMissing, countThrottled, type QueueSnapshot } from './scaling.ts'

/** A queue whose calls are neither known to be short nor long. */
function queue(changes: Partial<QueueSnapshot>): QueueSnapshot {
  return { waitedMs: [], starting: 0, running: 1, ended: 0, averageMs: 5, ...changes }
}

const waiting = (count: number, ms: number) => Array.from({ length: count }, () => ms)

test.for([
  ['nobody waits', queue({}), 0],
  ['they have not waited long', queue({ waitedMs: waiting(5, 9) }), 0],
  ['they have', queue({ waitedMs: waiting(5, 11), running: 5 }), 5],
  ['one is being started for each', queue({ waitedMs: waiting(2, 50), starting: 2 }), 0],
  ['the queue will soon be empty', queue({ waitedMs: waiting(10, 50), ended: 2 }), 0],
  ['never more than double', queue({ waitedMs: waiting(10, 50), running: 2, starting: 1 }), 3],
  ['unless calls are long', queue({ waitedMs: waiting(10, 50), averageMs: 500 }), 10],
  [
    'calls are short, and the machine is busy',
    queue({ waitedMs: waiting(5, 240), averageMs: 0.1 }),
    0,
  ],
  ['calls are short, and one is not', queue({ waitedMs: waiting(5, 260), averageMs: 0.1 }), 1],
  [
    'the first one is still starting',
    queue({ waitedMs: waiting(5, 200), running: 0, starting: 1 }),
    0,
  ],
  ['and takes long', queue({ waitedMs: waiting(5, 300), running: 0, starting: 1 }), 1],
  ['nothing is alive', queue({ waitedMs: waiting(1, 0), running: 0 }), 1],
] as const)('more environments when %s', ([, snapshot, count], { expect }) => {
  expect(countMissing(snapshot)).toBe(count)
})

test('who waits for longer than a second is throttled, unless an environment is on its way', ({
  expect,
}) => {
  const waitedMs = [3_000, 2_000, 1_001, 999]
  expect(countThrottled(queue({ waitedMs }))).toBe(3)
  expect(countThrottled(queue({ waitedMs, starting: 1 }))).toBe(2)
})
