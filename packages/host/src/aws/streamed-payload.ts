// A body that is read piece by piece, because it may be longer than memory is meant for.
import { createHash } from 'node:crypto'
import { chunkDecoder, isChunkedPayload } from './chunked-payload.ts'
import { invalidSignature, type SignatureClaim } from './signature-claim.ts'
import { isSameSignature } from './sigv4.ts'

export interface StreamedPayload {
  /** The body without the chunks it may have been sent in; throws at its end when it was not what was signed. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** What was sent behind the body, by names in lower case; there when `bytes` has ended. */
  readonly trailers: ReadonlyMap<string, string>
}

export interface PayloadSigning {
  readonly claim: SignatureClaim
  /** Undefined: nobody can verify the signatures of chunks. */
  readonly signingKey: Buffer | undefined
  /** What the caller said its body hashes to, or the word it used instead. */
  readonly declared: string | undefined
}

export function streamPayload(
  source: AsyncIterable<Uint8Array>,
  { claim, signingKey, declared }: PayloadSigning,
): StreamedPayload {
  if (isChunkedPayload(declared)) {
    const trailers = new Map<string, string>()
    const decoder = chunkDecoder(declared, claim, signingKey)
    return { bytes: unchunk(), trailers }
    async function* unchunk() {
      for await (const piece of source) yield* decoder.push(piece)
      for (const [name, value] of decoder.end()) trailers.set(name, value)
    }
  }
  if (declared === undefined || declared === 'UNSIGNED-PAYLOAD') {
    return { bytes: source, trailers: NO_TRAILERS }
  }
  return { bytes: compareHash(source, declared), trailers: NO_TRAILERS }
}

const NO_TRAILERS: ReadonlyMap<string, string> = new Map()

async function* compareHash(source: AsyncIterable<Uint8Array>, declared: string) {
  const hash = createHash('sha256')
  for await (const piece of source) {
    hash.update(piece)
    yield piece
  }
  if (isSameSignature(hash.digest('hex'), declared.toLowerCase())) return
  throw invalidSignature('The body does not have the hash that x-amz-content-sha256 declares')
}
