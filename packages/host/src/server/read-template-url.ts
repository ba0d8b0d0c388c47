import { readFile, stat } from 'node:fs/promises'
import type { Objects } from '../code/object-store.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'

/** CloudFormation quotas: a template in S3. */
const MAX_TEMPLATE_BYTES = 1_000_000
const S3_HOST = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/

interface TemplateReader {
  readonly objects: Objects
  readonly scope: Scope
}

/**
 * The template behind a TemplateURL: an object in a local bucket, under the address that S3 would have
 * for it (path or virtual-host style), that this host has, or `s3://bucket/key`.
 */
export async function readTemplateUrl(
  text: string,
  { objects, scope }: TemplateReader,
): Promise<string> {
  const uri = readUri(text)
  if (uri === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'TemplateURL must be a supported URL.')
  }
  const file = await objects.resolveUri(uri, scope)
  const { size } = await stat(file)
  if (size <= MAX_TEMPLATE_BYTES) return readFile(file, 'utf8')
  throw new HostError(
    'ERR_INVALID_INPUT',
    `Template may not exceed ${MAX_TEMPLATE_BYTES} bytes in size.`,
  )
}

function readUri(text: string): string | undefined {
  if (text.startsWith('s3://')) return text
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  const path = decode(url.pathname.slice(1))
  if (path === undefined) return undefined
  const bucket = S3_HOST.exec(url.hostname)?.[1] ?? /^(.+)\.localhost$/.exec(url.hostname)?.[1]
  return bucket === undefined ? `s3://${path}` : `s3://${bucket}/${path}`
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined // a malformed escape names nothing
  }
}
