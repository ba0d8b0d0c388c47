import { AwsFault } from '../../aws/aws-fault.ts'
import type { IncomingFile } from '../../code/buckets/incoming.ts'
import { singleHeader } from '../../http/exchange.ts'
import { createChecksum } from './checksums.ts'
import { findDeclaredChecksum, verifyChecksum } from './declared-checksum.ts'
import { checkMd5 } from './read-document.ts'
import type { S3Call } from './s3-call.ts'

export interface ReceivedBody {
  readonly file: IncomingFile
  /** Verified; undefined when the caller declared none. */
  readonly checksum: { readonly algorithm: string; readonly value: string } | undefined
}

/** A body as a file, once all of it is there and is what the caller said it would be. */
export async function receiveBody(call: S3Call): Promise<ReceivedBody> {
  const { headers, payload, store, maxObjectBytes } = call
  const declared = findDeclaredChecksum(headers)
  const checksum = declared && createChecksum(declared.algorithm)
  refuseTooLong(call)
  const file = await store.incoming.receive(payload.bytes, {
    maxBytes: maxObjectBytes,
    onBytes: checksum && ((bytes) => checksum.update(bytes)),
  })
  try {
    checkLength(singleHeader(headers['x-amz-decoded-content-length']), file.size)
    checkMd5(singleHeader(headers['content-md5']), file.md5)
    if (declared === undefined || checksum === undefined) return { file, checksum: undefined }
    const value = checksum.digest().toString('base64')
    verifyChecksum(declared, value, payload.trailers)
    return { file, checksum: { algorithm: declared.algorithm, value } }
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw error
  }
}

/** Before anything is read: nobody should send gigabytes to be told at the end. */
function refuseTooLong({ headers, maxObjectBytes }: S3Call): void {
  const decoded = singleHeader(headers['x-amz-decoded-content-length'])
  const size = Number(decoded ?? headers['content-length'] ?? 0)
  if (!(size > maxObjectBytes)) return
  throw new AwsFault(
    'EntityTooLarge',
    400,
    'Your proposed upload exceeds the maximum allowed object size.',
    { members: { ProposedSize: size, MaxSizeAllowed: maxObjectBytes } },
  )
}

function checkLength(declared: string | undefined, size: number): void {
  if (declared === undefined || Number(declared) === size) return
  const message =
    'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header'
  throw new AwsFault('IncompleteBody', 400, message)
}
