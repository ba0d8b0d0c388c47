// The checksum that a caller says its body has: in a header, or behind the body.
import { AwsFault } from '../../aws/aws-fault.ts'
import { singleHeader, type Exchange } from '../../http/exchange.ts'
import { CHECKSUM_ALGORITHMS, findAlgorithm, type ChecksumAlgorithm } from './checksums.ts'
import { invalidArgument } from './s3-faults.ts'

export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Undefined: a trailer brings it. */
  readonly value: string | undefined
}

const PREFIX = 'x-amz-checksum-'

/** What was declared; undefined when nothing was. */
export function findDeclaredChecksum(headers: Exchange['headers']): DeclaredChecksum | undefined {
  const found = CHECKSUM_ALGORITHMS.flatMap((algorithm): DeclaredChecksum[] => {
    const value = singleHeader(headers[PREFIX + algorithm])
    return value === undefined ? [] : [{ algorithm, value }]
  })
  const trailer = singleHeader(headers['x-amz-trailer'])?.trim().toLowerCase()
  if (trailer?.startsWith(PREFIX)) {
    const algorithm = findAlgorithm(trailer.slice(PREFIX.length))
    if (algorithm === undefined) throw invalidArgument(`x-amz-trailer: ${trailer.slice(0, 100)}`)
    found.push({ algorithm, value: undefined })
  }
  if (found.length > 1) throw invalidArgument('Expecting a single x-amz-checksum- header')
  return found[0]
}

/** Refuses a body that is not the declared one. */
export function verifyChecksum(
  { algorithm, value }: DeclaredChecksum,
  actual: string,
  trailers: ReadonlyMap<string, string>,
): void {
  const declared = value ?? trailers.get(PREFIX + algorithm)
  if (declared === undefined) {
    const message = `x-amz-trailer announces ${PREFIX}${algorithm}, and the trailer is missing`
    throw new AwsFault('MalformedTrailerError', 400, message)
  }
  if (declared === actual) return
  const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`
  throw new AwsFault('BadDigest', 400, message)
}

/** A checksum as headers say it. */
export function checksumHeaders(
  checksum:
    | { readonly algorithm: string; readonly value: string; readonly type: string }
    | undefined,
): Record<string, string> {
  if (checksum === undefined) return {}
  return {
    [PREFIX + checksum.algorithm]: checksum.value,
    'x-amz-checksum-type': checksum.type,
  }
}

/** The same as a member of an XML answer: `ChecksumCRC32`. */
export function checksumMember(
  algorithm: string | undefined,
  value: string | undefined,
): Record<string, string> {
  if (algorithm === undefined || value === undefined) return {}
  return { [`Checksum${algorithm.toUpperCase()}`]: value }
}
