// Bodies sent as `aws-chunked`: pieces with a signature each, and maybe signed trailers (AWS General
// Reference, "Signature calculations: transferring payload in multiple chunks"). What comes out is
// the body itself; a piece that was changed, left out or moved is refused.
import { createChunkDecoder, type ChunkDecoder } from './chunk-decoder.ts'
import type { SignatureClaim } from './signature-claim.ts'

/** What `x-amz-content-sha256` may say instead of a hash. */
export type ChunkedPayload =
  | 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
  | 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'
  | 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'

export function isChunkedPayload(text: string | undefined): text is ChunkedPayload {
  return (
    text === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' ||
    text === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' ||
    text === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  )
}

/** Reads chunks as they come. Without a signing key, the signatures are read and not verified. */
export function chunkDecoder(
  kind: ChunkedPayload,
  claim: SignatureClaim,
  signingKey: Buffer | undefined,
): ChunkDecoder {
  return createChunkDecoder({
    claim,
    signingKey,
    isSigned: kind !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    hasTrailer: kind.endsWith('-TRAILER'),
  })
}

/** The body inside chunks that are all there. */
export function decodeChunks(
  body: Uint8Array,
  kind: ChunkedPayload,
  claim: SignatureClaim,
  signingKey: Buffer | undefined,
): Buffer {
  const decoder = chunkDecoder(kind, claim, signingKey)
  const decoded = decoder.push(body)
  decoder.end()
  return Buffer.concat(decoded)
}
