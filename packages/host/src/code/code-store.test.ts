import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { zipFiles } from '../../test/support/zip.ts'
import { openCodeStore } from './code-store.ts'

const LIMITS = { maxZipBytes: 10_000, maxUnpackedBytes: 100_000 }

test('the same archive is unpacked once and found again by a later host', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const dir = join(folder.path, 'code')
  const zip = zipFiles({ 'index.mjs': 'export {}' })
  const store = openCodeStore({ dir })
  const [first, second] = await Promise.all([store.put(zip, LIMITS), store.put(zip, LIMITS)])
  expect(first).toEqual({
    sha256: createHash('sha256').update(zip).digest('base64'),
    codeSize: zip.length,
    dir: expect.stringContaining(dir),
  })
  expect(second).toEqual(first)
  expect(await readFile(join(first.dir, 'index.mjs'), 'utf8')).toBe('export {}')
  expect(await readdir(dir)).toHaveLength(1)
  expect(openCodeStore({ dir }).find(first.sha256)).toEqual(first)
})

test('an archive may be a file', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'it.zip')
  const zip = zipFiles({ a: 'b' })
  await writeFile(path, zip)
  const store = openCodeStore({ dir: join(folder.path, 'code') })
  expect(await store.put({ path }, LIMITS)).toEqual(await store.put(zip, LIMITS))
})

test('what is refused leaves nothing behind', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const store = openCodeStore({ dir: folder.path })
  await expect(store.put(Buffer.from('no archive'), LIMITS)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
  })
  await expect(store.put(Buffer.alloc(20_000), LIMITS)).rejects.toMatchObject({
    code: 'ERR_LIMIT_EXCEEDED',
  })
  expect(await readdir(folder.path)).toEqual([])
})

test('what is not needed goes, what was just put stays', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const store = openCodeStore({ dir: folder.path, graceMs: 0 })
  const kept = await store.put(zipFiles({ a: 'kept' }), LIMITS)
  const gone = await store.put(zipFiles({ a: 'gone' }), LIMITS)
  await mkdir(join(folder.path, 'left-by-a-crash.partial'))
  await openCodeStore({ dir: folder.path }).keepOnly([kept.sha256, gone.sha256])
  await store.keepOnly([kept.sha256])
  expect(store.find(gone.sha256)).toBeUndefined()
  expect(await readdir(folder.path)).toEqual([kept.dir.slice(folder.path.length + 1)])
  const graceful = openCodeStore({ dir: folder.path })
  const fresh = await graceful.put(zipFiles({ a: 'fresh' }), LIMITS)
  await graceful.keepOnly([])
  expect(graceful.find(fresh.sha256)).toEqual(fresh)
  expect(graceful.find(kept.sha256)).toBeUndefined()
})
