import { AwsFault } from '../../aws/aws-fault.ts'
import { isBucketName } from '../../code/buckets/names.ts'
import { singleHeader } from '../../http/exchange.ts'
import { describeOwner } from './describe-owner.ts'
import { findBucket } from './find-bucket.ts'
import { readOptionalDocument } from './read-document.ts'
import { refuseUnsupported } from './read-notes.ts'
import { childText } from './read-xml.ts'
import { readWhole } from './read-whole.ts'
import { NO_CONTENT, type S3Answer, type S3Call } from './s3-call.ts'
import { invalidArgument, notImplemented } from './s3-faults.ts'
import { writeXml } from './write-xml.ts'

/** Where buckets were before there were others; its buckets have no name for their location. */
const FIRST_REGION = 'us-east-1'
const MAX_LISTED = 10_000

export async function listBuckets({ scope, store, query }: S3Call): Promise<S3Answer> {
  const prefix = query.get('prefix') ?? ''
  const after = query.get('continuation-token') ?? ''
  const limit = readWhole(query, 'max-buckets', MAX_LISTED)
  if (!(limit >= 1 && limit <= MAX_LISTED))
    throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000')
  const all = await store.buckets.list(scope)
  const found = all.filter(({ name }) => name.startsWith(prefix) && name > after)
  const page = found.slice(0, limit)
  return {
    status: 200,
    body: writeXml('ListAllMyBucketsResult', {
      Owner: describeOwner(scope.accountId),
      Buckets: {
        Bucket: page.map(({ name, createdAt, owner }) => ({
          Name: name,
          CreationDate: createdAt,
          BucketRegion: owner?.region ?? FIRST_REGION,
        })),
      },
      ContinuationToken: found.length > page.length ? page.at(-1)?.name : undefined,
      Prefix: prefix === '' ? undefined : prefix,
    }),
  }
}

export async function createBucket(call: S3Call): Promise<S3Answer> {
  const { bucket, scope, store, headers } = call
  if (!isBucketName(bucket)) {
    throw new AwsFault('InvalidBucketName', 400, 'The specified bucket is not valid.', {
      members: { BucketName: bucket },
    })
  }
  refuseUnsupported(headers)
  if (singleHeader(headers['x-amz-bucket-object-lock-enabled'])?.toLowerCase() === 'true') {
    throw notImplemented('Object Lock')
  }
  const ownership = singleHeader(headers['x-amz-object-ownership']) ?? 'BucketOwnerEnforced'
  if (ownership !== 'BucketOwnerEnforced') throw notImplemented(`Object ownership ${ownership}`)
  const document = await readOptionalDocument(call, 'CreateBucketConfiguration')
  const region = (document && childText(document, 'LocationConstraint')) ?? scope.region
  if (!/^[a-z0-9-]{1,40}$/.test(region)) {
    const message = 'The specified location-constraint is not valid'
    throw new AwsFault('InvalidLocationConstraint', 400, message)
  }
  const found = await store.buckets.find(bucket)
  const answer = { status: 200, headers: { location: `/${bucket}` } }
  if (found === undefined) {
    await store.buckets.create({ ...scope, region }, bucket)
    return answer
  }
  if (found.owner?.accountId !== scope.accountId) {
    const message =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.'
    throw new AwsFault('BucketAlreadyExists', 409, message, { members: { BucketName: bucket } })
  }
  if (region === FIRST_REGION) return answer // as S3 does there, and nowhere else
  throw new AwsFault(
    'BucketAlreadyOwnedByYou',
    409,
    'Your previous request to create the named bucket succeeded and you already own it.',
    { members: { BucketName: bucket } },
  )
}

export async function headBucket(call: S3Call): Promise<S3Answer> {
  const { owner } = await findBucket(call, 'read')
  return { status: 200, headers: { 'x-amz-bucket-region': owner?.region ?? FIRST_REGION } }
}

export async function deleteBucket(call: S3Call): Promise<S3Answer> {
  const { bucket, scope, store } = call
  await findBucket(call, 'write')
  if (!(await store.buckets.isEmpty(bucket))) {
    const message = 'The bucket you tried to delete is not empty'
    throw new AwsFault('BucketNotEmpty', 409, message, { members: { BucketName: bucket } })
  }
  await store.buckets.delete(scope, bucket)
  return NO_CONTENT
}

export async function getBucketLocation(call: S3Call): Promise<S3Answer> {
  const { owner } = await findBucket(call, 'read')
  const region = owner?.region ?? FIRST_REGION
  const body = writeXml('LocationConstraint', region === FIRST_REGION ? '' : region)
  return { status: 200, body }
}
