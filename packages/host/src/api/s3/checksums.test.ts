import { randomBytes } from 'node:crypto'
import { test } from 'vitest'
import { checksumOf, CHECKSUM_ALGORITHMS, createChecksum, findAlgorithm } from './checksums.ts'

/** The check values of the CRC catalogue (reveng), and NIST's for the hashes, of `123456789`. */
const CHECK_VALUES = {
  crc32: 'cbf43926',
  crc32c: 'e3069283',
  crc64nvme: 'ae8b14860a799888',
  sha1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  sha256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
}

test.for(CHECKSUM_ALGORITHMS)('%s gives the value that everybody gets', (algorithm, { expect }) => {
  const checksum = checksumOf(algorithm, Buffer.from('123456789'))
  expect(Buffer.from(checksum, 'base64').toString('hex')).toBe(CHECK_VALUES[algorithm])
})

test.for(CHECKSUM_ALGORITHMS)('%s does not care where a body is cut', (algorithm, { expect }) => {
  const bytes = randomBytes(1_000)
  for (const at of [0, 1, 333, 999, 1_000]) {
    const checksum = createChecksum(algorithm)
    checksum.update(bytes.subarray(0, at))
    checksum.update(bytes.subarray(at))
    expect(checksum.digest().toString('base64')).toBe(checksumOf(algorithm, bytes))
  }
})

test('algorithms are found by any spelling', ({ expect }) => {
  expect(findAlgorithm('CRC64NVME')).toBe('crc64nvme')
  expect(findAlgorithm('MD5')).toBeUndefined()
  expect(findAlgorithm(undefined)).toBeUndefined()
})
