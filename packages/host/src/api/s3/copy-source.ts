import { createReadStream } from 'node:fs'
import type { StoredObject } from '../../code/buckets/object-files.ts'
import { singleHeader } from '../../http/exchange.ts'
import { isKnownToReader } from './conditions.ts'
import { findSourceBucket } from './find-bucket.ts'
import { checkVersion } from './get-object.ts'
import type { ByteRange } from './range.ts'
import type { S3Call } from './s3-call.ts'
import { invalidArgument, noSuchKey, preconditionFailed } from './s3-faults.ts'

const HEADER = 'x-amz-copy-source'

export interface CopySource {
  readonly bucket: string
  readonly object: StoredObject
}

/** The object that is to be copied, when its conditions hold. */
export async function findCopySource(call: S3Call): Promise<CopySource> {
  const { bucket, key } = readCopySource(singleHeader(call.headers[HEADER]) ?? '')
  await findSourceBucket(call, bucket)
  const object = await call.store.objects.find({ bucket, key })
  if (object === undefined) throw noSuchKey(key)
  if (isKnownToReader(call.headers, object, `${HEADER}-`)) throw preconditionFailed(HEADER)
  return { bucket, object }
}

/** The part that `x-amz-copy-source-range` names, which must be in the object. */
export function readCopyRange({ headers }: S3Call, size: number): ByteRange {
  const text = singleHeader(headers[`${HEADER}-range`])
  if (text === undefined) return { start: 0, end: size - 1 }
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text) ?? []
  const [start, end] = [Number(first), Number(last)]
  if (start <= end && end < size) return { start, end }
  throw invalidArgument(`The ${HEADER}-range value must be bytes=first-last within the source`)
}

export function readSource(
  { object: { path, size } }: CopySource,
  { start, end }: ByteRange,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return size === 0 ? [] : createReadStream(path, { start, end })
}

function readCopySource(text: string): { readonly bucket: string; readonly key: string } {
  const [path = '', query] = text.split('?', 2)
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(decode(path)) ?? []
  if (bucket === undefined || key === undefined) {
    throw invalidArgument(`${HEADER} must be bucket/key, percent-encoded`)
  }
  checkVersion(new URLSearchParams(query).get('versionId'))
  return { bucket, key }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a % that stands for itself
  }
}
