// A body in `aws-chunked` pieces, as its bytes come in. Signatures are verified over pieces that have
// been handed on already: whoever reads must not act on the body before `end` has returned.
import { createHash, createHmac, type Hash } from 'node:crypto'
import { invalidSignature, type SignatureClaim } from './signature-claim.ts'
import { credentialScope, EMPTY_SHA256, isSameSignature, sha256 } from './sigv4.ts'

export interface ChunkSigning {
  readonly claim: SignatureClaim
  /** Undefined: signatures are read and not verified. */
  readonly signingKey: Buffer | undefined
  readonly isSigned: boolean
  readonly hasTrailer: boolean
}

export interface ChunkDecoder {
  /** The bytes of the body that are in these bytes of the wire. */
  push(bytes: Uint8Array): Buffer[]
  /** The trailers, by their names in lower case; throws when the body is not whole. */
  end(): ReadonlyMap<string, string>
}

type State = 'header' | 'data' | 'data-end' | 'trailer' | 'done'

const MAX_LINE = 1_024
const MAX_TRAILERS = 16

export function createChunkDecoder(signing: ChunkSigning): ChunkDecoder {
  const { claim, isSigned, hasTrailer } = signing
  let state: State = 'header'
  let line = ''
  let left = 0
  let previous = claim.signature
  let signature: string | undefined
  let hash: Hash | undefined
  const trailers = new Map<string, string>()

  /** A line without its end, once all of it is there. */
  function readLine(bytes: Buffer, start: number): { text: string | undefined; next: number } {
    const end = bytes.indexOf('\n', start)
    const next = end === -1 ? bytes.length : end + 1
    line += bytes.toString('latin1', start, next)
    if (line.length > MAX_LINE) throw malformed()
    if (end === -1) return { text: undefined, next }
    if (!line.endsWith('\r\n')) throw malformed()
    const text = line.slice(0, -2)
    line = ''
    return { text, next }
  }

  function takeLine(text: string): void {
    if (state === 'header') {
      const [size, signed] = readChunkHeader(text, isSigned)
      left = size
      signature = signed
      hash = isSigned && signing.signingKey !== undefined ? createHash('sha256') : undefined
      if (size === 0) endChunk()
      state = size > 0 ? 'data' : 'trailer'
    } else if (state === 'data-end') {
      if (text !== '') throw malformed()
      state = 'header'
    } else takeTrailer(text)
  }

  function takeTrailer(text: string): void {
    if (text === '') {
      // An unsigned body ends its trailers with an empty line; some signers end with two.
      if (!hasTrailer || trailers.size > 0) state = 'done'
      return
    }
    const colon = text.indexOf(':')
    if (!hasTrailer || colon === -1 || trailers.size === MAX_TRAILERS) throw malformed()
    trailers.set(text.slice(0, colon).toLowerCase(), text.slice(colon + 1).trim())
  }

  function endChunk(): void {
    if (signature !== undefined && hash !== undefined) {
      verify('AWS4-HMAC-SHA256-PAYLOAD', [previous, EMPTY_SHA256, hash.digest('hex')], signature)
    }
    previous = signature ?? previous
  }

  function verify(algorithm: string, parts: readonly string[], actual: string): void {
    if (signing.signingKey === undefined) return
    const text = [algorithm, claim.timestamp, credentialScope(claim), ...parts].join('\n')
    const expected = createHmac('sha256', signing.signingKey).update(text).digest('hex')
    if (isSameSignature(expected, actual)) return
    throw invalidSignature('The signature of a chunk of the body does not match the chunk')
  }

  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      const found: Buffer[] = []
      for (let at = 0; at < bytes.length;) {
        if (state === 'data') {
          const data = bytes.subarray(at, at + left)
          hash?.update(data)
          found.push(data)
          at += data.length
          left -= data.length
          if (left > 0) continue
          endChunk()
          state = 'data-end'
        } else if (state === 'done') {
          if (bytes.subarray(at).some((byte) => byte !== 0x0d && byte !== 0x0a)) throw malformed()
          at = bytes.length
        } else {
          const { text, next } = readLine(bytes, at)
          if (text !== undefined) takeLine(text)
          at = next
        }
      }
      return found
    },

    end() {
      if (state !== 'trailer' && state !== 'done') throw malformed()
      if (line !== '') throw malformed()
      if (!isSigned || !hasTrailer) return trailers
      const signed = trailers.get(SIGNATURE_TRAILER)
      if (signed === undefined) throw malformed()
      trailers.delete(SIGNATURE_TRAILER)
      const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('')
      verify('AWS4-HMAC-SHA256-TRAILER', [previous, sha256(canonical)], signed)
      return trailers
    },
  }
}

const SIGNATURE_TRAILER = 'x-amz-trailer-signature'

function readChunkHeader(text: string, isSigned: boolean): [number, string | undefined] {
  const found = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(text)
  if (found?.[1] === undefined || isSigned !== (found[2] !== undefined)) throw malformed()
  return [Number.parseInt(found[1], 16), found[2]]
}

function malformed() {
  return invalidSignature(
    'The body is not the aws-chunked content that x-amz-content-sha256 announces',
  )
}
