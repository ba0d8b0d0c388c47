// AWS Signature Version 4 as a verifier sees it (AWS General Reference, "Signature Version 4 signing
// process"). Nothing here knows accounts; see authenticate.ts.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AwsRequestHead, SignatureClaim } from './signature-claim.ts'

/** The hash of no bytes at all. */
export const EMPTY_SHA256 = sha256('')

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** The signature that a claim's request should carry, given the hash (or the word) for its body. */
export function calculateSignature(
  request: AwsRequestHead,
  claim: SignatureClaim,
  payloadHash: string,
  signingKey: Buffer,
): string {
  const canonical = canonicalRequest(request, claim, payloadHash)
  // Node reads header bytes as latin1; written the same way they are the bytes that were signed
  const hash = sha256(Buffer.from(canonical, 'latin1'))
  const text = ['AWS4-HMAC-SHA256', claim.timestamp, credentialScope(claim), hash].join('\n')
  return createHmac('sha256', signingKey).update(text).digest('hex')
}

export function credentialScope({ date, region, service }: SignatureClaim): string {
  return `${date}/${region}/${service}/aws4_request`
}

/** Equal, found out in a time that says nothing about where two signatures differ. */
export function isSameSignature(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other) // in bytes: characters may be longer
}

function canonicalRequest(
  { method, path, query, headers }: AwsRequestHead,
  { signedHeaders, service }: SignatureClaim,
  payloadHash: string,
): string {
  const lines = signedHeaders.map((name) => {
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined
    const text = Array.isArray(value) ? value.join(',') : (value ?? '')
    return `${name}:${text.trim().replaceAll(/\s+/g, ' ')}\n`
  })
  return [
    method,
    service === 's3' ? canonicalKeyPath(path) : canonicalPath(path),
    canonicalQuery(query),
    lines.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n')
}

/** Dot segments and doubled slashes go away; what was percent-encoded is encoded once more. */
function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encodeUri(segment))
  }
  const isFolder = segments.length > 0 && path.endsWith('/')
  return `/${segments.join('/')}${isFolder ? '/' : ''}`
}

/** S3 takes a path as it stands, because any text may be a key; only its spelling is made one. */
function canonicalKeyPath(path: string): string {
  return path.split('/').map(recode).join('/')
}

function canonicalQuery(query: string): string {
  if (query === '') return ''
  return query
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith('X-Amz-Signature='))
    .map((pair) => {
      const equals = pair.indexOf('=')
      const name = equals === -1 ? pair : pair.slice(0, equals)
      return [recode(name), equals === -1 ? '' : recode(pair.slice(equals + 1))] as const
    })
    .sort(([name, value], [otherName, otherValue]) =>
      name === otherName ? compare(value, otherValue) : compare(name, otherName),
    )
    .map((pair) => pair.join('='))
    .join('&')
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** One spelling for what callers encode differently; what cannot be decoded stays as it is. */
function recode(text: string): string {
  try {
    return encodeUri(decodeURIComponent(text))
  } catch {
    return text // no signer produces this, so no signature will match
  }
}

/** RFC 3986: everything but the unreserved characters. */
function encodeUri(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const MAX_CACHED_KEYS = 1_000
const signingKeys = new Map<string, { readonly secret: string; readonly key: Buffer }>()

/** The key of one day, Region and service; four hashes, so it is kept while it is asked for. */
export function deriveSigningKey(
  secretAccessKey: string,
  { accessKeyId, date, region, service }: SignatureClaim,
): Buffer {
  const name = `${accessKeyId}/${date}/${region}/${service}`
  const known = signingKeys.get(name)
  if (known?.secret === secretAccessKey) return known.key
  const parts = [date, region, service, 'aws4_request']
  const key = parts.reduce<Buffer>(
    (derived, part) => createHmac('sha256', derived).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
  if (signingKeys.size >= MAX_CACHED_KEYS) signingKeys.clear()
  signingKeys.set(name, { secret: secretAccessKey, key })
  return key
}
