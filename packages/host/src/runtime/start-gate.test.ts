import { test } from 'vitest'
import { createStartGate } from './start-gate.ts'

test('starts beyond the limit wait, also when one fails', async ({ expect }) => {
  const inTurn = createStartGate(2)
  let running = 0
  let most = 0
  const starts = Array.from({ length: 9 }, (_, at) =>
    inTurn(async () => {
      most = Math.max(most, (running += 1))
      await new Promise<void>((resolve) => setImmediate(resolve))
      running -= 1
      if (at === 3) throw new Error('no')
      return at
    }),
  )
  const results = await Promise.allSettled(starts)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
  expect([most, running]).toEqual([2, 0])
})
