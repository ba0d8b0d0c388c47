// Objects that AWS would have in S3, for whoever reads code and documents from there: files below
// `<dataDir>/buckets/<bucket>/<key>`, put there by hand, by a build or through the S3 API. Versions of an
// object are not kept.
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError } from '../kernel/host-error.ts'
import { readBucketRecord } from './buckets/bucket-record.ts'
import { bucketLayout } from './buckets/layout.ts'
import { checkBucketName, checkKey, quote } from './buckets/names.ts'

export interface ObjectLocation {
  readonly bucket: string
  readonly key: string
}

/** The account that asks: another account's bucket is not its to read. */
export interface ObjectReader {
  readonly accountId: string
}

export interface Objects {
  /** The path of an object's file. */
  resolve(location: ObjectLocation, reader?: ObjectReader): Promise<string>
  /** The same for `s3://bucket/key` and, where files are allowed, `file:///…`. */
  resolveUri(uri: string, reader?: ObjectReader): Promise<string>
}

export interface ObjectsOptions {
  readonly bucketsDir: string
  /** Whether a caller may name any file of this machine. */
  readonly allowFiles: boolean
}

/** The buckets in `bucketsDir`, one folder each. */
export function openObjects({ bucketsDir, allowFiles }: ObjectsOptions): Objects {
  const layout = bucketLayout(bucketsDir)

  async function resolve({ bucket, key }: ObjectLocation, reader?: ObjectReader): Promise<string> {
    checkBucketName(bucket)
    checkKey(key)
    if (reader !== undefined) await refuseForeign(bucket, reader)
    const dir = layout.homeOf(bucket)
    const file = await findFile(join(dir, key))
    const home = await realpath(dir).catch(() => undefined) // then there is no file either
    if (file === undefined || home === undefined || !file.startsWith(home + sep)) {
      throw new HostError(
        'ERR_NOT_FOUND',
        `There is no object ${quote(key)} in the local bucket ${bucket}; put it there with the S3 API, or as a file in the folder buckets/${bucket} of the data directory`,
      )
    }
    return file
  }

  async function refuseForeign(bucket: string, { accountId }: ObjectReader): Promise<void> {
    const { owner } = await readBucketRecord(layout, bucket, new Date(0))
    if (owner === undefined || owner.accountId === accountId) return
    throw new HostError('ERR_FORBIDDEN', `The bucket ${bucket} belongs to another account`)
  }

  async function resolveFile(uri: string): Promise<string> {
    if (!allowFiles) {
      const message = 'This host reads no files by name; put the object into a local bucket'
      throw new HostError('ERR_NOT_SUPPORTED', message)
    }
    const file = await findFile(readFileUri(uri))
    if (file === undefined) throw new HostError('ERR_NOT_FOUND', `There is no file at ${uri}`)
    return file
  }

  return {
    resolve,
    async resolveUri(uri, reader) {
      if (uri.startsWith('file:')) return resolveFile(uri)
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? []
      if (bucket !== undefined && key !== undefined) return resolve({ bucket, key }, reader)
      throw new HostError(
        'ERR_INVALID_INPUT',
        `${quote(uri)} is neither s3://bucket/key nor file:///path`,
      )
    },
  }
}

/** Where the file really is, links followed; undefined when there is no regular file. */
async function findFile(path: string): Promise<string | undefined> {
  try {
    const file = await realpath(path)
    return (await stat(file)).isFile() ? file : undefined
  } catch (error) {
    if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES'])

function readFileUri(uri: string): string {
  try {
    return fileURLToPath(uri)
  } catch (cause) {
    throw new HostError('ERR_INVALID_INPUT', `${quote(uri)} names no file`, { cause })
  }
}
