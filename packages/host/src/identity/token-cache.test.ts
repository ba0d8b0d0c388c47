import { test } from 'vitest'
import { createTokenCache } from './token-cache.ts'

test('a failure is not kept, and everybody who waited hears of it', async ({ expect }) => {
  const cache = createTokenCache({ now: () => 0, marginMs: 10 })
  let calls = 0
  const fail = async () => {
    calls += 1
    throw new Error('down')
  }
  const both = await Promise.allSettled([cache.get('key', fail), cache.get('key', fail)])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(calls).toBe(1)
  const token = { accessToken: 'token', expiresAtMs: 100 }
  expect(await cache.get('key', async () => token)).toBe(token)
  expect(await cache.get('key', fail)).toBe(token)
})

test('the oldest token gives way when there are too many', async ({ expect }) => {
  const cache = createTokenCache({ now: () => 0, marginMs: 0, maxTokens: 2 })
  let calls = 0
  const get = (key: string) =>
    cache.get(key, async () => ({ accessToken: `${key}${(calls += 1)}`, expiresAtMs: 100 }))
  for (const key of ['a', 'b', 'c', 'b', 'c']) await get(key)
  expect(calls).toBe(3)
  expect((await get('a')).accessToken).toBe('a4')
})
