import { test } from 'vitest'
import { LogTail } from './log-tail.ts'

test('the tail is the end, and never more than 4 KB', ({ expect }) => {
  const tail = new LogTail()
  tail.append('first')
  expect(tail.read().toString()).toBe('first\n')
  for (let count = 0; count < 2_000; count += 1) tail.append(`é ${count}`)
  const bytes = tail.read()
  expect(bytes.length).toBe(4_096)
  expect(bytes.toString()).toMatch(/é 1998\né 1999\n$/)
})
