import fc from 'fast-check'
import { test } from 'vitest'
import { parseWaiter, waitBefore } from './waiter-definition.ts'

const task = (Resource: string, more: object) => ({ End: true, Type: 'Task', Resource, ...more })

/** As aws-cdk-lib writes it. */
const WAITER = {
  StartAt: 'framework-isComplete-task',
  States: {
    'framework-isComplete-task': task('arn:complete', {
      Retry: [
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 360, BackoffRate: 1 },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'framework-onTimeout-task' }],
    }),
    'framework-onTimeout-task': task('arn:timeout', {}),
  },
}

test('the definition of the provider framework is read', ({ expect }) => {
  expect(parseWaiter(JSON.stringify(WAITER))).toEqual({
    isCompleteArn: 'arn:complete',
    onTimeoutArn: 'arn:timeout',
    intervalSeconds: 5,
    maxAttempts: 360,
    backoffRate: 1,
  })
})

test('any other is none', ({ expect }) => {
  const more = { ...WAITER, States: { ...WAITER.States, third: task('arn:x', {}) } }
  const pass = { StartAt: 'a', States: { a: { Type: 'Pass', End: true } } }
  for (const other of [more, pass, {}, [], 'text']) {
    expect(parseWaiter(JSON.stringify(other))).toBeUndefined()
  }
})

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseWaiter(text)))
})

test('waits grow, and never beyond what a timer takes', ({ expect }) => {
  const waiter = { isCompleteArn: 'a', onTimeoutArn: 'b', intervalSeconds: 86_400, maxAttempts: 9 }
  const waits = (backoffRate: number) =>
    [0, 1, 9].map((it) => waitBefore({ ...waiter, backoffRate }, it))
  expect(waits(1)).toEqual([86_400_000, 86_400_000, 86_400_000])
  expect(waits(2)).toEqual([86_400_000, 172_800_000, 2_147_483_647])
  expect(waits(1_000)).toEqual([86_400_000, 2_147_483_647, 2_147_483_647])
})
