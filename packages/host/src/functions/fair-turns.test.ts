import { test } from 'vitest'
import { createFairTurns } from './fair-turns.ts'

test('who asks for much does not keep the others waiting, and a failure stops nobody', async ({
  expect,
}) => {
  const inTurn = createFairTurns()
  const done: string[] = []
  const ask = (owner: string, name: string) =>
    inTurn(owner, async () => {
      done.push(name)
      if (name === 'a2') throw new Error(name)
      return name
    })
  const asked = [ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1'), ask('c', 'c1')]
  const settled = await Promise.allSettled(asked)
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3'])
  expect(settled.map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
  ])
  expect(await ask('a', 'a4')).toBe('a4')
})
