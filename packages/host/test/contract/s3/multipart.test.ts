// Objects in parts, by hand and by the SDK's own Upload.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'vitest'
import { openBucketStore } from '../../../src/code/buckets/open-bucket-store.ts'
import { startS3World, type S3World } from '../../support/s3-world.ts'

const Bucket = 'in-parts'
const Key = 'dir/object'
const MiB = 1024 * 1024

async function world(): Promise<S3World> {
  const world = await startS3World()
  await world.client.send(new CreateBucketCommand({ Bucket }))
  return world
}

async function read({ client }: S3World, input = {}) {
  const found = await client.send(new GetObjectCommand({ Bucket, Key, ...input }))
  return { ...found, bytes: Buffer.from((await found.Body?.transformToByteArray()) ?? []) }
}

async function begin({ client }: S3World, input = {}) {
  return (await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }))).UploadId
}

function uploadPart(
  { client }: S3World,
  UploadId: string | undefined,
  part: number,
  Body: string | Buffer,
) {
  return client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: part, Body }))
}

function complete(
  { client }: S3World,
  UploadId: string | undefined,
  parts: readonly (readonly [number, string | undefined])[],
) {
  const Parts = parts.map(([PartNumber, ETag]) => ({ PartNumber, ETag }))
  const MultipartUpload = { Parts }
  return client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))
}

test.for<ChecksumAlgorithm | undefined>([undefined, 'CRC64NVME', 'SHA256'])(
  "the SDK's Upload stores a stream of unknown length (%s)",
  async (ChecksumAlgorithm, { expect }) => {
    await using it = await world()
    const bytes = randomBytes(11 * MiB)
    const upload = new Upload({
      client: it.client,
      params: {
        Bucket,
        Key,
        Body: Readable.from([bytes.subarray(0, 7 * MiB), bytes.subarray(7 * MiB)]),
        ContentType: 'application/zip',
        Metadata: { who: 'Ada' },
        ...(ChecksumAlgorithm && { ChecksumAlgorithm }),
      },
    })
    expect(await upload.done()).toMatchObject({ Bucket, Key, ETag: expect.stringMatching(/-3"$/) })
    const found = await read(it)
    expect(found.bytes.equals(bytes)).toBe(true)
    expect(found).toMatchObject({ ContentType: 'application/zip', Metadata: { who: 'Ada' } })
    expect(await readdir(join(it.bucketsDir, '.catamaran', Bucket, 'uploads'))).toEqual([])
    expect(it.logged).toEqual([])
  },
)

test('parts may come in any order and again, and survive a restart', async ({ expect }) => {
  await using it = await world()
  const UploadId = await begin(it)
  const first = Buffer.alloc(5 * MiB, 'a')
  const { ETag: last } = await uploadPart(it, UploadId, 7, 'end')
  await uploadPart(it, UploadId, 2, 'wrong')
  const { ETag } = await uploadPart(it, UploadId, 2, first)
  const listed = await it.client.send(new ListPartsCommand({ Bucket, Key, UploadId }))
  expect(listed.Parts).toMatchObject([
    { PartNumber: 2, Size: 5 * MiB, ETag },
    { PartNumber: 7, Size: 3, ETag: last },
  ])
  const again = openBucketStore({ bucketsDir: it.bucketsDir })
  expect(await again.uploads.find(Bucket, Key, UploadId ?? '')).toMatchObject({ key: Key })
  const parts = [
    [2, ETag],
    [7, last],
  ] as const
  const done = await complete(it, UploadId, parts)
  const md5s = parts.map(([, etag]) => Buffer.from(etag?.replaceAll('"', '') ?? '', 'hex'))
  expect(done.ETag).toBe(`"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-2"`)
  expect((await read(it)).bytes.equals(Buffer.concat([first, Buffer.from('end')]))).toBe(true)
  await expect(complete(it, UploadId, parts)).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('parts that are wrong, missing, too small or out of order make no object', async ({
  expect,
}) => {
  await using it = await world()
  const UploadId = await begin(it)
  const { ETag } = await uploadPart(it, UploadId, 1, 'small')
  const { ETag: other } = await uploadPart(it, UploadId, 2, 'other')
  for (const [parts, name] of [
    [[[1, other]], 'InvalidPart'],
    [[[3, ETag]], 'InvalidPart'],
    [
      [
        [2, other],
        [1, ETag],
      ],
      'InvalidPartOrder',
    ],
    [
      [
        [1, ETag],
        [2, other],
      ],
      'EntityTooSmall',
    ],
    [[], 'MalformedXML'],
  ] as const) {
    await expect(complete(it, UploadId, parts), name).rejects.toMatchObject({ name })
  }
  await expect(read(it)).rejects.toMatchObject({ name: 'NoSuchKey' })
  await complete(it, UploadId, [[1, ETag]])
  expect((await read(it)).bytes.toString()).toBe('small')
})

test('a part may be copied from another object', async ({ expect }) => {
  await using it = await world()
  await it.client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }))
  const UploadId = await begin(it)
  const copy = (CopySourceRange?: string) =>
    it.client.send(
      new UploadPartCopyCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/source`,
        CopySourceRange,
      }),
    )
  await expect(copy('bytes=5-10')).rejects.toMatchObject({ name: 'InvalidArgument' })
  const { CopyPartResult } = await copy('bytes=2-5')
  await complete(it, UploadId, [[1, CopyPartResult?.ETag]])
  expect((await read(it)).bytes.toString()).toBe('2345')
})

test('an upload is listed until it is aborted', async ({ expect }) => {
  await using it = await world()
  const UploadId = await begin(it)
  await uploadPart(it, UploadId, 1, 'x')
  const list = async () =>
    (await it.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []
  expect(await list()).toMatchObject([{ Key, UploadId }])
  const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId })
  await it.client.send(abort)
  expect(await list()).toEqual([])
  await expect(it.client.send(abort)).rejects.toMatchObject({ name: 'NoSuchUpload' })
  await expect(uploadPart(it, UploadId, 1, 'x')).rejects.toMatchObject({ name: 'NoSuchUpload' })
  for (const wrong of ['../../x', '', 'x']) {
    await expect(uploadPart(it, wrong, 1, 'x')).rejects.toThrow()
  }
})

test('other accounts see no upload', async ({ expect }) => {
  await using it = await world()
  const UploadId = await begin(it)
  const other = it.clientOf('111122223333')
  const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }
  await expect(other.send(new UploadPartCommand(part))).rejects.toMatchObject({
    name: 'AccessDenied',
  })
})
