import { test } from 'vitest'
import { describeFunctionError } from './function-error.ts'

const thrown = {
  kind: 'threw',
  errorType: 'ValueError',
  errorMessage: 'no',
  stackTrace: ['line'],
} as const

test('an error has the members, in their order, of its runtime’s client', ({ expect }) => {
  const text = (runtime: string) =>
    JSON.stringify(describeFunctionError(thrown, { requestId: 'r', runtime }))
  expect(text('nodejs24.x')).toBe('{"errorType":"ValueError","errorMessage":"no","trace":["line"]}')
  expect(text('python3.13')).toBe(
    '{"errorMessage":"no","errorType":"ValueError","requestId":"r","stackTrace":["line"]}',
  )
  expect(text('provided.al2023')).toBe(
    '{"errorMessage":"no","errorType":"ValueError","stackTrace":["line"]}',
  )
})

test('what the platform ended names the request', ({ expect }) => {
  const invocation = { requestId: 'r', runtime: 'nodejs24.x' }
  expect(describeFunctionError({ kind: 'timed-out', limitMs: 3_000 }, invocation)).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: 'RequestId: r Error: Task timed out after 3.00 seconds',
  })
  const left = { kind: 'exited', exitCode: 0, signal: null } as const
  expect(describeFunctionError(left, invocation)).toMatchObject({
    errorMessage: 'RequestId: r Error: Runtime exited without providing a reason',
  })
  const killed = { kind: 'exited', exitCode: null, signal: 'SIGKILL' } as const
  expect(describeFunctionError(killed, invocation)).toMatchObject({
    errorMessage: 'RequestId: r Error: Runtime exited with error: signal: SIGKILL',
  })
})
