import { formatTimestamp } from './signature-claim.ts'
import { calculateSignature, credentialScope, deriveSigningKey, sha256 } from './sigv4.ts'

export interface RequestToSign {
  readonly method: string
  readonly url: URL
  /** Sent with the request and covered by the signature; names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export interface SigningKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Of temporary keys. */
  readonly sessionToken?: string | undefined
}

/** The headers of a request with AWS Signature Version 4 in `authorization`, for one service and Region. */
export function signRequest(
  { method, url, headers, body }: RequestToSign,
  { service, region }: { readonly service: string; readonly region: string },
  { accessKeyId, secretAccessKey, sessionToken }: SigningKeys,
): Record<string, string> {
  const timestamp = formatTimestamp(new Date())
  const payloadHash = sha256(body)
  const signed: Record<string, string> = {
    ...headers,
    host: url.host,
    'x-amz-date': timestamp,
    ...(service === 's3' && { 'x-amz-content-sha256': payloadHash }), // S3 asks for it
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const claim = {
    accessKeyId,
    sessionToken,
    date: timestamp.slice(0, 8),
    region,
    service,
    signedHeaders: Object.keys(signed).toSorted(),
    signature: '',
    timestamp,
    expiresSeconds: undefined,
  }
  const head = { method, path: url.pathname, query: url.search.slice(1), headers: signed }
  const key = deriveSigningKey(secretAccessKey, claim)
  const signature = calculateSignature(head, claim, payloadHash, key)
  const credential = `${accessKeyId}/${credentialScope(claim)}`
  const names = claim.signedHeaders.join(';')
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  }
}
