import { setImmediate as turn } from 'node:timers/promises'
import { test } from 'vitest'
import { mapInGroups } from './map-in-groups.ts'

test('everything is done in order, and not at once', async ({ expect }) => {
  let [running, most] = [0, 0]
  const items = Array.from({ length: 1_000 }, (_, index) => index)
  const doubled = await mapInGroups(items, async (item) => {
    running += 1
    most = Math.max(most, running)
    await turn()
    running -= 1
    return item * 2
  })
  expect(doubled).toEqual(items.map((item) => item * 2))
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThan(100)
})
