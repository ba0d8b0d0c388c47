// Objects through the AWS SDK for JavaScript, every signature verified.
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type ChecksumAlgorithm,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'vitest'
import { startS3World, type S3World } from '../../support/s3-world.ts'

const Bucket = 'first-bucket'

async function world(options = {}): Promise<S3World> {
  const world = await startS3World(options)
  await world.client.send(new CreateBucketCommand({ Bucket }))
  return world
}

function put(world: S3World, input: Omit<PutObjectCommandInput, 'Bucket'>) {
  return world.client.send(new PutObjectCommand({ Bucket, ...input }))
}

function get(world: S3World, Key: string, input = {}) {
  return world.client.send(new GetObjectCommand({ Bucket, Key, ...input }))
}

const text = async (world: S3World, Key: string, input = {}) =>
  (await get(world, Key, input)).Body?.transformToString()

test('an object is a file, and comes back as it went in', async ({ expect }) => {
  await using it = await world()
  const { ETag, ChecksumCRC32 } = await put(it, {
    Key: 'folder/äöü 日本 & <more>?.txt',
    Body: 'Hello',
    ContentType: 'text/plain',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment',
    Metadata: { who: 'Ada' },
    Tagging: 'team=a&stage=test',
  })
  expect(ETag).toBe(`"${createHash('md5').update('Hello').digest('hex')}"`)
  expect(ChecksumCRC32).toBe('99GJgg==')
  const path = join(it.bucketsDir, Bucket, 'folder/äöü 日本 & <more>?.txt')
  expect(await readFile(path, 'utf8')).toBe('Hello')
  const found = await get(it, 'folder/äöü 日本 & <more>?.txt')
  expect(await found.Body?.transformToString()).toBe('Hello')
  expect(found).toMatchObject({
    ETag,
    ContentLength: 5,
    ContentType: 'text/plain',
    CacheControl: 'no-cache',
    ContentDisposition: 'attachment',
    Metadata: { who: 'Ada' },
    TagCount: 2,
    ChecksumCRC32,
    LastModified: expect.any(Date),
    AcceptRanges: 'bytes',
  })
  const Key = 'folder/äöü 日本 & <more>?.txt'
  expect(await it.client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
    ETag,
    ContentLength: 5,
    Metadata: { who: 'Ada' },
  })
  expect(it.logged).toEqual([])
})

test.for<ChecksumAlgorithm>(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'])(
  'a %s checksum is verified and told again',
  async (ChecksumAlgorithm, { expect }) => {
    await using it = await world()
    const Body = Readable.from([Buffer.from('Hello '), Buffer.from('World')])
    const result = await put(it, { Key: 'a', Body, ContentLength: 11, ChecksumAlgorithm })
    const member = `Checksum${ChecksumAlgorithm}` as const
    expect(result[member]).toMatch(/=$/)
    const found = await get(it, 'a', { ChecksumMode: 'ENABLED' })
    expect(found[member]).toBe(result[member])
    expect(await found.Body?.transformToString()).toBe('Hello World')
  },
)

test('what is not what its checksum says is not kept', async ({ expect }) => {
  await using it = await world()
  for (const wrong of [
    { ContentMD5: createHash('md5').update('other').digest('base64') },
    { ChecksumSHA256: createHash('sha256').update('other').digest('base64') },
    { ChecksumCRC32: 'AAAAAA==' },
  ]) {
    const sent = put(it, { Key: 'a', Body: 'Hello', ...wrong })
    await expect(sent).rejects.toMatchObject({ name: 'BadDigest' })
  }
  await expect(get(it, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' })
  expect(await readdir(join(it.bucketsDir, '.catamaran/.incoming'))).toEqual([])
})

test('megabytes stream through, in and out', async ({ expect }) => {
  await using it = await world()
  const bytes = randomBytes(9 * 1024 * 1024)
  await put(it, { Key: 'large', Body: Readable.from(slices(bytes)), ContentLength: bytes.length })
  const found = await get(it, 'large')
  expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true)
})

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
}

test('more bytes than may come are refused', async ({ expect }) => {
  await using it = await world({ maxObjectBytes: 10 })
  const long = put(it, { Key: 'a', Body: 'Hello, hello, hello' })
  await expect(long).rejects.toMatchObject({ name: 'EntityTooLarge' })
  await put(it, { Key: 'a', Body: '0123456789' })
  expect(await text(it, 'a')).toBe('0123456789')
})

