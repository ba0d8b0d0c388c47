// What a bucket is configured with. Tags and a policy are kept and shown. What else S3 can do to a bucket is
// not there, and a GET says so in S3's own words for a bucket that nobody configured; nothing in a bucket is
// public, encrypted or versioned here.
import { AwsFault } from '../../aws/aws-fault.ts'
import { describeOwner } from './describe-owner.ts'
import { findBucket } from './find-bucket.ts'
import { readDocument, readText } from './read-document.ts'
import { checkTags } from './read-notes.ts'
import { readTagSet, writeTagSet } from './tag-set.ts'
import { NO_CONTENT, type S3Answer, type S3Call, type S3Handler } from './s3-call.ts'
import { writeXml, type XmlContent } from './write-xml.ts'

/** A configuration that every bucket has. */
export function fixedSetting(root: string, content: XmlContent): S3Handler {
  return async (call) => {
    await findBucket(call, 'read')
    return { status: 200, body: writeXml(root, content) }
  }
}

/** A configuration that no bucket has. */
export function missingSetting(errorName: string, message: string): S3Handler {
  return async (call) => {
    await findBucket(call, 'read')
    throw new AwsFault(errorName, 404, message, { members: { BucketName: call.bucket } })
  }
}

export async function getBucketAcl(call: S3Call): Promise<S3Answer> {
  const { owner } = await findBucket(call, 'read')
  return { status: 200, body: writeAcl(owner?.accountId ?? call.scope.accountId) }
}

/** The owner alone, with every right. */
export function writeAcl(accountId: string): string {
  const owner = describeOwner(accountId)
  const grantee = `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${owner.ID}</ID></Grantee>`
  const document = writeXml('AccessControlPolicy', {
    Owner: owner,
    AccessControlList: { Grant: { Permission: 'FULL_CONTROL' } },
  })
  return document.replace('<Grant>', `<Grant>${grantee}`)
}

const MAX_BUCKET_TAGS = 50

export async function getBucketTagging(call: S3Call): Promise<S3Answer> {
  const { settings } = await findBucket(call, 'read')
  if (settings.tags !== undefined) {
    return { status: 200, body: writeTagSet(settings.tags) }
  }
  const members = { BucketName: call.bucket }
  throw new AwsFault('NoSuchTagSet', 404, 'The TagSet does not exist', { members })
}

export async function putBucketTagging(call: S3Call): Promise<S3Answer> {
  await findBucket(call, 'write')
  const tags = checkTags(readTagSet(await readDocument(call, 'Tagging')), MAX_BUCKET_TAGS)
  const { store, scope, bucket } = call
  await store.buckets.change(scope, bucket, (settings) => ({ ...settings, tags }))
  return NO_CONTENT
}

export async function deleteBucketTagging(call: S3Call): Promise<S3Answer> {
  await findBucket(call, 'write')
  const { store, scope, bucket } = call
  await store.buckets.change(scope, bucket, ({ tags: _tags, ...settings }) => settings)
  return NO_CONTENT
}

const MAX_POLICY_BYTES = 20 * 1024

export async function getBucketPolicy(call: S3Call): Promise<S3Answer> {
  const { settings } = await findBucket(call, 'read')
  if (settings.policy !== undefined) {
    const headers = { 'content-type': 'application/json' }
    return { status: 200, headers, body: settings.policy }
  }
  const members = { BucketName: call.bucket }
  throw new AwsFault('NoSuchBucketPolicy', 404, 'The bucket policy does not exist', { members })
}

export async function putBucketPolicy(call: S3Call): Promise<S3Answer> {
  await findBucket(call, 'write')
  const policy = await readText(call)
  if (Buffer.byteLength(policy) > MAX_POLICY_BYTES || !isObject(policy)) {
    throw new AwsFault('MalformedPolicy', 400, 'Policies must be valid JSON and at most 20 KB long')
  }
  const { store, scope, bucket } = call
  await store.buckets.change(scope, bucket, (settings) => ({ ...settings, policy }))
  return NO_CONTENT
}

export async function deleteBucketPolicy(call: S3Call): Promise<S3Answer> {
  await findBucket(call, 'write')
  const { store, scope, bucket } = call
  await store.buckets.change(scope, bucket, ({ policy: _policy, ...settings }) => settings)
  return NO_CONTENT
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
