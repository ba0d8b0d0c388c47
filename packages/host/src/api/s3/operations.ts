// Amazon S3 as far as it is served here: operations by what they are about, the method and the
// subresource in the query. What S3 has and this table has not is refused by name.
import * as settings from './bucket-settings.ts'
import * as buckets from './buckets.ts'
import { completeMultipartUpload } from './complete-upload.ts'
import { copyObject } from './copy-object.ts'
import { deleteObject, deleteObjects } from './delete-objects.ts'
import { getObject, headObject } from './get-object.ts'
import { listObjects, listObjectsV2, listObjectVersions } from './list-objects.ts'
import * as multipart from './multipart.ts'
import * as objectSettings from './object-settings.ts'
import { putObject } from './put-object.ts'
import type { S3Handler } from './s3-call.ts'

export type S3Subject = 'service' | 'bucket' | 'object'

interface Row {
  readonly operation: string
  readonly handle: S3Handler
}

/** By subject, method and subresource: `bucket GET location`. */
const OPERATIONS: Readonly<Record<string, Row>> = {
  'service GET': { operation: 'ListBuckets', handle: buckets.listBuckets },
  'bucket PUT': { operation: 'CreateBucket', handle: buckets.createBucket },
  'bucket HEAD': { operation: 'HeadBucket', handle: buckets.headBucket },
  'bucket DELETE': { operation: 'DeleteBucket', handle: buckets.deleteBucket },
  'bucket GET': { operation: 'ListObjects', handle: listObjects },
  'bucket GET list-type': { operation: 'ListObjectsV2', handle: listObjectsV2 },
  'bucket GET versions': { operation: 'ListObjectVersions', handle: listObjectVersions },
  'bucket POST delete': { operation: 'DeleteObjects', handle: deleteObjects },
  'bucket GET location': { operation: 'GetBucketLocation', handle: buckets.getBucketLocation },
  'bucket GET uploads': {
    operation: 'ListMultipartUploads',
    handle: multipart.listMultipartUploads,
  },
  'bucket GET tagging': { operation: 'GetBucketTagging', handle: settings.getBucketTagging },
  'bucket PUT tagging': { operation: 'PutBucketTagging', handle: settings.putBucketTagging },
  'bucket DELETE tagging': {
    operation: 'DeleteBucketTagging',
    handle: settings.deleteBucketTagging,
  },
  'bucket GET policy': { operation: 'GetBucketPolicy', handle: settings.getBucketPolicy },
  'bucket PUT policy': { operation: 'PutBucketPolicy', handle: settings.putBucketPolicy },
  'bucket DELETE policy': { operation: 'DeleteBucketPolicy', handle: settings.deleteBucketPolicy },
  'bucket GET acl': { operation: 'GetBucketAcl', handle: settings.getBucketAcl },
  'bucket GET versioning': {
    operation: 'GetBucketVersioning',
    handle: settings.fixedSetting('VersioningConfiguration', {}),
  },
  'bucket GET publicAccessBlock': {
    operation: 'GetPublicAccessBlock',
    handle: settings.fixedSetting('PublicAccessBlockConfiguration', {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    }),
  },
  'bucket GET ownershipControls': {
    operation: 'GetBucketOwnershipControls',
    handle: settings.fixedSetting('OwnershipControls', {
      Rule: { ObjectOwnership: 'BucketOwnerEnforced' },
    }),
  },
  'bucket GET encryption': {
    operation: 'GetBucketEncryption',
    handle: settings.missingSetting(
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
    ),
  },
  'bucket GET lifecycle': {
    operation: 'GetBucketLifecycleConfiguration',
    handle: settings.missingSetting(
      'NoSuchLifecycleConfiguration',
      'The lifecycle configuration does not exist',
    ),
  },
  'bucket GET cors': {
    operation: 'GetBucketCors',
    handle: settings.missingSetting(
      'NoSuchCORSConfiguration',
      'The CORS configuration does not exist',
    ),
  },
  'bucket GET website': {
    operation: 'GetBucketWebsite',
    handle: settings.missingSetting(
      'NoSuchWebsiteConfiguration',
      'The specified bucket does not have a website configuration',
    ),
  },
  'object GET': { operation: 'GetObject', handle: getObject },
  'object HEAD': { operation: 'HeadObject', handle: headObject },
  'object PUT': { operation: 'PutObject', handle: putObject },
  'object PUT copy': { operation: 'CopyObject', handle: copyObject },
  'object DELETE': { operation: 'DeleteObject', handle: deleteObject },
  'object POST uploads': {
    operation: 'CreateMultipartUpload',
    handle: multipart.createMultipartUpload,
  },
  'object PUT uploadId': { operation: 'UploadPart', handle: multipart.uploadPart },
  'object PUT uploadId copy': { operation: 'UploadPartCopy', handle: multipart.uploadPartCopy },
  'object POST uploadId': {
    operation: 'CompleteMultipartUpload',
    handle: completeMultipartUpload,
  },
  'object DELETE uploadId': {
    operation: 'AbortMultipartUpload',
    handle: multipart.abortMultipartUpload,
  },
  'object GET uploadId': { operation: 'ListParts', handle: multipart.listParts },
  'object GET tagging': { operation: 'GetObjectTagging', handle: objectSettings.getObjectTagging },
  'object PUT tagging': { operation: 'PutObjectTagging', handle: objectSettings.putObjectTagging },
  'object DELETE tagging': {
    operation: 'DeleteObjectTagging',
    handle: objectSettings.deleteObjectTagging,
  },
  'object GET acl': { operation: 'GetObjectAcl', handle: objectSettings.getObjectAcl },
}

/** Everything in a query that makes a request one about something else, served or not. */
const SUBRESOURCES: ReadonlySet<string> = new Set(
  `accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory
   legal-hold lifecycle list-type location logging metadataConfiguration metadataTable metrics notification
   object-lock ownershipControls policy policyStatus publicAccessBlock renameObject replication requestPayment restore
   retention select session tagging torrent uploadId uploads versioning versions
   website`.split(/\s+/),
)

/** The names of the operations that are served, for documents and audits. */
export const S3_OPERATIONS: readonly string[] = Object.values(OPERATIONS)
  .map(({ operation }) => operation)
  .sort()

/** What serves a request; undefined when nothing here does. */
export function findS3Operation(
  subject: S3Subject,
  method: string,
  query: URLSearchParams,
  isCopy: boolean,
): S3Handler | undefined {
  const found = [...new Set(query.keys())].filter((name) => SUBRESOURCES.has(name))
  const parts = [subject, method, ...found, ...(isCopy && method === 'PUT' ? ['copy'] : [])]
  const name = parts.join(' ')
  return Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name]?.handle : undefined
}
