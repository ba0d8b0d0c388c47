import { test } from 'vitest'
import { createRecentKeys } from './recent-keys.ts'

test('only the newest keys are remembered', ({ expect }) => {
  const keys = createRecentKeys(2)
  for (const key of ['a', 'b', 'b', 'c']) keys.add(key)
  expect(['a', 'b', 'c'].map((key) => keys.has(key))).toEqual([false, true, true])
})
