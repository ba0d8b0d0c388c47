import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { createKeyedTurns, createTurns } from './turns.ts'

test('work is done in the order it came, also after a failure', async ({ expect }) => {
  const inTurn = createTurns()
  const done: string[] = []
  const slow = inTurn(async () => {
    await delay(20)
    done.push('slow')
  })
  const failing = inTurn(() => Promise.reject(new Error('no')))
  const quick = inTurn(async () => void done.push('quick'))
  await expect(failing).rejects.toThrow('no')
  await Promise.all([slow, quick])
  expect(done).toEqual(['slow', 'quick'])
})

test('each key has turns of its own', async ({ expect }) => {
  const turns = createKeyedTurns()
  const done: string[] = []
  const work = (name: string, ms: number) => async () => {
    await delay(ms)
    done.push(name)
  }
  void turns.run('a', work('first of a', 30))
  void turns.run('a', work('second of a', 0))
  void turns.run('b', work('b', 0))
  await turns.settled()
  expect(done).toEqual(['b', 'first of a', 'second of a'])
})
