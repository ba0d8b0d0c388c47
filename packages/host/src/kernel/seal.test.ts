import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { loadSealer } from './seal.ts'

const KEY = Buffer.alloc(32, 7).toString('base64')

async function tempDir() {
  const path = await mkdtemp(join(tmpdir(), 'catamaran-seal-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

test('what is sealed opens again, and looks different each time', async ({ expect }) => {
  const sealer = await loadSealer({ key: KEY })
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
      const sealed = sealer.seal(plain, context)
      expect(sealer.open(sealed, context)).toBe(plain)
      expect(sealer.seal(plain, context)).not.toBe(sealed)
    }),
    { numRuns: 50 },
  )
})

test('a text that is changed anywhere does not open', async ({ expect }) => {
  const sealer = await loadSealer({ key: KEY })
  const sealed = sealer.seal('swordfish')
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    expect(() => sealer.open(changed)).toThrow(
      expect.objectContaining({ name: 'HostError', code: 'ERR_CONFLICT' }),
    )
  }
})

test('no text makes open fail with anything but its own refusal', async ({ expect }) => {
  const sealer = await loadSealer({ key: KEY })
  const text = fc.oneof(
    fc.string(),
    fc.base64String({ maxLength: 300 }).map((it) => `v1.${it}`),
  )
  fc.assert(
    fc.property(text, (it) => {
      expect(() => sealer.open(it)).toThrow(expect.objectContaining({ name: 'HostError' }))
    }),
  )
})

test('a value opens neither in another context nor under another master key', async ({
  expect,
}) => {
  const sealer = await loadSealer({ key: KEY })
  const other = await loadSealer({ key: 'ab'.repeat(32) })
  const sealed = sealer.seal('swordfish', 'client/a')
  expect(() => sealer.open(sealed, 'client/b')).toThrow(/was changed/)
  expect(() => sealer.open(sealed)).toThrow(/was changed/)
  expect(() => other.open(sealed, 'client/a')).toThrow(/another master key/)
})

test('a missing key file is made once, for its owner only', async ({ expect }) => {
  await using dir = await tempDir()
  const file = join(dir.path, 'data', 'master.key')
  const sealers = await Promise.all(Array.from({ length: 8 }, () => loadSealer(file)))
  const sealed = sealers.map((sealer, index) => sealer.seal(String(index)))
  const again = await loadSealer(file)
  expect(sealed.map((text) => again.open(text))).toEqual(sealed.map((_, index) => String(index)))
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(dir.path, 'data'))).toEqual(['master.key'])
  expect(await readFile(file, 'utf8')).toMatch(/^[\w+/]{43}=\n$/)
})

test('a key file that others can read, or that holds no key, is refused', async ({ expect }) => {
  await using dir = await tempDir()
  const file = join(dir.path, 'master.key')
  await writeFile(file, KEY, { mode: 0o600 })
  await chmod(file, 0o640)
  await expect(loadSealer(file)).rejects.toThrow(/can be read by others/)
  await chmod(file, 0o600)
  await writeFile(file, 'hunter2')
  await expect(loadSealer(file)).rejects.toThrow(/must hold 32 bytes/)
  await expect(loadSealer({ key: '' })).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})
