import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { temporaryFolder } from '../../test/support/temporary-folder.ts'
import { openObjects } from './object-store.ts'

async function world() {
  const folder = await temporaryFolder()
  const bucketsDir = join(folder.path, 'buckets')
  await mkdir(join(bucketsDir, 'my-bucket/dir'), { recursive: true })
  await writeFile(join(bucketsDir, 'my-bucket/dir/it.zip'), 'x')
  await writeFile(join(folder.path, 'secret'), 'x')
  await writeFile(join(bucketsDir, 'other'), 'x')
  await symlink(join(folder.path, 'secret'), join(bucketsDir, 'my-bucket/out'))
  return Object.assign(folder, { bucketsDir })
}

test('an object is a file in the folder of its bucket', async ({ expect }) => {
  await using it = await world()
  const objects = openObjects({ bucketsDir: it.bucketsDir, allowFiles: true })
  const path = await objects.resolve({ bucket: 'my-bucket', key: 'dir/it.zip' })
  expect(path).toMatch(/buckets\/my-bucket\/dir\/it\.zip$/)
  expect(await objects.resolveUri('s3://my-bucket/dir/it.zip')).toBe(path)
  expect(await objects.resolveUri(pathToFileURL(path).href)).toBe(path)
})

test('nothing outside the bucket can be named', async ({ expect }) => {
  await using it = await world()
  const objects = openObjects({ bucketsDir: it.bucketsDir, allowFiles: false })
  for (const key of [
    '../other',
    'dir/../../other',
    '/etc/passwd',
    '',
    'a\0b',
    'dir//it.zip',
    '.',
  ]) {
    const resolved = objects.resolve({ bucket: 'my-bucket', key })
    await expect(resolved, key).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
  for (const bucket of ['..', '', 'A', '../buckets', 'my..bucket', 'x']) {
    const resolved = objects.resolve({ bucket, key: 'a' })
    await expect(resolved, bucket).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
  for (const key of ['out', 'dir', 'missing', 'dir/it.zip/more']) {
    const resolved = objects.resolve({ bucket: 'my-bucket', key })
    await expect(resolved, key).rejects.toMatchObject({
      code: 'ERR_NOT_FOUND',
      message: expect.stringContaining('local bucket my-bucket'),
    })
  }
})

test('files are read by name only where that is allowed', async ({ expect }) => {
  await using it = await world()
  const uri = pathToFileURL(join(it.path, 'secret')).href
  const objects = openObjects({ bucketsDir: it.bucketsDir, allowFiles: false })
  await expect(objects.resolveUri(uri)).rejects.toMatchObject({ code: 'ERR_NOT_SUPPORTED' })
  for (const malformed of ['http://x/y', 's3://', 's3://my-bucket', 'nonsense']) {
    const resolved = objects.resolveUri(malformed)
    await expect(resolved, malformed).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT' })
  }
  const open = openObjects({ bucketsDir: it.bucketsDir, allowFiles: true })
  const missing = open.resolveUri('file:///no/such/file')
  await expect(missing).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})
