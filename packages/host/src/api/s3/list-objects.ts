import { listKeys, type KeyEntry } from '../../code/buckets/list-keys.ts'
import type { StoredObject } from '../../code/buckets/object-files.ts'
import { findBucket } from './find-bucket.ts'
import { describeOwner } from './describe-owner.ts'
import { readWhole } from './read-whole.ts'
import type { S3Answer, S3Call } from './s3-call.ts'
import { invalidArgument } from './s3-faults.ts'
import { writeXml, type XmlContent } from './write-xml.ts'

const MAX_KEYS = 1_000

export async function listObjectsV2(call: S3Call): Promise<S3Answer> {
  const { query } = call
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after') ?? undefined
  const after = token === null ? startAfter : readToken(token)
  const page = await readPage(call, after)
  const contents = page.objects.map((object) => ({
    ...describeObject(object, page.encode),
    ...(query.get('fetch-owner') === 'true' && { Owner: describeOwner(call.scope.accountId) }),
  }))
  return answer('ListBucketResult', {
    ...page.asked,
    KeyCount: page.objects.length + page.prefixes.length,
    IsTruncated: page.next !== undefined,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.next && writeToken(page.next),
    StartAfter: startAfter && page.encode(startAfter),
    Contents: contents,
    CommonPrefixes: page.prefixes,
  })
}

export async function listObjects(call: S3Call): Promise<S3Answer> {
  const marker = call.query.get('marker') ?? ''
  const page = await readPage(call, marker)
  const owner = describeOwner(call.scope.accountId)
  const contents = page.objects.map((object) => ({
    ...describeObject(object, page.encode),
    Owner: owner,
  }))
  const hasDelimiter = call.query.has('delimiter') // without one, the last key is the marker
  return answer('ListBucketResult', {
    ...page.asked,
    Marker: page.encode(marker),
    NextMarker: hasDelimiter && page.next !== undefined ? page.encode(page.next) : undefined,
    IsTruncated: page.next !== undefined,
    Contents: contents,
    CommonPrefixes: page.prefixes,
  })
}

/** Every object has one version here, whose id is `null`, as in a bucket that never had versioning. */
export async function listObjectVersions(call: S3Call): Promise<S3Answer> {
  const marker = call.query.get('key-marker') ?? ''
  const page = await readPage(call, marker)
  const owner = describeOwner(call.scope.accountId)
  const versions = page.objects.map((object) => ({
    ...describeObject(object, page.encode),
    VersionId: 'null',
    IsLatest: true,
    Owner: owner,
  }))
  return answer('ListVersionsResult', {
    ...page.asked,
    KeyMarker: page.encode(marker),
    VersionIdMarker: call.query.get('version-id-marker') ?? '',
    NextKeyMarker: page.next && page.encode(page.next),
    NextVersionIdMarker: page.next && 'null',
    IsTruncated: page.next !== undefined,
    Version: versions,
    CommonPrefixes: page.prefixes,
  })
}

function answer(name: string, content: XmlContent): S3Answer {
  return { status: 200, body: writeXml(name, content) }
}

async function readPage(call: S3Call, after: string | undefined) {
  const { bucket, query, store } = call
  await findBucket(call, 'read')
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? undefined
  const limit = Math.min(readWhole(query, 'max-keys', MAX_KEYS), MAX_KEYS)
  const encode = readEncoding(query.get('encoding-type'))
  const home = store.buckets.layout.homeOf(bucket)
  const { entries, next } = await listKeys(home, { prefix, delimiter, after, limit })
  const objects = await readObjects(call, entries)
  const prefixes = entries.flatMap((entry) =>
    entry.kind === 'prefix' ? [{ Prefix: encode(entry.prefix) }] : [],
  )
  const asked = {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter && encode(delimiter),
    MaxKeys: limit,
    EncodingType: query.get('encoding-type') ?? undefined,
  }
  return { asked, objects, prefixes, next, encode }
}

/** One after the other: a thousand files at once would be a thousand open ones. */
async function readObjects({ bucket, store }: S3Call, entries: readonly KeyEntry[]) {
  const objects: StoredObject[] = []
  for (const entry of entries) {
    if (entry.kind !== 'key') continue
    const object = await store.objects.find({ bucket, key: entry.key })
    if (object !== undefined) objects.push(object) // it may have gone meanwhile
  }
  return objects
}

function describeObject(
  { key, modifiedAt, etag, size, checksum }: StoredObject,
  encode: (text: string) => string,
) {
  return {
    Key: encode(key),
    LastModified: modifiedAt,
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum?.algorithm.toUpperCase(),
    ChecksumType: checksum?.type,
    Size: size,
    StorageClass: 'STANDARD',
  }
}

function readEncoding(type: string | null): (text: string) => string {
  if (type === null) return (text) => text
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request')
  return (text) => encodeURIComponent(text).replaceAll('%2F', '/')
}

function writeToken(next: string): string {
  return Buffer.from(next).toString('base64url')
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (token !== '' && writeToken(text) === token) return text
  throw invalidArgument('The continuation token provided is incorrect')
}
