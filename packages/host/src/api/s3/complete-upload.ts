import { createHash } from 'node:crypto'
import { AwsFault } from '../../aws/aws-fault.ts'
import type { ObjectChecksum } from '../../code/buckets/object-notes.ts'
import { readParts, type Part, type Upload } from '../../code/buckets/uploads.ts'
import { singleHeader } from '../../http/exchange.ts'
import { checksumOf, createChecksum, findAlgorithm, type ChecksumAlgorithm } from './checksums.ts'
import { writeCondition } from './conditions.ts'
import { checksumMember } from './declared-checksum.ts'
import { findUpload } from './multipart.ts'
import { readDocument } from './read-document.ts'
import { childrenOf, childText, malformed, type XmlElement } from './read-xml.ts'
import type { S3Answer, S3Call } from './s3-call.ts'
import { writeXml } from './write-xml.ts'

/** AWS: every part but the last has 5 MiB at least. */
const MIN_PART_BYTES = 5 * 1024 * 1024
const MAX_PARTS = 10_000

/** CompleteMultipartUpload: the parts that the caller lists become the object. */
export async function completeMultipartUpload(call: S3Call): Promise<S3Answer> {
  const { bucket, key, headers, store } = call
  const upload = await findUpload(call, 'write')
  const document = await readDocument(withoutChecksum(call), 'CompleteMultipartUpload')
  const parts = chooseParts(document, await store.uploads.parts(upload), upload)
  const algorithm = findAlgorithm(upload.checksum?.algorithm)
  const isWhole = upload.checksum?.type === 'FULL_OBJECT'
  const whole = algorithm && isWhole ? createChecksum(algorithm) : undefined
  await using file = await store.incoming.receive(readParts(parts), {
    maxBytes: Number.MAX_SAFE_INTEGER,
    onBytes: whole && ((bytes) => whole.update(bytes)),
  })
  const value = whole?.digest().toString('base64') ?? compositeChecksum(algorithm, parts)
  const checksum = describeChecksum(upload, value)
  checkDeclared(headers, checksum)
  const notes = { ...upload.notes, etag: compositeEtag(parts), ...(checksum && { checksum }) }
  const stored = await store.objects.put({ bucket, key }, file, notes, {
    condition: writeCondition(headers, key),
    writer: call.scope,
  })
  await store.uploads.end(upload)
  return {
    status: 200,
    body: writeXml('CompleteMultipartUploadResult', {
      Location: `/${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag: `"${stored.etag}"`,
      ...checksumMember(checksum?.algorithm, checksum?.value),
      ...(checksum && { ChecksumType: checksum.type }),
    }),
  }
}

function chooseParts(
  document: XmlElement,
  parts: readonly Part[],
  { checksum }: Upload,
): readonly Part[] {
  const listed = childrenOf(document, 'Part')
  if (listed.length === 0 || listed.length > MAX_PARTS) throw malformed()
  const known = new Map(parts.map((part) => [part.partNumber, part]))
  let last = 0
  const chosen = listed.map((element) => {
    const partNumber = Number(childText(element, 'PartNumber'))
    if (!Number.isInteger(partNumber)) throw malformed()
    if (partNumber <= last) throw invalidOrder()
    last = partNumber
    const part = known.get(partNumber)
    const etag = childText(element, 'ETag')?.replaceAll('"', '')
    const [name] = Object.keys(checksumMember(checksum?.algorithm, 'any'))
    const declared = name && childText(element, name)
    const isSame =
      declared === undefined || part?.checksum === undefined || declared === part.checksum
    if (part === undefined || etag !== part.etag || !isSame) throw invalidPart()
    return part
  })
  if (chosen.slice(0, -1).some(({ size }) => size < MIN_PART_BYTES)) throw tooSmall()
  return chosen
}

/** The MD5 of the parts' MD5s, and how many there were. */
function compositeEtag(parts: readonly Part[]): string {
  const bytes = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
  return `${createHash('md5').update(bytes).digest('hex')}-${parts.length}`
}

/** The checksum of the parts' checksums; undefined unless every part came with one. */
function compositeChecksum(
  algorithm: ChecksumAlgorithm | undefined,
  parts: readonly Part[],
): string | undefined {
  const each = parts.flatMap(({ checksum }) => (checksum === undefined ? [] : [checksum]))
  if (algorithm === undefined || each.length !== parts.length) return undefined
  const bytes = Buffer.concat(each.map((value) => Buffer.from(value, 'base64')))
  return `${checksumOf(algorithm, bytes)}-${parts.length}`
}

function describeChecksum(
  { checksum }: Upload,
  value: string | undefined,
): ObjectChecksum | undefined {
  return checksum && value !== undefined ? { ...checksum, value } : undefined
}

/** Headers of this request are about the object, not about the document that is sent. */
function checkDeclared(headers: S3Call['headers'], checksum: ObjectChecksum | undefined): void {
  if (checksum === undefined) return
  const declared = singleHeader(headers[`x-amz-checksum-${checksum.algorithm}`])
  if (declared === undefined || declared === checksum.value) return
  const message = `The ${checksum.algorithm} you specified did not match the calculated checksum.`
  throw new AwsFault('BadDigest', 400, message)
}

function withoutChecksum(call: S3Call): S3Call {
  const kept = Object.entries(call.headers).filter(
    ([name]) => !name.startsWith('x-amz-checksum-') && name !== 'content-md5',
  )
  return { ...call, headers: Object.fromEntries(kept) }
}

function invalidPart(): AwsFault {
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
  return new AwsFault('InvalidPart', 400, message)
}

function invalidOrder(): AwsFault {
  const message =
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.'
  return new AwsFault('InvalidPartOrder', 400, message)
}

function tooSmall(): AwsFault {
  const message = 'Your proposed upload is smaller than the minimum allowed size'
  return new AwsFault('EntityTooSmall', 400, message)
}
