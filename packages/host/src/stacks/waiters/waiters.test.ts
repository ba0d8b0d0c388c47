import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { silentLog } from '../../kernel/log.ts'
import { openStore } from '../../store/store.ts'
import type { TaskEnding } from './waiters.ts'
import { createWaiters } from './waiters.ts'

const SCOPE = { accountId: '000000000000', region: 'us-east-1' }
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:it'
const WAITER = {
  isCompleteArn: 'complete',
  onTimeoutArn: 'timeout',
  intervalSeconds: 0.01,
  maxAttempts: 2,
  backoffRate: 1,
}
const NOT_YET: TaskEnding = { kind: 'failed', errorType: 'Error', errorMessage: '{"a":1}' }

/** Waiters whose functions end like this, one after the other. */
async function world(endings: readonly TaskEnding[]) {
  const store = openStore(':memory:')
  const calls: string[] = []
  const { promise: whole, resolve } = Promise.withResolvers<readonly string[]>()
  const waiters = createWaiters({
    store,
    log: silentLog,
    async invokeTask(arn, input) {
      const ending = endings[calls.length] ?? { kind: 'returned' }
      calls.push(`${arn} ${input}`)
      if (calls.length === endings.length) setImmediate(() => resolve(calls))
      return ending
    },
  })
  await waiters.put(ARN, WAITER)
  return {
    waiters,
    whole,
    async [Symbol.asyncDispose]() {
      waiters[Symbol.dispose]()
      await store[Symbol.asyncDispose]()
    },
  }
}

test('it asks until the function returns', async ({ expect }) => {
  await using it = await world([NOT_YET, { kind: 'returned' }])
  const { executionArn } = await it.waiters.start(SCOPE, ARN, '{}')
  expect(executionArn).toMatch(/^arn:aws:states:us-east-1:000000000000:execution:it:[0-9a-f-]{36}$/)
  expect(await it.whole).toEqual(['complete {}', 'complete {}'])
})

test('when it never does, the other function hears the last error', async ({ expect }) => {
  await using it = await world([NOT_YET, NOT_YET, NOT_YET, { kind: 'returned' }])
  await it.waiters.start(SCOPE, ARN, '{}')
  const calls = await it.whole
  expect(calls.slice(0, 3)).toEqual(['complete {}', 'complete {}', 'complete {}'])
  expect(JSON.parse(calls[3]?.slice('timeout '.length) ?? '')).toEqual({
    Error: 'Error',
    Cause: '{"errorType":"Error","errorMessage":"{\\"a\\":1}"}',
  })
})

test('nobody starts what is not there, or not theirs', async ({ expect }) => {
  await using it = await world([])
  const elsewhere = { ...SCOPE, accountId: '111111111111' }
  await expect(it.waiters.start(elsewhere, ARN, '{}')).rejects.toThrow('Does Not Exist')
  await it.waiters.remove(ARN)
  await expect(it.waiters.start(SCOPE, ARN, '{}')).rejects.toThrow('Does Not Exist')
})

test('what runs ends with its state machine', async ({ expect }) => {
  await using it = await world([NOT_YET, { kind: 'returned' }])
  await it.waiters.start(SCOPE, ARN, '{}')
  await it.waiters.remove(ARN)
  const ended = await Promise.race([it.whole, delay(200, 'ended')])
  expect(ended).toBe('ended')
  await it.waiters.put(ARN, WAITER) // another one of that name does its work
  await it.waiters.start(SCOPE, ARN, '{}')
  expect(await it.whole).toHaveLength(2)
})
