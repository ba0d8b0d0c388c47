import { test } from 'vitest'
import { Invocation } from './invocation.ts'
import { ReadAhead } from './read-ahead.ts'

function invocation(requestId: string): Invocation {
  return new Invocation(
    { requestId },
    '{}',
    () => {},
    () => {},
  )
}

test('invocations are begun in the order they were sent', ({ expect }) => {
  const ahead = new ReadAhead()
  const [first, second] = [invocation('1'), invocation('2')]
  ahead.add(first)
  ahead.add(second)
  expect([ahead.shift(), ahead.shift(), ahead.shift()]).toEqual([first, second, undefined])
})

test('what was taken back is never begun, and forgotten once it was declined', ({ expect }) => {
  const ahead = new ReadAhead()
  const [first, second] = [invocation('1'), invocation('2')]
  ahead.add(first)
  ahead.add(second)
  second.leaseEndsAt += 1_000
  const later = first.leaseEndsAt + 100
  expect(ahead.hasExpired(first.leaseEndsAt)).toBe(false)
  expect(ahead.hasExpired(later)).toBe(true)
  expect(ahead.takeBackExpired(later)).toEqual([first])
  expect(ahead.shift()).toBeUndefined()
  expect(ahead.length).toBe(2)
  ahead.forgetDeclined()
  expect(ahead.shift()).toBe(second)
})

test('nothing is sent behind an invocation that already takes long, nor more than a few', ({
  expect,
}) => {
  const ahead = new ReadAhead()
  expect([ahead.accepts(0, 1), ahead.accepts(0, 5)]).toEqual([true, false])
  for (let index = 0; ahead.accepts(0, 1); index += 1) ahead.add(invocation(String(index)))
  expect(ahead.length).toBe(16)
  expect(ahead.takeBackAll()).toHaveLength(16)
  expect(ahead.length).toBe(0)
})
