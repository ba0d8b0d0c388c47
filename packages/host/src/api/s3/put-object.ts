import { writeCondition } from './conditions.ts'
import { checksumHeaders } from './declared-checksum.ts'
import { findBucket } from './find-bucket.ts'
import { readNotes } from './read-notes.ts'
import { receiveBody } from './receive-body.ts'
import type { S3Answer, S3Call } from './s3-call.ts'

export async function putObject(call: S3Call): Promise<S3Answer> {
  const { bucket, key, headers, store } = call
  await findBucket(call, 'write')
  const notes = readNotes(call)
  const condition = writeCondition(headers, key)
  const received = await receiveBody(call)
  await using file = received.file
  const checksum = received.checksum && { ...received.checksum, type: 'FULL_OBJECT' as const }
  const said = { ...notes, etag: file.md5, ...(checksum && { checksum }) }
  const { etag } = await store.objects.put({ bucket, key }, file, said, {
    condition,
    writer: call.scope,
  })
  return { status: 200, headers: { etag: `"${etag}"`, ...checksumHeaders(checksum) } }
}