test('parts of an object are read by range', async ({ expect }) => {
  await using it = await world()
  await put(it, { Key: 'a', Body: '0123456789' })
  await put(it, { Key: 'empty', Body: '' })
  for (const [Range, part, ContentRange] of [
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-100', '56789', 'bytes 5-9/10'],
  ]) {
    const found = await get(it, 'a', { Range })
    expect(await found.Body?.transformToString()).toBe(part)
    expect(found).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } })
  }
  expect(await text(it, 'a', { Range: 'bytes=x' })).toBe('0123456789')
  expect(await text(it, 'empty')).toBe('')
  for (const [Key, Range] of [
    ['a', 'bytes=10-'],
    ['empty', 'bytes=0-'],
    ['a', 'bytes=-0'],
  ] as const) {
    const refused = get(it, Key, { Range })
    await expect(refused).rejects.toMatchObject({ name: 'InvalidRange' })
  }
})

test('conditions are kept, of readers and of writers', async ({ expect }) => {
  await using it = await world()
  const { ETag } = await put(it, { Key: 'a', Body: 'one' })
  const { LastModified } = await get(it, 'a')
  expect(await text(it, 'a', { IfMatch: ETag })).toBe('one')
  await expect(get(it, 'a', { IfMatch: '"x"' })).rejects.toMatchObject(FAILED)
  const unchanged = { $metadata: { httpStatusCode: 304 } }
  await expect(get(it, 'a', { IfNoneMatch: ETag })).rejects.toMatchObject(unchanged)
  await expect(get(it, 'a', { IfModifiedSince: LastModified })).rejects.toMatchObject(unchanged)
  const early = { IfUnmodifiedSince: new Date(0) }
  await expect(get(it, 'a', early)).rejects.toMatchObject(FAILED)

  const again = { Key: 'a', Body: 'two' }
  await expect(put(it, { ...again, IfNoneMatch: '*' })).rejects.toMatchObject(FAILED)
  await expect(put(it, { ...again, IfMatch: '"x"' })).rejects.toMatchObject(FAILED)
  const missing = put(it, { Key: 'b', Body: 'two', IfMatch: '"x"' })
  await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey' })
  await put(it, { ...again, IfMatch: ETag })
  expect(await text(it, 'a')).toBe('two')
  await put(it, { Key: 'b', Body: 'new', IfNoneMatch: '*' })
})
const FAILED = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } }

test('of many who write a key that must not be there, one does', async ({ expect }) => {
  await using it = await world()
  const writers = Array.from({ length: 8 }, (_, index) =>
    put(it, { Key: 'a', Body: `writer ${index}`, IfNoneMatch: '*' }),
  )
  const outcomes = await Promise.allSettled(writers)
  const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await text(it, 'a')).toBe(`writer ${winner}`)
})

test('a copy keeps what was said about the object, or says something new', async ({ expect }) => {
  await using it = await world()
  await put(it, { Key: 'dir/a b', Body: 'one', ContentType: 'text/x', Metadata: { who: 'Ada' } })
  const copy = (input: object) =>
    it.client.send(
      new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/dir/a%20b`, ...input }),
    )
  expect(await copy({})).toMatchObject({ CopyObjectResult: { ETag: expect.any(String) } })
  expect(await get(it, 'b')).toMatchObject({ ContentType: 'text/x', Metadata: { who: 'Ada' } })
  await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/y' })
  expect(await get(it, 'b')).toMatchObject({ ContentType: 'text/y', Metadata: {} })
  const onItself = copy({ Key: 'dir/a b' })
  await expect(onItself).rejects.toMatchObject({ name: 'InvalidRequest' })
  await expect(copy({ CopySource: `${Bucket}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(copy({ CopySourceIfMatch: '"x"' })).rejects.toMatchObject(FAILED)
  expect(await text(it, 'b')).toBe('one')
})

test('objects are deleted one by one or many at once, and their folders with them', async ({
  expect,
}) => {
  await using it = await world()
  for (const Key of ['a/b/c', 'a/d', 'e']) await put(it, { Key, Body: Key })
  await it.client.send(new DeleteObjectCommand({ Bucket, Key: 'a/b/c' }))
  expect(await readdir(join(it.bucketsDir, Bucket, 'a'))).toEqual(['d'])
  await it.client.send(new DeleteObjectCommand({ Bucket, Key: 'a/b/c' }))
  const Objects = [{ Key: 'a/d' }, { Key: 'e', VersionId: 'null' }, { Key: 'never & <was>' }]
  const deleted = await it.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(deleted.Deleted).toEqual(Objects)
  expect(await readdir(join(it.bucketsDir, Bucket))).toEqual([])
  await put(it, { Key: 'e', Body: 'e' })
  const Delete = { Quiet: true, Objects: [{ Key: 'e' }, { Key: 'f', VersionId: 'other' }] }
  const quiet = await it.client.send(new DeleteObjectsCommand({ Bucket, Delete }))
  expect(quiet.Deleted).toBeUndefined()
  expect(quiet.Errors).toMatchObject([{ Key: 'f', Code: 'NotImplemented' }])
})

test('tags are kept beside an object', async ({ expect }) => {
  await using it = await world()
  await put(it, { Key: 'a', Body: 'one', Metadata: { who: 'Ada' } })
  const Tagging = { TagSet: [{ Key: 'team', Value: 'a & b' }] }
  await it.client.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging }))
  const found = await it.client.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))
  expect(found.TagSet).toEqual(Tagging.TagSet)
  expect(await get(it, 'a')).toMatchObject({ Metadata: { who: 'Ada' }, TagCount: 1 })
})

