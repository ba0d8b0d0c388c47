import { expect, test } from 'vitest'
import { settle } from './settle.ts'

const SETTLING = {
  status: 'status',
  settled: ['READY'],
  underWay: ['CREATING'],
  reasons: 'statusReasons',
}

/** Reads one state after the other, and then the last one again and again. */
function reading(...outputs: readonly Readonly<Record<string, unknown>>[]) {
  const left = [...outputs]
  return async () => (left.length > 1 ? left.shift() : left[0]) ?? {}
}

const never = new AbortController().signal

test('it waits until the resource is usable', async () => {
  const read = reading({ status: 'CREATING' }, { status: 'CREATING' }, { status: 'READY', id: 1 })
  expect(await settle(SETTLING, read, never)).toEqual({ status: 'READY', id: 1 })
})

test('a failure is told with its reasons', async () => {
  const failed = { status: 'FAILED', statusReasons: ['No server', 'No tools'] }
  await expect(settle(SETTLING, reading(failed), never)).rejects.toThrow(
    'It is FAILED: No server; No tools',
  )
  await expect(settle(SETTLING, reading({ status: 'FAILED' }), never)).rejects.toThrow(
    'It is FAILED',
  )
})

test('it stops when it is told to', async () => {
  const controller = new AbortController()
  const waiting = settle(SETTLING, reading({ status: 'CREATING' }), controller.signal)
  controller.abort()
  await expect(waiting).rejects.toThrow(/abort/i)
})
