// Bodies sent as `aws-chunked`: pieces with a signature each, and maybe signed trailers (AWS General
// Reference, "Signature calculations: transferring payload in multiple chunks"). What comes out is
// the body itself; a piece that was changed, left out or moved is refused.
import { createHmac } from 'node:crypto'
import { invalidSignature, type SignatureClaim } from './signature-claim.ts'
import { credentialScope, EMPTY_SHA256, isSameSignature, sha256 } from './sigv4.ts'

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

/** The body inside the chunks. Without a signing key, the signatures are read and not verified. */
export function decodeChunks(
  body: Uint8Array,
  kind: ChunkedPayload,
  claim: SignatureClaim,
  signingKey: Buffer | undefined,
): Buffer {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const isSigned = kind !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  const chunks: Buffer[] = []
  let previous = claim.signature
  let position = 0
  for (;;) {
    const header = readLine(bytes, position)
    const [size, signature] = readChunkHeader(header.text, isSigned)
    const data = bytes.subarray(header.next, header.next + size)
    if (data.length !== size) throw malformed()
    if (signature !== undefined && signingKey !== undefined) {
      const parts = [previous, EMPTY_SHA256, sha256(data)]
      verify(sign('AWS4-HMAC-SHA256-PAYLOAD', claim, parts, signingKey), signature)
    }
    previous = signature ?? previous
    position = header.next + size
    if (size === 0) break
    chunks.push(data)
    if (bytes.readUInt16BE(ensure(bytes, position, 2)) !== CRLF) throw malformed()
    position += 2
  }
  if (kind.endsWith('-TRAILER'))
    verifyTrailer(bytes, position, isSigned, claim, previous, signingKey)
  return Buffer.concat(chunks)
}

const CRLF = 0x0d0a
const MAX_LINE = 1_024

function readChunkHeader(text: string, isSigned: boolean): [number, string | undefined] {
  const found = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(text)
  if (found?.[1] === undefined || isSigned !== (found[2] !== undefined)) throw malformed()
  return [Number.parseInt(found[1], 16), found[2]]
}

/** Trailers end with a signature over them, which continues the chain of the chunks. */
function verifyTrailer(
  bytes: Buffer,
  start: number,
  isSigned: boolean,
  claim: SignatureClaim,
  previous: string,
  signingKey: Buffer | undefined,
): void {
  let canonical = ''
  let signature: string | undefined
  for (let position = start; position < bytes.length;) {
    const line = readLine(bytes, position)
    position = line.next
    if (line.text === '') continue
    const colon = line.text.indexOf(':')
    if (colon === -1) throw malformed()
    const name = line.text.slice(0, colon).toLowerCase()
    const value = line.text.slice(colon + 1).trim()
    if (name === 'x-amz-trailer-signature') signature = value
    else canonical += `${name}:${value}\n`
  }
  if (!isSigned) return
  if (signature === undefined) throw malformed()
  if (signingKey === undefined) return
  const parts = [previous, sha256(canonical)]
  verify(sign('AWS4-HMAC-SHA256-TRAILER', claim, parts, signingKey), signature)
}

function sign(
  algorithm: string,
  claim: SignatureClaim,
  parts: readonly string[],
  signingKey: Buffer,
): string {
  const text = [algorithm, claim.timestamp, credentialScope(claim), ...parts].join('\n')
  return createHmac('sha256', signingKey).update(text).digest('hex')
}

function verify(expected: string, actual: string): void {
  if (!isSameSignature(expected, actual)) {
    throw invalidSignature('The signature of a chunk of the body does not match the chunk')
  }
}

function readLine(bytes: Buffer, position: number): { text: string; next: number } {
  const end = bytes.subarray(position, position + MAX_LINE).indexOf('\r\n')
  if (end === -1) throw malformed()
  const text = bytes.toString('latin1', position, position + end)
  return { text, next: position + end + 2 }
}

function ensure(bytes: Buffer, position: number, length: number): number {
  if (position + length > bytes.length) throw malformed()
  return position
}

function malformed() {
  return invalidSignature(
    'The body is not the aws-chunked content that x-amz-content-sha256 announces',
  )
}