test('files put there by hand are objects, and lose what was said about others', async ({
  expect,
}) => {
  await using it = await world()
  await put(it, { Key: 'a', Body: 'one', Metadata: { who: 'Ada' } })
  await writeFile(join(it.bucketsDir, Bucket, 'a'), 'by hand')
  const found = await get(it, 'a')
  expect(await found.Body?.transformToString()).toBe('by hand')
  expect(found).toMatchObject({ Metadata: {}, ContentType: 'binary/octet-stream' })
  expect(found.ETag).toMatch(/^"[0-9a-f]{32}-1"$/)
})

test('nothing outside the bucket is read or written', async ({ expect }) => {
  await using it = await world()
  await writeFile(join(it.bucketsDir, 'secret'), 'x')
  const outside = join(it.bucketsDir, 'outside')
  await mkdir(outside)
  await symlink(join(it.bucketsDir, 'secret'), join(it.bucketsDir, Bucket, 'link'))
  await symlink(outside, join(it.bucketsDir, Bucket, 'dir'))
  for (const Key of ['link', '../secret', 'a/../../secret', './a', 'a//b', 'dir/x']) {
    await expect(get(it, Key), Key).rejects.toMatchObject({ name: 'NoSuchKey' })
  }
  for (const Key of ['../new', 'a/../../new', 'dir/new', 'a//b', 'a/', 'a\\b', 'a\nb']) {
    const refused = put(it, { Key, Body: 'x' })
    await expect(refused, Key).rejects.toMatchObject({
      name: expect.stringMatching(/InvalidArgument|InvalidRequest/),
    })
  }
  expect(await readdir(outside)).toEqual([])
  await put(it, { Key: 'link', Body: 'new' }) // in place of the link
  expect(await readFile(join(it.bucketsDir, 'secret'), 'utf8')).toBe('x')
})

test('a key cannot begin with another one', async ({ expect }) => {
  await using it = await world()
  await put(it, { Key: 'a', Body: 'x' })
  await put(it, { Key: 'dir/b', Body: 'x' })
  for (const Key of ['a/b', 'dir']) {
    const refused = put(it, { Key, Body: 'x' })
    await expect(refused).rejects.toMatchObject({ name: 'InvalidRequest' })
  }
  expect(await text(it, 'a')).toBe('x')
  expect(await text(it, 'dir/b')).toBe('x')
})

test('what is not done is refused, not left out', async ({ expect }) => {
  await using it = await world()
  const asked: Partial<PutObjectCommandInput>[] = [
    { StorageClass: 'GLACIER' },
    { ServerSideEncryption: 'aws:kms' },
    { ObjectLockLegalHoldStatus: 'ON' },
    { WebsiteRedirectLocation: '/x' },
  ]
  for (const each of asked) {
    const refused = put(it, { Key: 'a', Body: 'x', ...each })
    await expect(refused).rejects.toMatchObject({ name: 'NotImplemented' })
  }
  const acl = put(it, { Key: 'a', Body: 'x', ACL: 'public-read' })
  await expect(acl).rejects.toMatchObject({ name: 'AccessControlListNotSupported' })
  await expect(get(it, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' })
})
