// What a request says about who signed it (AWS Signature Version 4), read strictly and believed by
// nobody yet: the Authorization header or, for a presigned URL, the query.
import type { IncomingHttpHeaders } from 'node:http'
import { AwsFault } from './aws-fault.ts'

/** A request without its body. Path and query are raw: still percent-encoded. */
export interface AwsRequestHead {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
}

export interface SignatureClaim {
  readonly accessKeyId: string
  readonly sessionToken: string | undefined
  /** The credential scope: `20261122/us-east-1/lambda/aws4_request`. */
  readonly date: string
  readonly region: string
  readonly service: string
  /** Lower-case, sorted as the caller signed them. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20261122T101500Z` */
  readonly timestamp: string
  /** Presigned: how long after the timestamp it may be used. */
  readonly expiresSeconds: number | undefined
}

const ALGORITHM = 'AWS4-HMAC-SHA256'
const MAX_PRESIGNED_SECONDS = 7 * 86_400

/** Whether a request tries to be signed at all. */
export function isSigned({ headers, query }: AwsRequestHead): boolean {
  return headers.authorization?.startsWith('AWS4-') === true || query.includes('X-Amz-Signature=')
}

/** The claim of a request, or the fault that says what it lacks. */
export function readSignatureClaim(request: AwsRequestHead): SignatureClaim {
  const { authorization } = request.headers
  if (authorization !== undefined) return readHeader(authorization, request.headers)
  if (request.query.includes('X-Amz-')) return readQuery(request)
  throw new AwsFault('MissingAuthenticationTokenException', 403, 'Missing Authentication Token')
}

function readHeader(authorization: string, headers: IncomingHttpHeaders): SignatureClaim {
  const space = authorization.indexOf(' ')
  const algorithm = space === -1 ? authorization : authorization.slice(0, space)
  if (algorithm !== ALGORITHM) throw unsupportedAlgorithm(algorithm)
  const parts = new Map<string, string>()
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=')
    if (equals === -1) throw incomplete('Authorization has a part that is no key=value pair.')
    parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim())
  }
  const lacking = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !parts.get(name))
  const date = headers['x-amz-date'] ?? headers.date
  const complaints = lacking.map((name) => `Authorization header requires '${name}' parameter.`)
  if (typeof date !== 'string') {
    complaints.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    )
  }
  if (complaints.length > 0) throw incomplete(complaints.join(' '))
  const token = headers['x-amz-security-token']
  return {
    ...readCredential(parts.get('Credential') ?? ''),
    sessionToken: typeof token === 'string' ? token : undefined,
    signedHeaders: readSignedHeaders(parts.get('SignedHeaders') ?? ''),
    signature: readSignature(parts.get('Signature') ?? ''),
    timestamp: readTimestamp(String(date)),
    expiresSeconds: undefined,
  }
}

function readQuery({ query }: AwsRequestHead): SignatureClaim {
  const parts = new URLSearchParams(query)
  const algorithm = parts.get('X-Amz-Algorithm') ?? ''
  if (algorithm !== ALGORITHM) throw unsupportedAlgorithm(algorithm)
  const names = ['Credential', 'Signature', 'SignedHeaders', 'Date'].map((name) => `X-Amz-${name}`)
  const lacking = names.filter((name) => !parts.get(name))
  if (lacking.length > 0) {
    const complaints = lacking.map((name) => `AWS query-string parameters must include '${name}'.`)
    throw incomplete(`${complaints.join(' ')} Re-examine the query-string parameters.`)
  }
  const expires = parts.get('X-Amz-Expires') ?? '900'
  const expiresSeconds = /^\d{1,6}$/.test(expires) ? Number(expires) : Number.NaN
  if (!(expiresSeconds <= MAX_PRESIGNED_SECONDS)) {
    throw incomplete(`X-Amz-Expires must be a number of seconds up to ${MAX_PRESIGNED_SECONDS}`)
  }
  return {
    ...readCredential(parts.get('X-Amz-Credential') ?? ''),
    sessionToken: parts.get('X-Amz-Security-Token') ?? undefined,
    signedHeaders: readSignedHeaders(parts.get('X-Amz-SignedHeaders') ?? ''),
    signature: readSignature(parts.get('X-Amz-Signature') ?? ''),
    timestamp: readTimestamp(parts.get('X-Amz-Date') ?? ''),
    expiresSeconds,
  }
}

function readCredential(credential: string) {
  const found =
    /^([\w.-]{1,128})\/(\d{8})\/([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})\/aws4_request$/.exec(
      credential,
    )
  const [, accessKeyId, date, region, service] = found ?? []
  if (!accessKeyId || !date || !region || !service) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements: key id, date, region, service and aws4_request',
    )
  }
  return { accessKeyId, date, region, service }
}

function readSignedHeaders(text: string): readonly string[] {
  const names = text.split(';')
  if (names.length > 100 || !names.every((name) => /^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name))) {
    throw incomplete('SignedHeaders must be a list of lower-case header names')
  }
  if (!names.includes('host')) {
    throw invalidSignature(
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    )
  }
  return names
}

function readSignature(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text
  throw incomplete('Signature must be 64 lower-case hexadecimal digits')
}

function readTimestamp(text: string): string {
  if (/^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(timestampMs(text))) return text
  const date = /^[A-Z][a-z]{2}, /.test(text) ? new Date(text) : undefined
  if (date !== undefined && !Number.isNaN(date.getTime())) return formatTimestamp(date)
  throw incomplete("Date must be in ISO-8601 'basic format', such as 20261122T101500Z")
}

/** The instant that `20261122T101500Z` names; NaN when there is no such one. */
export function timestampMs(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:'))
}

/** An instant as signatures spell it. */
export function formatTimestamp(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

function incomplete(message: string): AwsFault {
  return new AwsFault('IncompleteSignatureException', 400, message)
}

export function invalidSignature(message: string): AwsFault {
  return new AwsFault('InvalidSignatureException', 403, message)
}

/** What is no algorithm may be a token; only what is one is repeated. */
function unsupportedAlgorithm(text: string): AwsFault {
  const algorithm = /^(?:AWS4-[A-Z0-9-]{1,30}|Bearer|Basic)$/.test(text) ? `: '${text}'` : ''
  return incomplete(`Unsupported AWS 'algorithm'${algorithm}; use ${ALGORITHM}.`)
}
