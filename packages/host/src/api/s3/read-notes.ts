// What a request says about an object beside its bytes.
import { AwsFault } from '../../aws/aws-fault.ts'
import { singleHeader } from '../../http/exchange.ts'
import type { ObjectNotes } from '../../code/buckets/object-notes.ts'
import { invalidArgument, notImplemented } from './s3-faults.ts'
import type { S3Call } from './s3-call.ts'

/** Headers that are kept with an object, and that a reader may ask to be otherwise. */
export const OBJECT_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const

/** Headers that ask for what is not there; left unsaid, they would seem to have worked. */
const REFUSED = [
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
] as const

const MAX_METADATA_BYTES = 2_048
const MAX_TAGS = 10
const META = 'x-amz-meta-'

export type ReadNotes = Omit<ObjectNotes, 'etag' | 'checksum'>

export function readNotes({ headers }: Pick<S3Call, 'headers'>): ReadNotes {
  refuseUnsupported(headers)
  const kept: Record<string, string> = {}
  for (const name of OBJECT_HEADERS) {
    const value = singleHeader(headers[name])
    const said = name === 'content-encoding' ? withoutChunked(value) : value
    if (said !== undefined && said !== '') kept[name] = said
  }
  const tagging = singleHeader(headers['x-amz-tagging'])
  return {
    headers: kept,
    metadata: readMetadata(headers),
    ...(tagging !== undefined && { tags: readTagging(tagging) }),
  }
}

/** Refuses headers that ask for what this host does not do. */
export function refuseUnsupported(headers: S3Call['headers']): void {
  for (const name of REFUSED) if (headers[name] !== undefined) throw notImplemented(name)
  const storageClass = singleHeader(headers['x-amz-storage-class']) ?? 'STANDARD'
  if (storageClass !== 'STANDARD') throw notImplemented(`x-amz-storage-class ${storageClass}`)
  const encryption = singleHeader(headers['x-amz-server-side-encryption']) ?? 'AES256'
  if (encryption !== 'AES256') throw notImplemented(`x-amz-server-side-encryption ${encryption}`)
  const acl = singleHeader(headers['x-amz-acl']) ?? 'private'
  const hasGrants = Object.keys(headers).some((name) => name.startsWith('x-amz-grant-'))
  if ((acl === 'private' || acl === 'bucket-owner-full-control') && !hasGrants) return
  const message = 'The bucket does not allow ACLs' // as buckets are made since 2023
  throw new AwsFault('AccessControlListNotSupported', 400, message)
}

/** The tags in the form of a query. */
function readTagging(text: string): Record<string, string> {
  return checkTags([...new URLSearchParams(text)])
}

/** Refuses what cannot be the tags of an object, or of a bucket. */
export function checkTags(
  pairs: readonly (readonly [string, string])[],
  max = MAX_TAGS,
): Record<string, string> {
  const tags = Object.fromEntries(pairs)
  const isTooMuch = pairs.some(
    ([key, value]) => key === '' || key.length > 128 || value.length > 256,
  )
  if (isTooMuch || Object.keys(tags).length !== pairs.length) {
    throw new AwsFault(
      'InvalidTag',
      400,
      'A tag key is 1-128 characters long and stands once; a value has 256 characters at most',
    )
  }
  if (pairs.length <= max) return tags
  throw new AwsFault('BadRequest', 400, `There can be ${max} tags at most`)
}

function readMetadata(headers: S3Call['headers']): Record<string, string> {
  const metadata: Record<string, string> = {}
  let size = 0
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith(META)) continue
    const text = Array.isArray(value) ? value.join(',') : (value ?? '')
    metadata[name.slice(META.length)] = text
    size += name.length - META.length + text.length
  }
  if (size <= MAX_METADATA_BYTES) return metadata
  const message = 'Your metadata headers exceed the maximum allowed metadata size'
  throw new AwsFault('MetadataTooLarge', 400, message)
}

/** `aws-chunked` is about the transfer, and is not kept. */
function withoutChunked(value: string | undefined): string | undefined {
  const encodings = value?.split(',').map((each) => each.trim())
  return encodings?.filter((each) => each !== 'aws-chunked').join(',')
}

/** A part number of an upload. */
export function readPartNumber(text: string | null): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive')
}
