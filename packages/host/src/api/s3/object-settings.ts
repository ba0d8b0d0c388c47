import { findBucket } from './find-bucket.ts'
import { checkVersion, findObject } from './get-object.ts'
import { writeAcl } from './bucket-settings.ts'
import { readDocument } from './read-document.ts'
import { checkTags } from './read-notes.ts'
import { NO_CONTENT, type S3Answer, type S3Call } from './s3-call.ts'
import { readTagSet, writeTagSet } from './tag-set.ts'

export async function getObjectTagging(call: S3Call): Promise<S3Answer> {
  const { tags = {} } = await findObject(call)
  return { status: 200, body: writeTagSet(tags) }
}

export async function putObjectTagging(call: S3Call): Promise<S3Answer> {
  const tags = checkTags(readTagSet(await readDocument(call, 'Tagging')))
  await annotateTags(call, tags)
  return { status: 200 }
}

export async function deleteObjectTagging(call: S3Call): Promise<S3Answer> {
  await annotateTags(call, {})
  return NO_CONTENT
}

export async function getObjectAcl(call: S3Call): Promise<S3Answer> {
  await findObject(call)
  const { owner } = await findBucket(call, 'read')
  return { status: 200, body: writeAcl(owner?.accountId ?? call.scope.accountId) }
}

async function annotateTags(call: S3Call, tags: Record<string, string>): Promise<void> {
  const { bucket, key, query, store } = call
  await findBucket(call, 'write')
  checkVersion(query.get('versionId'))
  await findObject(call)
  await store.objects.annotate({ bucket, key }, (notes) => ({ ...notes, tags }))
}
