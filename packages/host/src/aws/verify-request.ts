// The last step of authentication: whether the signature that a request carries is the one it should carry,
// and whether its body is the one that was signed.
import { decodeChunks, isChunkedPayload } from './chunked-payload.ts'
import { invalidSignature, type AwsRequestHead, type SignatureClaim } from './signature-claim.ts'
import { calculateSignature, deriveSigningKey, EMPTY_SHA256 } from './sigv4.ts'
import { isSameSignature, sha256 } from './sigv4.ts'
import { streamPayload, type StreamedPayload } from './streamed-payload.ts'

/** Headers that decide what is done, or for whom: nobody but the signer may have put them there. */
const MEANINGFUL = ['x-amz-target', 'x-amzn-bedrock-agentcore-runtime-user-id'] as const

/** To S3 all of its own headers decide something: who has a presigned URL may not add one. */
function isS3Header(name: string): boolean {
  return name.startsWith('x-amz-')
}

function refuseUnsignedMeaning(
  { headers }: AwsRequestHead,
  { signedHeaders, service }: SignatureClaim,
) {
  const named = service === 's3' ? Object.keys(headers).filter(isS3Header) : MEANINGFUL
  for (const name of named) {
    if (headers[name] === undefined || signedHeaders.includes(name)) continue
    throw invalidSignature(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`)
  }
}

export const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** Verifies a signature and the body with it, which comes back without chunks. */
export function verify(
  request: AwsRequestHead,
  claim: SignatureClaim,
  secretAccessKey: string,
  body: Uint8Array | undefined,
): Uint8Array {
  refuseUnsignedMeaning(request, claim)
  const signingKey = deriveSigningKey(secretAccessKey, claim)
  const declared = declaredPayload(request)
  const payloadHash = declared ?? (isPresignedForS3(claim) ? UNSIGNED : sha256(body ?? ''))
  const signature = calculateSignature(request, claim, payloadHash, signingKey)
  if (!isSameSignature(signature, claim.signature)) throw invalidSignature(MISMATCH)
  if (body === undefined) return EMPTY
  if (isChunkedPayload(declared)) return decodeChunks(body, declared, claim, signingKey)
  const isHash = declared !== undefined && declared !== UNSIGNED
  if (isHash && !isSameSignature(sha256(body), declared.toLowerCase())) {
    throw invalidSignature('The body does not have the hash that x-amz-content-sha256 declares')
  }
  return body
}

export const UNSIGNED = 'UNSIGNED-PAYLOAD'

/** Amazon S3 API reference, "Authenticating requests: using query parameters": the body is not signed. */
function isPresignedForS3({ service, expiresSeconds }: SignatureClaim): boolean {
  return service === 's3' && expiresSeconds !== undefined
}

/** A body whose signature nobody can verify, without its chunks. */
export function unwrap(
  request: AwsRequestHead,
  claim: SignatureClaim,
  body: Uint8Array | undefined,
): Uint8Array {
  const declared = declaredPayload(request)
  if (body === undefined) return EMPTY
  return isChunkedPayload(declared) ? decodeChunks(body, declared, claim, undefined) : body
}

export const EMPTY = new Uint8Array()

/** What the caller says its body hashes to, or the word it uses instead. */
export function declaredPayload({ headers }: AwsRequestHead): string | undefined {
  const declared = headers['x-amz-content-sha256']
  if (typeof declared !== 'string' || declared === '') return undefined
  if (/^[0-9a-f]{64}$/i.test(declared)) return declared
  if (declared === UNSIGNED || isChunkedPayload(declared)) return declared
  throw invalidSignature('x-amz-content-sha256 must be a SHA-256 hash or a known payload option')
}

/** Verifies a signature now, and the body with it as it is read. */
export function verifyStream(
  request: AwsRequestHead,
  claim: SignatureClaim,
  secretAccessKey: string,
  source: AsyncIterable<Uint8Array>,
): StreamedPayload {
  verify(request, claim, secretAccessKey, undefined)
  const signingKey = deriveSigningKey(secretAccessKey, claim)
  // What is signed without a word about the body is signed without a body.
  const declared = declaredPayload(request) ?? (isPresignedForS3(claim) ? UNSIGNED : EMPTY_SHA256)
  return streamPayload(source, { claim, signingKey, declared })
}

/** A body as it is read, whose signature nobody can verify. */
export function unwrapStream(
  request: AwsRequestHead,
  claim: SignatureClaim,
  source: AsyncIterable<Uint8Array>,
): StreamedPayload {
  return streamPayload(source, { claim, signingKey: undefined, declared: declaredPayload(request) })
}
