import { AwsFault } from '../../aws/aws-fault.ts'
import { singleHeader } from '../../http/exchange.ts'
import { createChecksum, findAlgorithm } from './checksums.ts'
import { writeCondition } from './conditions.ts'
import { findCopySource, readSource } from './copy-source.ts'
import { checksumMember } from './declared-checksum.ts'
import { findBucket } from './find-bucket.ts'
import { readNotes, refuseUnsupported } from './read-notes.ts'
import type { S3Answer, S3Call } from './s3-call.ts'
import { invalidArgument } from './s3-faults.ts'
import { writeXml } from './write-xml.ts'

export async function copyObject(call: S3Call): Promise<S3Answer> {
  const { bucket, key, headers, store } = call
  await findBucket(call, 'write')
  const source = await findCopySource(call)
  const { object } = source
  const notes = readCopiedNotes(call, object)
  const isSame = source.bucket === bucket && object.key === key
  if (isSame && notes.headers === object.headers && notes.tags === object.tags) {
    const message =
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
    throw new AwsFault('InvalidRequest', 400, message)
  }
  const algorithm = findAlgorithm(
    singleHeader(headers['x-amz-checksum-algorithm']) ?? object.checksum?.algorithm,
  )
  const hash = algorithm && createChecksum(algorithm)
  await using file = await store.incoming.receive(
    readSource(source, { start: 0, end: object.size - 1 }),
    { maxBytes: Number.MAX_SAFE_INTEGER, onBytes: hash && ((bytes) => hash.update(bytes)) },
  )
  const checksum = algorithm &&
    hash && {
      algorithm,
      value: hash.digest().toString('base64'),
      type: 'FULL_OBJECT' as const,
    }
  const copied = { ...notes, etag: file.md5, ...(checksum && { checksum }) }
  const condition = writeCondition(headers, key)
  const stored = await store.objects.put({ bucket, key }, file, copied, {
    condition,
    writer: call.scope,
  })
  return {
    status: 200,
    body: writeXml('CopyObjectResult', {
      LastModified: stored.modifiedAt,
      ETag: `"${stored.etag}"`,
      ...checksumMember(algorithm, checksum?.value),
      ...(checksum && { ChecksumType: checksum.type }),
    }),
  }
}

function readCopiedNotes(
  { headers }: S3Call,
  object: Awaited<ReturnType<typeof findCopySource>>['object'],
) {
  refuseUnsupported(headers)
  const said = readNotes({ headers })
  const replacesMetadata = readDirective(headers['x-amz-metadata-directive'], 'metadata')
  const replacesTags = readDirective(headers['x-amz-tagging-directive'], 'tagging')
  const tags = replacesTags ? (said.tags ?? {}) : object.tags
  return {
    headers: replacesMetadata ? said.headers : object.headers,
    metadata: replacesMetadata ? said.metadata : object.metadata,
    ...(tags !== undefined && { tags }),
  }
}

function readDirective(value: string | string[] | undefined, what: string): boolean {
  const directive = singleHeader(value) ?? 'COPY'
  if (directive === 'COPY' || directive === 'REPLACE') return directive === 'REPLACE'
  throw invalidArgument(`Unknown ${what} directive.`)
}
