import { openBuckets, type Buckets, type BucketsOptions } from './buckets.ts'
import { openIncoming, type Incoming } from './incoming.ts'
import { openObjectFiles, type ObjectFiles } from './object-files.ts'
import { openUploads, type Uploads } from './uploads.ts'

/** Everything about the buckets of a host. */
export interface BucketStore {
  readonly buckets: Buckets
  readonly objects: ObjectFiles
  readonly incoming: Incoming
  readonly uploads: Uploads
}

/** One store for a folder: what it changes, nobody else changes meanwhile. */
export function openBucketStore(options: BucketsOptions): BucketStore {
  const buckets = openBuckets(options)
  return {
    buckets,
    objects: openObjectFiles(buckets),
    incoming: openIncoming(buckets.layout),
    uploads: openUploads(buckets),
  }
}
