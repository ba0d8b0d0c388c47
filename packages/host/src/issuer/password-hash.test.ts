import { test } from 'vitest'
import { hashPassword, isPassword } from './password-hash.ts'

test('a hash knows its password, whatever way the characters are composed', async ({ expect }) => {
  const hash = await hashPassword('Käse-1234')
  expect(hash).toMatch(/^scrypt\.[\w-]{22}\.[\w-]{43}$/)
  expect(await isPassword('Käse-1234'.normalize('NFD'), hash)).toBe(true)
  expect(await isPassword('Kase-1234', hash)).toBe(false)
  expect(await hashPassword('Käse-1234')).not.toBe(hash)
})

test('without a hash no password is right, not even none', async ({ expect }) => {
  expect(await isPassword('', undefined)).toBe(false)
  expect(await isPassword('', 'scrypt..')).toBe(false)
})

test('a flood of passwords is turned away, and the next one is served', async ({ expect }) => {
  const results = await Promise.allSettled(Array.from({ length: 70 }, () => hashPassword('x')))
  const refused = results.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(4)
  expect(refused[0]).toMatchObject({ reason: { code: 'ERR_THROTTLED' } })
  await expect(hashPassword('x')).resolves.toBeTruthy()
})
