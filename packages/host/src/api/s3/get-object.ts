// GetObject and HeadObject. What is different, and stays so: an object in a browser is sandboxed, because
// its address shares an origin with this host's own pages.
import { OBJECT_HEADERS } from './read-notes.ts'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { StoredObject } from '../../code/buckets/object-files.ts'
import { singleHeader } from '../../http/exchange.ts'
import { isKnownToReader } from './conditions.ts'
import { checksumHeaders } from './declared-checksum.ts'
import { findBucket } from './find-bucket.ts'
import { readRange, type ByteRange } from './range.ts'
import type { S3Answer, S3Call, S3File } from './s3-call.ts'
import { noSuchKey, notImplemented } from './s3-faults.ts'

export async function headObject(call: S3Call): Promise<S3Answer> {
  const object = await findObject(call)
  if (isKnownToReader(call.headers, object)) return notModified(object)
  const range = readRange(singleHeader(call.headers.range), object.size)
  return { status: range ? 206 : 200, headers: describeObject(call, object, range) }
}

export async function getObject(call: S3Call): Promise<S3Answer> {
  const object = await findObject(call)
  if (isKnownToReader(call.headers, object)) return notModified(object)
  const range = readRange(singleHeader(call.headers.range), object.size)
  const body = await openFile(object, range)
  return { status: range ? 206 : 200, headers: describeObject(call, object, range), body }
}

/** The object that a call is about; versions other than the only one are not there. */
export async function findObject(call: S3Call): Promise<StoredObject> {
  const { bucket, key, store, query } = call
  await findBucket(call, 'read')
  if (query.has('partNumber')) throw notImplemented('partNumber of a GET or HEAD')
  checkVersion(query.get('versionId'))
  const object = await store.objects.find({ bucket, key })
  if (object === undefined) throw noSuchKey(key)
  return object
}

/** Objects of buckets that never had versioning have the version `null`. */
export function checkVersion(versionId: string | null | undefined): void {
  if (versionId === null || versionId === undefined || versionId === 'null') return
  throw notImplemented('A version of an object')
}

async function openFile(object: StoredObject, range: ByteRange | undefined): Promise<S3File> {
  const file = await open(object.path)
  const { start, end } = range ?? { start: 0, end: object.size - 1 }
  return {
    // An empty file has no last byte to stop at.
    read: () =>
      end < start ? Readable.from([]) : file.createReadStream({ start, end, autoClose: false }),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

function notModified({ etag, modifiedAt }: StoredObject): S3Answer {
  const headers = { etag: `"${etag}"`, 'last-modified': modifiedAt.toUTCString() }
  return { status: 304, headers }
}

function describeObject(
  { query, headers: asked }: S3Call,
  object: StoredObject,
  range: ByteRange | undefined,
): Record<string, string> {
  const { etag, headers, metadata, modifiedAt, size, tags, checksum } = object
  const length = range ? range.end - range.start + 1 : size
  const answer: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...headers,
    etag: `"${etag}"`,
    'last-modified': modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'content-length': String(length),
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  for (const name of OBJECT_HEADERS) {
    const value = query.get(`response-${name}`)
    if (value !== null && isHeaderValue(value)) answer[name] = value
  }
  for (const [name, value] of Object.entries(metadata)) answer[`x-amz-meta-${name}`] = value
  if (tags !== undefined) answer['x-amz-tagging-count'] = String(Object.keys(tags).length)
  if (range) answer['content-range'] = `bytes ${range.start}-${range.end}/${size}`
  // A checksum is of the whole: a client that got a part would find it wrong.
  const wantsChecksum = singleHeader(asked['x-amz-checksum-mode'])?.toUpperCase() === 'ENABLED'
  return wantsChecksum && !range ? { ...answer, ...checksumHeaders(checksum) } : answer
}

function isHeaderValue(text: string): boolean {
  return /^[\t\u0020-\u007E\u0080-\u00FF]*$/.test(text)
}
