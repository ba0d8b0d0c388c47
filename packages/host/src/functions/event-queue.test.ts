import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { silentLog } from '../kernel/log.ts'
import { createEventQueue, type EventQueueOptions } from './event-queue.ts'
import type { InvocationOutcome } from './outcome.ts'

const RETURNED: InvocationOutcome = { kind: 'returned', payload: '1' }
const THREW: InvocationOutcome = { kind: 'threw', errorType: 'Error', errorMessage: 'no' }

function queueOf(
  outcomes: readonly (InvocationOutcome | Error)[],
  options: Partial<EventQueueOptions> = {},
) {
  const calls: string[] = []
  const done = Promise.withResolvers<void>()
  const queue = createEventQueue({
    async invoke(_arn, _payload, requestId) {
      calls.push(requestId)
      if (calls.length === outcomes.length) setTimeout(done.resolve, 20)
      const outcome = outcomes[calls.length - 1] ?? RETURNED
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    log: silentLog,
    retryDelaysMs: [1, 1],
    maxEvents: 2,
    maxBytes: 10,
    ...options,
  })
  return { queue, calls, done: done.promise }
}

test('a function that fails is tried twice more, with the same request id', async ({ expect }) => {
  const { queue, calls, done } = queueOf([THREW, THREW, THREW])
  await using _ = queue
  queue.add('arn', '{}', 'r')
  await done
  expect(calls).toEqual(['r', 'r', 'r'])
})

test('one that succeeds, or is gone, is not tried again', async ({ expect }) => {
  for (const outcome of [RETURNED, new Error('no such function')]) {
    const { queue, calls, done } = queueOf([outcome])
    await using _ = queue
    queue.add('arn', '{}')
    await done
    expect(calls).toHaveLength(1)
  }
})

test('too many events, or too much of them, are refused until there is room', async ({
  expect,
}) => {
  const gate = Promise.withResolvers<InvocationOutcome>()
  const { queue } = queueOf([], { invoke: () => gate.promise })
  await using _ = queue
  const throttled = expect.objectContaining({ code: 'ERR_THROTTLED' })
  expect(() => queue.add('arn', 'x'.repeat(11))).toThrow(throttled)
  queue.add('arn', '{}')
  queue.add('arn', '{}')
  expect(() => queue.add('arn', '{}')).toThrow(throttled)
  gate.resolve(RETURNED)
  await new Promise(setImmediate)
  queue.add('arn', '{}')
})

test('nothing runs after it was stopped', async ({ expect }) => {
  const { queue, calls } = queueOf([THREW], { retryDelaysMs: [100] })
  queue.add('arn', '{}')
  await new Promise(setImmediate)
  await queue[Symbol.asyncDispose]()
  await delay(200) // longer than the retry would have waited
  expect(calls).toHaveLength(1)
  expect(() => queue.add('arn', '{}')).toThrow('stopping')
})
