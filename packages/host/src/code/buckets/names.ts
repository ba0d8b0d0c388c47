// What buckets and keys may be called (Amazon S3 user guide, "General purpose bucket naming rules" and
// "Naming Amazon S3 objects"). Objects are files here, so a key is a relative path: keys with empty
// parts, `.` or `..`, a slash at the end, a backslash or control characters are refused.
import { HostError } from '../../kernel/host-error.ts'

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const MAX_KEY_BYTES = 1_024
/** What file systems take. */
const MAX_PART_BYTES = 255

export function isBucketName(name: string): boolean {
  return BUCKET.test(name) && !name.includes('..')
}

export function isKey(key: string): boolean {
  if (key === '' || Buffer.byteLength(key) > MAX_KEY_BYTES || !key.isWellFormed()) return false
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\u001F\u007F\\]/.test(key)) return false
  return key.split('/').every(isPart)
}

export function checkBucketName(name: string): void {
  if (isBucketName(name)) return
  throw new HostError('ERR_INVALID_INPUT', `${quote(name)} is not the name of a bucket`)
}

export function checkKey(key: string): void {
  if (isKey(key)) return
  const message = `${quote(key)} cannot be a key here: keys are relative paths without . and ..`
  throw new HostError('ERR_INVALID_INPUT', message)
}

/** What a refusal shows of a text from outside. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}

function isPart(part: string): boolean {
  const isFolder = part === '' || part === '.' || part === '..'
  return !isFolder && Buffer.byteLength(part) <= MAX_PART_BYTES
}
