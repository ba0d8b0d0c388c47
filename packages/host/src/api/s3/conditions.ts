// What a request makes its work depend on (RFC 9110 §13; Amazon S3 user guide, "Conditional requests").
import type { Condition, StoredObject } from '../../code/buckets/object-files.ts'
import { singleHeader } from '../../http/exchange.ts'
import type { S3Call } from './s3-call.ts'
import { noSuchKey, notImplemented, preconditionFailed } from './s3-faults.ts'

type Headers = S3Call['headers']

/** Throws when a reader asked not to get this; tells whether the reader has it already. */
export function isKnownToReader(
  headers: Headers,
  { etag, modifiedAt }: StoredObject,
  prefix = '',
): boolean {
  const said = (name: string) => singleHeader(headers[prefix + name])
  const ifMatch = said('if-match')
  if (ifMatch !== undefined && !names(ifMatch, etag)) throw preconditionFailed('If-Match')
  const unmodified = readDate(said('if-unmodified-since'))
  if (ifMatch === undefined && unmodified !== undefined && seconds(modifiedAt) > unmodified) {
    throw preconditionFailed('If-Unmodified-Since')
  }
  const ifNoneMatch = said('if-none-match')
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, etag)
  const modified = readDate(said('if-modified-since'))
  return modified !== undefined && seconds(modifiedAt) <= modified
}

/** What must hold of the object that a write replaces. */
export function writeCondition(headers: Headers, key: string): Condition | undefined {
  const ifNoneMatch = singleHeader(headers['if-none-match'])
  const ifMatch = singleHeader(headers['if-match'])
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw notImplemented('If-None-Match with anything but * on a write')
  }
  if (ifNoneMatch === undefined && ifMatch === undefined) return undefined
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw preconditionFailed('If-None-Match')
    if (ifMatch === undefined) return
    if (current === undefined) throw noSuchKey(key)
    if (!names(ifMatch, current.etag)) throw preconditionFailed('If-Match')
  }
}

function names(list: string, etag: string): boolean {
  if (list.trim() === '*') return true
  return list
    .split(',')
    .some((each) => each.trim().replace(/^W\//, '').replaceAll('"', '') === etag)
}

function readDate(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : Math.floor(time / 1_000)
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1_000)
}
