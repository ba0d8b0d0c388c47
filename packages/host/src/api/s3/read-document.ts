import { createHash } from 'node:crypto'
import { AwsFault } from '../../aws/aws-fault.ts'
import { singleHeader } from '../../http/exchange.ts'
import { findDeclaredChecksum, verifyChecksum } from './declared-checksum.ts'
import { checksumOf } from './checksums.ts'
import { readXml, type XmlElement } from './read-xml.ts'
import type { S3Call } from './s3-call.ts'

/** 10,000 parts with a checksum each, or 1,000 keys of 1,024 bytes. */
const MAX_DOCUMENT_BYTES = 4 * 1024 * 1024

/** The XML of a body. */
export async function readDocument(call: S3Call, rootName: string): Promise<XmlElement> {
  return readXml((await readBytes(call)).toString('utf8'), rootName)
}

/** The same where the body may be left out. */
export async function readOptionalDocument(
  call: S3Call,
  rootName: string,
): Promise<XmlElement | undefined> {
  const text = (await readBytes(call)).toString('utf8')
  return text.trim() === '' ? undefined : readXml(text, rootName)
}

export async function readText(call: S3Call): Promise<string> {
  return (await readBytes(call)).toString('utf8')
}

async function readBytes({ payload, headers }: S3Call): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of payload.bytes) {
    size += piece.byteLength
    if (size > MAX_DOCUMENT_BYTES) throw tooLong()
    pieces.push(piece)
  }
  const bytes = Buffer.concat(pieces)
  checkMd5(singleHeader(headers['content-md5']), createHash('md5').update(bytes).digest('hex'))
  const declared = findDeclaredChecksum(headers)
  if (declared) verifyChecksum(declared, checksumOf(declared.algorithm, bytes), payload.trailers)
  return bytes
}

/** Compares what the caller says (base64) with what came (hexadecimal). */
export function checkMd5(declared: string | undefined, md5: string): void {
  if (declared === undefined) return
  if (!/^[A-Za-z0-9+/]{22}==$/.test(declared)) {
    throw new AwsFault('InvalidDigest', 400, 'The Content-MD5 you specified is not valid.')
  }
  if (Buffer.from(declared, 'base64').toString('hex') === md5) return
  const message = 'The Content-MD5 you specified did not match what we received.'
  throw new AwsFault('BadDigest', 400, message)
}

function tooLong(): AwsFault {
  const message = `The document has more than ${MAX_DOCUMENT_BYTES} bytes`
  return new AwsFault('MaxMessageLengthExceeded', 400, message)
}
