import { AwsFault } from '../../aws/aws-fault.ts'
import { checkVersion } from './get-object.ts'
import { findBucket } from './find-bucket.ts'
import { writeCondition } from './conditions.ts'
import { readDocument } from './read-document.ts'
import { childrenOf, childText, malformed } from './read-xml.ts'
import { NO_CONTENT, type S3Answer, type S3Call } from './s3-call.ts'
import { readS3Fault } from './s3-faults.ts'
import { writeXml } from './write-xml.ts'

const MAX_KEYS = 1_000

/** Deleting what is not there is done already. */
export async function deleteObject(call: S3Call): Promise<S3Answer> {
  const { bucket, key, store, query, headers } = call
  await findBucket(call, 'write')
  checkVersion(query.get('versionId'))
  await store.objects.remove({ bucket, key }, writeCondition(headers, key))
  return NO_CONTENT
}

export async function deleteObjects(call: S3Call): Promise<S3Answer> {
  await findBucket(call, 'write')
  const document = await readDocument(call, 'Delete')
  const objects = childrenOf(document, 'Object').map((object) => ({
    key: childText(object, 'Key') ?? '',
    versionId: childText(object, 'VersionId'),
  }))
  if (objects.length === 0 || objects.length > MAX_KEYS) throw malformed()
  const isQuiet = childText(document, 'Quiet') === 'true'
  const outcomes = []
  for (const object of objects) outcomes.push(await removeOne(call, object))
  return {
    status: 200,
    body: writeXml('DeleteResult', {
      Deleted: isQuiet ? [] : outcomes.flatMap(({ Deleted = [] }) => Deleted),
      Error: outcomes.flatMap(({ Error = [] }) => Error),
    }),
  }
}

async function removeOne(
  { bucket, store }: S3Call,
  { key, versionId }: { readonly key: string; readonly versionId: string | undefined },
) {
  const about = { Key: key, ...(versionId !== undefined && { VersionId: versionId }) }
  try {
    checkVersion(versionId)
    await store.objects.remove({ bucket, key })
    return { Deleted: [about] }
  } catch (error) {
    const fault = readS3Fault(error) ?? internalError()
    return { Error: [{ ...about, Code: fault.errorName, Message: fault.message }] }
  }
}

function internalError(): AwsFault {
  return new AwsFault('InternalError', 500, 'We encountered an internal error. Please try again.')
}
