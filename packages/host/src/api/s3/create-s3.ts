// Amazon S3's REST API over the buckets of this host. It has no service model's codec: bodies are bytes,
// which stream to and from files.
//
// What is different from AWS, and stays so:
// - Keys are paths of files: see code/buckets/names.ts for what cannot be one, and a key cannot be the
//   beginning of another one (`a` beside `a/b`).
// - Nobody but the owner's account reaches a bucket; policies and tags are kept and decide nothing.
// - Nothing is encrypted, versioned, public or moved to another storage class; asked for, it is refused.
// - A request may be signed for any Region.
import { randomBytes } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { AwsFault } from '../../aws/aws-fault.ts'
import type { S3Authenticator } from '../../aws/authenticate.ts'
import { isPresignedV2 } from '../../aws/signature-v2.ts'
import type { BucketStore } from '../../code/buckets/open-bucket-store.ts'
import type { Exchange } from '../../http/exchange.ts'
import { stackOf } from '../../kernel/host-error.ts'
import type { Log } from '../../kernel/log.ts'
import { findS3Operation } from './operations.ts'
import { isForS3, readS3Address, resourceOf } from './s3-address.ts'
import type { S3Answer } from './s3-call.ts'
import { notImplemented, readS3Fault } from './s3-faults.ts'
import { writeErrorXml } from './write-xml.ts'

export interface S3Options {
  readonly store: BucketStore
  readonly authenticator: S3Authenticator
  readonly log: Log
  /** Bytes that one request may bring. */
  readonly maxObjectBytes?: number
}

export interface S3 {
  /** Whether a request is one for S3; asked before any route by path, for any text may be a bucket. */
  owns(exchange: Exchange): boolean
  serve(exchange: Exchange): Promise<void>
}

/** Amazon S3 user guide, quotas: 5 GiB in one request. */
const MAX_OBJECT_BYTES = 5 * 1024 ** 3
const SIGNING_NAME = 's3'

export function createS3(options: S3Options): S3 {
  return {
    owns: isForS3,
    async serve(exchange) {
      const answer = await answerRequest(exchange, options)
      await sendS3Answer(exchange, answer)
    },
  }
}

/** One request, from who signed it to the answer. Any line may refuse. */
async function answerRequest(exchange: Exchange, options: S3Options): Promise<S3Answer> {
  const { authenticator, store, maxObjectBytes = MAX_OBJECT_BYTES } = options
  const { method, headers, request } = exchange
  try {
    const address = readS3Address(exchange)
    const claim = isPresignedV2(exchange.query)
      ? authenticator.claimV2(exchange, resourceOf(exchange))
      : authenticator.claim(exchange)
    if (claim.service !== SIGNING_NAME) throw wrongService()
    const payload = claim.stream(request)
    const query = new URLSearchParams(exchange.query)
    const { bucket = '', key = '' } = address
    const subject = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service'
    const isCopy = headers['x-amz-copy-source'] !== undefined
    const handle = findS3Operation(subject, method, query, isCopy)
    if (handle === undefined) throw notImplemented(`${method} of this part of a ${subject}`)
    const { scope } = claim.caller
    return await handle({ scope, bucket, key, query, headers, payload, store, maxObjectBytes })
  } catch (error) {
    return describeFault(exchange, error, options.log)
  }
}

function describeFault(exchange: Exchange, error: unknown, log: Log): S3Answer {
  const { requestId, path, request, response } = exchange
  if (!request.complete) response.setHeader('connection', 'close') // the rest stays unread
  const fault = readS3Fault(error)
  if (fault === undefined && !response.destroyed) {
    log.error('Unexpected error', { requestId, path, cause: stackOf(error) })
  }
  const { errorName, status, message, members, headers } = fault ?? unexpected(requestId)
  const body = writeErrorXml({
    Code: errorName,
    Message: message,
    ...Object.fromEntries(Object.entries(members).map(([name, value]) => [name, String(value)])),
    Resource: path.slice(0, 1_100),
    RequestId: requestId,
  })
  return { status, headers, body }
}

async function sendS3Answer(
  { response, request, requestId, method }: Exchange,
  { status, headers, body }: S3Answer,
): Promise<void> {
  await using file = typeof body === 'object' ? body : undefined
  if (response.headersSent || response.destroyed) return
  const text = typeof body === 'string' ? body : ''
  const isEmpty = method === 'HEAD' || status === 304 || status === 204
  response.writeHead(status, {
    ...(text !== '' && { 'content-type': 'application/xml' }),
    ...(file === undefined && !isEmpty && { 'content-length': Buffer.byteLength(text) }),
    ...headers,
    'x-amz-request-id': requestId,
    'x-amz-id-2': randomBytes(18).toString('base64'),
  })
  if (file === undefined || isEmpty) return void response.end(isEmpty ? undefined : text)
  try {
    await pipeline(file.read(), response)
  } catch (error) {
    if (!request.destroyed && !response.destroyed) throw error // otherwise the caller has gone
  }
}

function unexpected(requestId: string): AwsFault {
  return new AwsFault('InternalError', 500, `Unexpected error in request ${requestId}`)
}

function wrongService(): AwsFault {
  const message = `Credential should be scoped to correct service: '${SIGNING_NAME}'.`
  return new AwsFault('AuthorizationHeaderMalformed', 400, message)
}
