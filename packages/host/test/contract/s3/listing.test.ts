// Lists of objects through the AWS SDK for JavaScript.
import {
  CreateBucketCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandInput,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { test } from 'vitest'
import { startS3World, type S3World } from '../../support/s3-world.ts'

const Bucket = 'listed'

async function world(keys: readonly string[]): Promise<S3World> {
  const world = await startS3World()
  await world.client.send(new CreateBucketCommand({ Bucket }))
  for (const Key of keys) await world.client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  return world
}

/** Everything on all pages. */
async function list({ client }: S3World, input: Partial<ListObjectsV2CommandInput> = {}) {
  const found: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, ...input, ContinuationToken }),
    )
    found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key))
    found.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix))
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return found
}

const KEYS = ['a', 'b-c', 'b/c', 'b/d/e', 'b0', 'c', 'c.d/x', 'ä', '日本', '𠮷/1']

test('keys come in the order of their bytes', async ({ expect }) => {
  await using it = await world(KEYS.toReversed())
  expect(await list(it)).toEqual(KEYS)
  const { Contents } = await it.client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))
  expect(Contents).toEqual([
    expect.objectContaining({
      Key: 'a',
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
      Size: 1,
      LastModified: expect.any(Date),
      StorageClass: 'STANDARD',
    }),
  ])
})

test.for<[Partial<ListObjectsV2CommandInput>, string[]]>([
  [{ Prefix: 'b' }, ['b-c', 'b/c', 'b/d/e', 'b0']],
  [{ Prefix: 'b/' }, ['b/c', 'b/d/e']],
  [{ Prefix: 'b/d/e' }, ['b/d/e']],
  [{ Prefix: 'none' }, []],
  [{ Delimiter: '/' }, ['a', 'b-c', 'b0', 'c', 'ä', '日本', 'b/', 'c.d/', '𠮷/']],
  [{ Delimiter: '/', Prefix: 'b/' }, ['b/c', 'b/d/']],
  [{ Delimiter: '-' }, KEYS.filter((key) => key !== 'b-c').concat('b-')],
  [{ StartAfter: 'b/c' }, ['b/d/e', 'b0', 'c', 'c.d/x', 'ä', '日本', '𠮷/1']],
  [{ EncodingType: 'url', Prefix: '日' }, ['%E6%97%A5%E6%9C%AC']],
])('%j lists %j', async ([input, expected], { expect }) => {
  await using it = await world(KEYS)
  expect((await list(it, input)).toSorted()).toEqual(expected.toSorted())
  for (const MaxKeys of [1, 2, 3]) {
    const paged = await list(it, { ...input, MaxKeys })
    expect(paged.toSorted(), `pages of ${MaxKeys}`).toEqual(expected.toSorted())
  }
})

test('older clients page by the last key', async ({ expect }) => {
  await using it = await world(KEYS)
  const found: string[] = []
  let Marker: string | undefined
  do {
    const input = { Bucket, Delimiter: '/', MaxKeys: 2, Marker }
    const page = await it.client.send(new ListObjectsCommand(input))
    found.push(...(page.Contents ?? []).map(({ Key = '' }) => Key))
    found.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix))
    Marker = page.NextMarker
  } while (Marker !== undefined)
  expect(found).toEqual(['a', 'b-c', 'b0', 'b/', 'c', 'c.d/', 'ä', '日本', '𠮷/'])
  const { Versions } = await it.client.send(new ListObjectVersionsCommand({ Bucket }))
  expect(Versions?.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest])).toEqual(
    KEYS.map((key) => [key, 'null', true]),
  )
})

test('a wrong token and a wrong number are refused', async ({ expect }) => {
  await using it = await world([])
  const invalid = { name: 'InvalidArgument' }
  for (const input of [{ ContinuationToken: '%' }, { ContinuationToken: '' }, { MaxKeys: -1 }]) {
    const refused = it.client.send(new ListObjectsV2Command({ Bucket, ...input }))
    await expect(refused, JSON.stringify(input)).rejects.toMatchObject(invalid)
  }
  expect(await it.client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }))).toMatchObject({
    KeyCount: 0,
    IsTruncated: false,
  })
})

const part = fc.constantFrom('a', 'b', 'a-', 'b.', '0')
const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))

test('pages of any size show each key once, and the same rolled-up prefixes', async ({
  expect,
}) => {
  const property = fc.asyncProperty(
    fc.uniqueArray(key, { maxLength: 12 }),
    fc.constantFrom(undefined, '/', '-'),
    fc.constantFrom(undefined, 'a', 'a/', 'b/a'),
    async (keys, Delimiter, Prefix) => {
      // A key that begins with another one cannot be stored.
      const possible = keys.filter((it) => !keys.some((other) => other.startsWith(`${it}/`)))
      await using it = await world(possible)
      const input = { Delimiter, Prefix }
      const rolledUp = possible
        .filter((each) => each.startsWith(Prefix ?? ''))
        .map((each) => {
          const at = Delimiter === undefined ? -1 : each.indexOf(Delimiter, Prefix?.length ?? 0)
          return at === -1 ? each : each.slice(0, at + 1)
        })
      const expected = [...new Set(rolledUp)].toSorted()
      for (const MaxKeys of [1, 3, 1_000]) {
        expect((await list(it, { ...input, MaxKeys })).toSorted()).toEqual(expected)
      }
    },
  )
  await fc.assert(property, { numRuns: 15 })
}, 30_000)
