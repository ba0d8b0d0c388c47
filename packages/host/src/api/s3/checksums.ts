// The checksums that S3 clients send beside a body (Amazon S3 user guide, "Checking object integrity").
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

export type ChecksumAlgorithm = 'crc32' | 'crc32c' | 'crc64nvme' | 'sha1' | 'sha256'

export interface Checksum {
  update(bytes: Uint8Array): void
  digest(): Buffer
}

const CREATORS: Readonly<Record<ChecksumAlgorithm, () => Checksum>> = {
  crc32: createCrc32,
  crc32c: createCrc32c,
  crc64nvme: createCrc64,
  sha1: () => createHashed('sha1'),
  sha256: () => createHashed('sha256'),
}

export const CHECKSUM_ALGORITHMS = Object.keys(CREATORS) as readonly ChecksumAlgorithm[]

export function createChecksum(algorithm: ChecksumAlgorithm): Checksum {
  return CREATORS[algorithm]()
}

export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  const checksum = createChecksum(algorithm)
  checksum.update(bytes)
  return checksum.digest().toString('base64')
}

/** The algorithm of that name, in any case; undefined when S3 has none such or this host does not. */
export function findAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  const lower = name?.toLowerCase()
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === lower)
}

function createHashed(name: string): Checksum {
  const hash = createHash(name)
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() }
}

function createCrc32(): Checksum {
  let value = 0
  return { update: (bytes) => void (value = crc32(bytes, value)), digest: () => writeUint32(value) }
}

/** Castagnoli's polynomial, bits reversed. */
const CRC32C = 0x82f63b78
/** NVMe's polynomial 0xad93d23594c93659, bits reversed, as two halves: JavaScript has 32 bits. */
const CRC64_HIGH = 0x9a6c9329
const CRC64_LOW = 0xac4bc9b5

let table32: Uint32Array | undefined
let tables64: { readonly high: Uint32Array; readonly low: Uint32Array } | undefined

function createCrc32c(): Checksum {
  const table = (table32 ??= makeTable32())
  let value = 0xff_ff_ff_ff
  return {
    update(bytes) {
      let now = value
      for (const byte of bytes) now = (table[(now ^ byte) & 0xff] ?? 0) ^ (now >>> 8)
      value = now
    },
    digest: () => writeUint32(~value),
  }
}

function createCrc64(): Checksum {
  const { high, low } = (tables64 ??= makeTables64())
  let [upper, lower] = [0xff_ff_ff_ff, 0xff_ff_ff_ff]
  return {
    update(bytes) {
      let [top, bottom] = [upper, lower]
      for (const byte of bytes) {
        const index = (bottom ^ byte) & 0xff
        bottom = ((bottom >>> 8) | (top << 24)) ^ (low[index] ?? 0)
        top = (top >>> 8) ^ (high[index] ?? 0)
      }
      upper = top
      lower = bottom
    },
    digest: () => Buffer.concat([writeUint32(~upper), writeUint32(~lower)]),
  }
}

function makeTable32(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? CRC32C : 0)
    return value
  })
}

function makeTables64() {
  const high = new Uint32Array(256)
  const low = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let [top, bottom] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (bottom & 1) === 1
      bottom = ((bottom >>> 1) | (top << 31)) ^ (isOdd ? CRC64_LOW : 0)
      top = (top >>> 1) ^ (isOdd ? CRC64_HIGH : 0)
    }
    high[byte] = top
    low[byte] = bottom
  }
  return { high, low }
}

function writeUint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
