// Passwords at rest: scrypt with 16 MiB and five passes, which OWASP's password storage guide holds
// equal to 128 MiB and one. It runs in Node's thread pool, two at a time: token signing shares the pool.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { HostError } from '../kernel/host-error.ts'

const COST = { N: 2 ** 14, r: 8, p: 5, maxmem: 64 * 1_024 * 1_024 } as const
const HASH_BYTES = 32
const MAX_AT_ONCE = 2
const MAX_WAITING = 64

const derive = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt)

/** A text that tells whether a password is the right one, and nothing else. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await deriveInTurn(password, salt)
  return `scrypt.${salt.toString('base64url')}.${hash.toString('base64url')}`
}

/** Takes as long for a user without a password as for one with another password. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, salt = '', hash = ''] = stored?.split('.') ?? []
  const expected = Buffer.from(hash, 'base64url')
  const actual = await deriveInTurn(password, Buffer.from(salt, 'base64url'))
  return expected.length === actual.length && timingSafeEqual(actual, expected)
}

let running = 0
const waiting: (() => void)[] = []

async function deriveInTurn(password: string, salt: Buffer): Promise<Buffer> {
  if (waiting.length >= MAX_WAITING) {
    throw new HostError('ERR_THROTTLED', 'Too many passwords are being checked; try again')
  }
  if (running >= MAX_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await derive(password.normalize('NFC'), salt, HASH_BYTES, COST)
  } finally {
    const next = waiting.shift()
    if (next === undefined) running--
    else next() // takes over the place, so the count stays
  }
}
