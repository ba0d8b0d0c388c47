import { AwsFault } from '../../aws/aws-fault.ts'
import type { BucketRecord } from '../../code/buckets/bucket-record.ts'
import { HostError, type HostErrorCode } from '../../kernel/host-error.ts'
import { singleHeader } from '../../http/exchange.ts'
import type { S3Call } from './s3-call.ts'

type Access = 'read' | 'write'

const FAULTS: Partial<Record<HostErrorCode, readonly [string, number, string]>> = {
  ERR_NOT_FOUND: ['NoSuchBucket', 404, 'The specified bucket does not exist'],
  ERR_FORBIDDEN: ['AccessDenied', 403, 'Access Denied'],
  ERR_INVALID_INPUT: ['InvalidBucketName', 400, 'The specified bucket is not valid.'],
}

/** The bucket of a call, when the caller may do that with it and it is the one the caller means. */
export async function findBucket(
  { store, scope, bucket, headers }: S3Call,
  access: Access,
): Promise<BucketRecord> {
  const found = await open({ store, scope }, bucket, access)
  checkOwner(found, singleHeader(headers['x-amz-expected-bucket-owner']))
  return found
}

/** The bucket that an object is copied from. */
export async function findSourceBucket(
  { store, scope, headers }: S3Call,
  bucket: string,
): Promise<BucketRecord> {
  const found = await open({ store, scope }, bucket, 'read')
  checkOwner(found, singleHeader(headers['x-amz-source-expected-bucket-owner']))
  return found
}

async function open(
  { store: { buckets }, scope }: Pick<S3Call, 'store' | 'scope'>,
  bucket: string,
  access: Access,
): Promise<BucketRecord> {
  try {
    return await (access === 'read'
      ? buckets.getReadable(scope, bucket)
      : buckets.get(scope, bucket))
  } catch (cause) {
    const fault = cause instanceof HostError ? FAULTS[cause.code] : undefined
    if (fault === undefined) throw cause
    const [name, status, message] = fault
    throw new AwsFault(name, status, message, { members: { BucketName: bucket }, cause })
  }
}

/** Whoever expects an account says so because another one's bucket would be wrong. */
function checkOwner({ owner }: BucketRecord, expected: string | undefined): void {
  if (expected === undefined || owner === undefined || owner.accountId === expected) return
  throw new AwsFault('AccessDenied', 403, 'Access Denied')
}
