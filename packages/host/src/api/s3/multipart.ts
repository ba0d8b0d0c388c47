import type { Upload } from '../../code/buckets/uploads.ts'
import { singleHeader } from '../../http/exchange.ts'
import { findAlgorithm } from './checksums.ts'
import { findCopySource, readCopyRange, readSource } from './copy-source.ts'
import { checksumHeaders, checksumMember } from './declared-checksum.ts'
import { describeOwner } from './describe-owner.ts'
import { findBucket } from './find-bucket.ts'
import { readNotes, readPartNumber } from './read-notes.ts'
import { readWhole } from './read-whole.ts'
import { receiveBody } from './receive-body.ts'
import { NO_CONTENT, type S3Answer, type S3Call } from './s3-call.ts'
import { invalidArgument, noSuchUpload } from './s3-faults.ts'
import { writeXml } from './write-xml.ts'

export async function createMultipartUpload(call: S3Call): Promise<S3Answer> {
  const { bucket, key, headers, store } = call
  await findBucket(call, 'write')
  const checksum = readChecksum(headers)
  const upload = await store.uploads.begin({
    bucket,
    key,
    initiatedAt: new Date(),
    notes: readNotes(call),
    ...(checksum && { checksum }),
  })
  return {
    status: 200,
    ...(checksum && {
      headers: {
        'x-amz-checksum-algorithm': checksum.algorithm.toUpperCase(),
        'x-amz-checksum-type': checksum.type,
      },
    }),
    body: writeXml('InitiateMultipartUploadResult', {
      Bucket: bucket,
      Key: key,
      UploadId: upload.uploadId,
    }),
  }
}

export async function uploadPart(call: S3Call): Promise<S3Answer> {
  const partNumber = readPartNumber(call.query.get('partNumber'))
  const upload = await findUpload(call, 'write')
  const received = await receiveBody(call)
  await using file = received.file
  const { checksum } = received
  const isAgreed = checksum?.algorithm === upload.checksum?.algorithm
  if (checksum !== undefined && upload.checksum !== undefined && !isAgreed) {
    throw invalidArgument(
      `Checksum type mismatch: the upload was begun with ${upload.checksum.algorithm}`,
    )
  }
  const facts = { etag: file.md5, ...(checksum && isAgreed && { checksum: checksum.value }) }
  const part = await call.store.uploads.putPart(upload, partNumber, file, facts)
  if (part === undefined) throw noSuchUpload(upload.uploadId)
  const said = checksum && checksumHeaders({ ...checksum, type: 'FULL_OBJECT' })
  return { status: 200, headers: { etag: `"${file.md5}"`, ...said } }
}

export async function uploadPartCopy(call: S3Call): Promise<S3Answer> {
  const { store, query, maxObjectBytes } = call
  const partNumber = readPartNumber(query.get('partNumber'))
  const upload = await findUpload(call, 'write')
  const source = await findCopySource(call)
  const range = readCopyRange(call, source.object.size)
  await using file = await store.incoming.receive(readSource(source, range), {
    maxBytes: maxObjectBytes,
  })
  const part = await store.uploads.putPart(upload, partNumber, file, { etag: file.md5 })
  if (part === undefined) throw noSuchUpload(upload.uploadId)
  return {
    status: 200,
    body: writeXml('CopyPartResult', { LastModified: part.modifiedAt, ETag: `"${part.etag}"` }),
  }
}

export async function abortMultipartUpload(call: S3Call): Promise<S3Answer> {
  await call.store.uploads.end(await findUpload(call, 'write'))
  return NO_CONTENT
}

const MAX_PARTS = 1_000

export async function listParts(call: S3Call): Promise<S3Answer> {
  const upload = await findUpload(call, 'read')
  const after = readWhole(call.query, 'part-number-marker', 0)
  const limit = Math.min(readWhole(call.query, 'max-parts', MAX_PARTS), MAX_PARTS)
  const parts = (await call.store.uploads.parts(upload)).filter((part) => part.partNumber > after)
  const page = parts.slice(0, limit)
  const owner = describeOwner(call.scope.accountId)
  return {
    status: 200,
    body: writeXml('ListPartsResult', {
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.uploadId,
      PartNumberMarker: after,
      NextPartNumberMarker: page.at(-1)?.partNumber,
      MaxParts: limit,
      IsTruncated: parts.length > page.length,
      Initiator: owner,
      Owner: owner,
      StorageClass: 'STANDARD',
      ChecksumAlgorithm: upload.checksum?.algorithm.toUpperCase(),
      ChecksumType: upload.checksum?.type,
      Part: page.map(({ partNumber, modifiedAt, etag, size, checksum }) => ({
        PartNumber: partNumber,
        LastModified: modifiedAt,
        ETag: `"${etag}"`,
        Size: size,
        ...checksumMember(upload.checksum?.algorithm, checksum),
      })),
    }),
  }
}

/** All of them on one page: a bucket has a thousand at most. */
export async function listMultipartUploads(call: S3Call): Promise<S3Answer> {
  const { bucket, query, scope, store } = call
  await findBucket(call, 'read')
  const prefix = query.get('prefix') ?? ''
  const uploads = (await store.uploads.list(bucket)).filter(({ key }) => key.startsWith(prefix))
  const owner = describeOwner(scope.accountId)
  return {
    status: 200,
    body: writeXml('ListMultipartUploadsResult', {
      Bucket: bucket,
      Prefix: prefix,
      MaxUploads: MAX_PARTS,
      IsTruncated: false,
      Upload: uploads.map(({ key, uploadId, initiatedAt }) => ({
        Key: key,
        UploadId: uploadId,
        Initiator: owner,
        Owner: owner,
        StorageClass: 'STANDARD',
        Initiated: initiatedAt,
      })),
    }),
  }
}

/** The upload that a call names, in a bucket that the caller may change. */
export async function findUpload(call: S3Call, access: 'read' | 'write'): Promise<Upload> {
  const { bucket, key, query, store } = call
  await findBucket(call, access)
  const uploadId = query.get('uploadId') ?? ''
  const upload = await store.uploads.find(bucket, key, uploadId)
  if (upload === undefined) throw noSuchUpload(uploadId)
  return upload
}

function readChecksum(headers: S3Call['headers']): Upload['checksum'] {
  const name = singleHeader(headers['x-amz-checksum-algorithm'])
  if (name === undefined) return undefined
  const algorithm = findAlgorithm(name)
  if (algorithm === undefined) {
    throw invalidArgument('Checksum algorithm provided is unsupported')
  }
  const usual = algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE'
  const type = singleHeader(headers['x-amz-checksum-type']) ?? usual
  const isPossible = type === 'FULL_OBJECT' ? !algorithm.startsWith('sha') : type === usual
  if (isPossible && (type === 'FULL_OBJECT' || type === 'COMPOSITE')) return { algorithm, type }
  throw invalidArgument(`The ${type} checksum type cannot be used with ${algorithm}`)
}
