import fc from 'fast-check'
import { test } from 'vitest'
import { AwsFault } from './aws-fault.ts'
import { createChunkDecoder, type ChunkSigning } from './chunk-decoder.ts'
import type { SignatureClaim } from './signature-claim.ts'

const claim: SignatureClaim = {
  accessKeyId: 'AKIDEXAMPLE',
  sessionToken: undefined,
  date: '20261122',
  region: 'us-east-1',
  service: 's3',
  signedHeaders: ['host'],
  signature: '0'.repeat(64),
  timestamp: '20261122T000000Z',
  expiresSeconds: undefined,
}
const UNSIGNED: ChunkSigning = { claim, signingKey: undefined, isSigned: false, hasTrailer: true }

function decode(pieces: readonly Uint8Array[], signing = UNSIGNED) {
  const decoder = createChunkDecoder(signing)
  const bytes = Buffer.concat(pieces.flatMap((piece) => decoder.push(piece)))
  return { bytes, trailers: Object.fromEntries(decoder.end()) }
}

/** A body as a client would send it, cut at these places on its way. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted(
    (left, right) => left - right,
  )
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end))
}

const chunk = (data: Buffer) =>
  Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')])

test('it does not matter how the bytes of the wire arrive', ({ expect }) => {
  const data = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes))
  fc.assert(
    fc.property(fc.array(data, { maxLength: 5 }), fc.array(fc.nat()), (chunks, places) => {
      const end = Buffer.from('0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')
      const wire = Buffer.concat([...chunks.map(chunk), end])
      expect(decode(cut(wire, places))).toEqual({
        bytes: Buffer.concat(chunks),
        trailers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
      })
    }),
  )
})

test.for([
  ['a body that ends too early', '3\r\nab'],
  ['a chunk that is longer than it says', '3\r\nabcd\r\n0\r\n\r\n'],
  ['a size that is no number', 'x\r\nabc\r\n0\r\n\r\n'],
  ['a line without end', '1'.repeat(2_000)],
  ['something behind the end', '0\r\na:b\r\n\r\nmore'],
  ['a trailer that is none', '0\r\nno colon\r\n\r\n'],
  [
    'endless trailers',
    `0\r\n${Array.from({ length: 30 }, (_, index) => `t${index}:x\r\n`).join('')}\r\n`,
  ],
  ['a signature where none belongs', `0;chunk-signature=${'0'.repeat(64)}\r\n\r\n`],
  ['nothing', ''],
])('%s is refused', ([, wire], { expect }) => {
  expect(() => decode([Buffer.from(String(wire))])).toThrow(AwsFault)
})

test('a trailer is refused where none was announced', ({ expect }) => {
  const signing = { ...UNSIGNED, hasTrailer: false }
  expect(() => decode([Buffer.from('0\r\na:b\r\n\r\n')], signing)).toThrow(AwsFault)
  expect(decode([Buffer.from('2\r\nab\r\n0\r\n\r\n')], signing).bytes.toString()).toBe('ab')
})

test('no bytes make the decoder throw anything but a refusal', ({ expect }) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), fc.boolean(), fc.boolean(), (pieces, isSigned, has) => {
      try {
        decode(pieces, { ...UNSIGNED, isSigned, hasTrailer: has })
      } catch (error) {
        expect(error).toBeInstanceOf(AwsFault)
      }
    }),
  )
})
