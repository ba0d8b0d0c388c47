// Addresses that were signed with Signature Version 2, which only S3 reads: botocore, and with it boto3 and
// the first AWS command line, still presigns so in the older Regions (Amazon S3 user guide, "Signing and
// authenticating REST requests": query string request authentication). Requests with an Authorization
// header of that version are not accepted.
import { createHmac } from 'node:crypto'
import { AwsFault } from './aws-fault.ts'
import type { AwsRequestHead } from './signature-claim.ts'

export interface PresignedV2 {
  readonly accessKeyId: string
  readonly sessionToken: string | undefined
  readonly signature: string
  readonly expiresAt: Date
}

/** Whether a query has what such an address has. */
export function isPresignedV2(query: string): boolean {
  return /(?:^|&)AWSAccessKeyId=/.test(query) && /(?:^|&)Signature=/.test(query)
}

export function readPresignedV2({ query }: Pick<AwsRequestHead, 'query'>): PresignedV2 {
  const parts = new URLSearchParams(query)
  const accessKeyId = parts.get('AWSAccessKeyId') ?? ''
  const expires = parts.get('Expires') ?? ''
  if (!/^[\w.-]{1,128}$/.test(accessKeyId) || !/^\d{1,11}$/.test(expires)) {
    const message =
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters'
    throw new AwsFault('AccessDenied', 403, message)
  }
  return {
    accessKeyId,
    sessionToken: parts.get('x-amz-security-token') ?? undefined,
    signature: parts.get('Signature') ?? '',
    expiresAt: new Date(Number(expires) * 1_000),
  }
}

/** The signature that an address should have; `resource` is its path with the bucket in front. */
export function calculateSignatureV2(
  { method, query, headers }: AwsRequestHead,
  resource: string,
  secretAccessKey: string,
): string {
  const parts = new URLSearchParams(query)
  const text = [
    method,
    String(headers['content-md5'] ?? parts.get('content-md5') ?? ''),
    headers['content-type'] ?? '',
    parts.get('Expires') ?? '',
    canonicalHeaders(headers, parts) + resource + canonicalSubresources(parts),
  ].join('\n')
  return createHmac('sha1', secretAccessKey).update(text).digest('base64')
}

/** S3's own headers, also those that stand in the query. */
function canonicalHeaders(headers: AwsRequestHead['headers'], parts: URLSearchParams): string {
  const found = new Map<string, string>()
  for (const [name, value] of parts) if (isOwn(name)) found.set(name.toLowerCase(), value)
  for (const [name, value] of Object.entries(headers)) {
    if (isOwn(name)) found.set(name, Array.isArray(value) ? value.join(',') : (value ?? ''))
  }
  const names = [...found.keys()].toSorted()
  return names.map((name) => `${name}:${found.get(name)?.trim()}\n`).join('')
}

function isOwn(name: string): boolean {
  return name.toLowerCase().startsWith('x-amz-')
}

const SUBRESOURCES: ReadonlySet<string> = new Set(
  `accelerate acl analytics cors defaultObjectAcl delete inventory lifecycle location logging metrics
   notification partNumber policy replication requestPayment response-cache-control
   response-content-disposition response-content-encoding response-content-language
   response-content-type response-expires restore select select-type tagging torrent uploadId uploads
   versionId versioning versions website`.split(/\s+/),
)

function canonicalSubresources(parts: URLSearchParams): string {
  const found = [...parts]
    .filter(([name]) => SUBRESOURCES.has(name))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .toSorted()
  return found.length === 0 ? '' : `?${found.join('&')}`
}
