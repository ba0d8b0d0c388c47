import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { zipOf, type ZipEntry } from '../../test/support/zip.ts'
import { HostError } from '../kernel/host-error.ts'
import { unpackZip } from './unpack-zip.ts'

const LIMITS = { maxUnpackedBytes: 1_000_000 }

async function unpack(entries: readonly ZipEntry[] | Buffer, limits = LIMITS) {
  const folder = await temporaryFolder()
  const bytes = Buffer.isBuffer(entries) ? entries : zipOf(entries)
  try {
    await unpackZip(bytes, folder.path, limits)
  } catch (error) {
    await folder[Symbol.asyncDispose]()
    throw error
  }
  return folder
}

test('files and folders come out as they went in, with the executable bit', async ({ expect }) => {
  await using folder = await unpack([
    { name: 'lib/', mode: 0o040_755 },
    { name: 'lib/a.txt', content: 'a'.repeat(100_000) },
    { name: './lib/deep/er/b.txt', content: 'b', isStored: true },
    { name: 'bootstrap', content: '#!/bin/sh\n', mode: 0o100_755 },
    { name: 'ünïcode.txt', content: '' },
  ])
  expect((await readdir(folder.path, { recursive: true })).sort()).toEqual([
    'bootstrap',
    'lib',
    'lib/a.txt',
    'lib/deep',
    'lib/deep/er',
    'lib/deep/er/b.txt',
    'ünïcode.txt',
  ])
  expect(await readFile(join(folder.path, 'lib/a.txt'), 'utf8')).toBe('a'.repeat(100_000))
  expect((await stat(join(folder.path, 'bootstrap'))).mode & 0o777).toBe(0o555)
  expect((await stat(join(folder.path, 'lib/a.txt'))).mode & 0o777).toBe(0o444)
})

const REFUSED: Readonly<Record<string, readonly [readonly ZipEntry[], RegExp]>> = {
  'a path out of the folder': [[{ name: '../evil' }], /relative path|leaves the folder/],
  'a path that turns back': [[{ name: 'a/../../evil' }], /relative path|leaves the folder/],
  'an absolute path': [[{ name: '/etc/passwd' }], /absolute/],
  'a drive letter': [[{ name: 'C:/evil' }], /absolute/],
  'a backslash': [[{ name: '..\\evil' }], /invalid characters|backslash/],
  'a NUL': [[{ name: 'a\0b' }], /control characters/],
  'an empty part': [[{ name: 'a//b' }], /empty part/],
  'an empty name': [[{ name: '' }], /names nothing/],
  'a part that is too long': [[{ name: 'x'.repeat(256) }], /too long/],
  'the same name twice': [[{ name: 'a' }, { name: 'a' }], /two of its entries/],
  'names that differ in case': [[{ name: 'a/B' }, { name: 'A/b' }], /two of its entries/],
  'a file that is also a folder': [[{ name: 'a' }, { name: 'a/b' }], /two of its entries/],
  'a symbolic link': [[{ name: 'a', content: '/etc', mode: 0o120_777 }], /neither a file nor/],
  'a device': [[{ name: 'a', mode: 0o020_666 }], /neither a file nor/],
  'a folder that says it is a link': [[{ name: 'a/', mode: 0o120_777 }], /neither a file nor/],
  'an encrypted entry': [[{ name: 'a', content: 'x', flags: 0x801 }], /encrypted/],
  'a wrong checksum': [[{ name: 'a', content: 'x', claims: { crc32: 1 } }], /checksum/],
  'more bytes than it says': [
    [{ name: 'a', content: 'xxxx', claims: { uncompressedSize: 2 } }],
    /another size/,
  ],
  'entries that share their bytes': [
    [
      { name: 'a', content: 'x' },
      { name: 'b', content: 'x', sharesBytesOf: 0 },
    ],
    /overlap/,
  ],
  'no files': [[{ name: 'a/', mode: 0o040_755 }], /no files/],
  nothing: [[], /no files/],
}

for (const [what, [entries, message]] of Object.entries(REFUSED)) {
  test(`${what} is refused`, async ({ expect }) => {
    await expect(unpack(entries)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      message: expect.stringMatching(message),
    })
  })
}

test('nothing is written before every name was looked at', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const bytes = zipOf([{ name: 'good', content: 'x' }, { name: '../bad' }])
  await expect(unpackZip(bytes, folder.path, LIMITS)).rejects.toThrow('cannot be unpacked')
  expect(await readdir(folder.path)).toEqual([])
})

test('more than is allowed is refused, whatever the archive says', async ({ expect }) => {
  const zeros = { name: 'zeros', content: new Uint8Array(2_000_000) }
  const tooLarge = { code: 'ERR_LIMIT_EXCEEDED' }
  await expect(unpack([zeros])).rejects.toMatchObject(tooLarge)
  const many = Array.from({ length: 20 }, (_, index) => ({ name: String(index) }))
  await expect(unpack(many, { ...LIMITS, maxEntries: 10 } as never)).rejects.toMatchObject(tooLarge)
  const deep = [{ name: `${'a/'.repeat(10)}b` }]
  await expect(unpack(deep, { ...LIMITS, maxEntries: 10 } as never)).rejects.toMatchObject(tooLarge)
  const lies = [{ ...zeros, claims: { uncompressedSize: 10 } }]
  await expect(unpack(lies)).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
})

test('an archive of nothing but zeros is a bomb', async ({ expect }) => {
  const bomb = [{ name: 'zeros', content: new Uint8Array(80 * 1024 * 1024) }]
  await expect(unpack(bomb, { maxUnpackedBytes: 1e9 })).rejects.toThrow('times its size')
})

test('an archive that ends early is refused', async ({ expect }) => {
  const bytes = zipOf([
    { name: 'a', content: 'some text' },
    { name: 'b', content: 'more of it' },
  ])
  for (const length of [0, 4, 40, bytes.length - 30, bytes.length - 1]) {
    const cut = unpack(bytes.subarray(0, length))
    await expect(cut).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
})

test('whatever the bytes are, they unpack or are refused', async () => {
  const good = zipOf([{ name: 'a/b', content: 'some text '.repeat(50) }, { name: 'c' }])
  const changes = fc.array(fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) }), {
    minLength: 1,
    maxLength: 4,
  })
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const bytes = Buffer.from(good)
      for (const { at, to } of list) bytes[at] = to
      try {
        await using _ = await unpack(bytes)
      } catch (error) {
        if (!(error instanceof HostError)) throw error
      }
    }),
    { numRuns: 200 },
  )
})
