// Where buckets are. Objects are files and nothing else stands between them:
//
//   buckets/<bucket>/<key>                      an object
//   buckets/.catamaran/<bucket>/bucket.json     whose it is; missing for a folder made by hand
//   buckets/.catamaran/<bucket>/objects/…       what was said about an object beside its bytes
//   buckets/.catamaran/<bucket>/uploads/<id>/…  parts of an upload that is not complete
//   buckets/.catamaran/.incoming/…              bytes that are still arriving
//
// No bucket is called `.catamaran`, because names begin with a letter or a digit.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

const OWN = '.catamaran'

export interface BucketLayout {
  readonly bucketsDir: string
  readonly incomingDir: string
  /** The folder of a bucket's objects. */
  homeOf(bucket: string): string
  /** Everything else about a bucket. */
  aboutOf(bucket: string): string
  recordOf(bucket: string): string
  uploadsOf(bucket: string): string
  /** What begins the names of what is known about an object. */
  notesOf(bucket: string, key: string): { readonly dir: string; readonly prefix: string }
}

export function bucketLayout(bucketsDir: string): BucketLayout {
  const aboutOf = (bucket: string) => join(bucketsDir, OWN, bucket)
  return {
    bucketsDir,
    incomingDir: join(bucketsDir, OWN, '.incoming'),
    homeOf: (bucket) => join(bucketsDir, bucket),
    aboutOf,
    recordOf: (bucket) => join(aboutOf(bucket), 'bucket.json'),
    uploadsOf: (bucket) => join(aboutOf(bucket), 'uploads'),
    notesOf(bucket, key) {
      const hash = createHash('sha256').update(key).digest('hex')
      return { dir: join(aboutOf(bucket), 'objects', hash.slice(0, 2)), prefix: hash.slice(2) }
    },
  }
}
