import { test } from 'vitest'
import { createSignInThrottle } from './sign-in-throttle.ts'

test('five wrong passwords are free, then each one locks twice as long', ({ expect }) => {
  const clock = { now: 0 }
  const throttle = createSignInThrottle(() => clock.now)
  for (let attempt = 0; attempt < 4; attempt++) throttle.failed('ada')
  expect(throttle.isLocked('ada')).toBe(false)
  const locks: number[] = []
  for (let attempt = 0; attempt < 12; attempt++) {
    throttle.failed('ada')
    const start = clock.now
    while (throttle.isLocked('ada')) clock.now += 1_000
    locks.push((clock.now - start) / 1_000)
  }
  expect(locks).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  expect(throttle.isLocked('bob')).toBe(false)
  throttle.succeeded('ada')
  throttle.failed('ada')
  expect(throttle.isLocked('ada')).toBe(false)
})

test('a name is forgotten after an hour, and names are not remembered without end', ({
  expect,
}) => {
  const clock = { now: 0 }
  const throttle = createSignInThrottle(() => clock.now)
  for (let attempt = 0; attempt < 5; attempt++) throttle.failed('ada')
  expect(throttle.isLocked('ada')).toBe(true)
  clock.now += 3_600_001
  throttle.failed('ada')
  expect(throttle.isLocked('ada')).toBe(false)
  for (let attempt = 0; attempt < 5; attempt++) throttle.failed('bob')
  for (let name = 0; name < 10_000; name++) throttle.failed(`guess-${name}`)
  expect(throttle.isLocked('bob')).toBe(false)
})
