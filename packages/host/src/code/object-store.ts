// Objects that AWS would have in S3: files below `<dataDir>/buckets/<bucket>/<key>`, put there by hand
// or by a build. There is no S3 here; versions of an object are not kept.
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HostError } from '../kernel/host-error.ts'

export interface ObjectLocation {
  readonly bucket: string
  readonly key: string
}

export interface Objects {
  /** The path of an object's file. */
  resolve(location: ObjectLocation): Promise<string>
  /** The same for `s3://bucket/key` and, where files are allowed, `file:///…`. */
  resolveUri(uri: string): Promise<string>
}

export interface ObjectsOptions {
  readonly bucketsDir: string
  /** Whether a caller may name any file of this machine. */
  readonly allowFiles: boolean
}

// Amazon S3 user guide, "General purpose bucket naming rules"
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const MAX_KEY_BYTES = 1_024

/** The buckets in `bucketsDir`, one folder each. */
export function openObjects({ bucketsDir, allowFiles }: ObjectsOptions): Objects {
  async function resolve({ bucket, key }: ObjectLocation): Promise<string> {
    if (!BUCKET.test(bucket) || bucket.includes('..')) {
      throw new HostError('ERR_INVALID_INPUT', `${quote(bucket)} is not the name of a bucket`)
    }
    if (!isKey(key)) {
      const message = `${quote(key)} cannot be a key here: keys are relative paths without . and ..`
      throw new HostError('ERR_INVALID_INPUT', message)
    }
    const dir = join(bucketsDir, bucket)
    const file = await findFile(join(dir, key))
    const home = await realpath(dir).catch(() => undefined) // then there is no file either
    if (file === undefined || home === undefined || !file.startsWith(home + sep)) {
      throw new HostError(
        'ERR_NOT_FOUND',
        `There is no object ${quote(key)} in the local bucket ${bucket}; objects are files in the folder buckets/${bucket} of the data directory`,
      )
    }
    return file
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
    async resolveUri(uri) {
      if (uri.startsWith('file:')) return resolveFile(uri)
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? []
      if (bucket !== undefined && key !== undefined) return resolve({ bucket, key })
      throw new HostError(
        'ERR_INVALID_INPUT',
        `${quote(uri)} is neither s3://bucket/key nor file:///path`,
      )
    },
  }
}

function isKey(key: string): boolean {
  if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES) return false
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\u001F\u007F\\]/.test(key)) return false
  return key.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
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

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
