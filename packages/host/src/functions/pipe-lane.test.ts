import { tmpdir } from 'node:os'
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { test } from 'vitest'
import type { RunningChild } from '../process/child.ts'
import type { LaneEvents } from './lane.ts'
import { PipeLane } from './pipe-lane.ts'

/** A lane whose process is the two ends of its pipes. */
function openLane() {
  const heard: unknown[][] = []
  const events = new Proxy({} as LaneEvents, {
    get:
      (_, name) =>
      (...values: unknown[]) =>
        void heard.push([name, ...values]),
  })
  const [toChild, fromChild] = [new PassThrough(), new PassThrough()]
  const stdio = [null, null, null, toChild, fromChild]
  const lane = new PipeLane(events, tmpdir())
  lane.attach({ process: Object.assign(new EventEmitter(), { stdio }) } as unknown as RunningChild)
  return { lane, heard, fromChild }
}

test('an answer may arrive in any pieces', async ({ expect }) => {
  const { lane, heard, fromChild } = openLane()
  const bytes = Buffer.from('I\nR1500 {"text":"Grüße 🌍"}\n1"out\\n"\n')
  for (const byte of bytes.subarray(0, -1)) fromChild.write(Buffer.of(byte))
  await new Promise(setImmediate)
  expect(lane.isMidAnswer).toBe(true)
  fromChild.write(bytes.subarray(-1))
  await new Promise(setImmediate)
  expect(lane.isMidAnswer).toBe(false)
  expect(heard).toEqual([
    ['onReady', undefined],
    ['onNext'],
    ['onAnswer', { kind: 'returned', payload: '{"text":"Grüße 🌍"}' }, 1.5],
    ['onNext'],
    ['onOutput', 'out\n', 'stdout', true],
  ])
})

test('whatever a process writes is an event or nonsense, never an exception', async ({
  expect,
}) => {
  const line = fc
    .tuple(
      fc.constantFrom('I', 'X', 'R', 'S', 'T', 'F', 'L', 'D', '1', '2', '3', '4', 'Z', ''),
      fc.string(),
    )
    .map((it) => it.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (lines) => {
      const { heard, fromChild } = openLane()
      fromChild.write(lines.map((it) => `${it.replaceAll('\n', ' ')}\n`).join(''))
      await new Promise(setImmediate)
      expect(heard.length).toBeGreaterThanOrEqual(lines.length)
    }),
    { numRuns: 200 },
  )
})
