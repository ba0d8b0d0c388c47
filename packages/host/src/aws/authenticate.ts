// Who signed an AWS request. In `verify` mode a request counts only with a signature by a key that is
// known. In `well-formed` mode (a laptop) any key will do, and only its form is checked; the keys this
// host has handed out itself (sts:AssumeRole) are verified there too, because it can.
//
// What is different from AWS: a key id of 12 digits, unknown otherwise, stands for the account of that
// number, so that two accounts can be tried without any set-up. SigV4A is refused.
import { AwsFault } from './aws-fault.ts'
import type { AwsCaller } from './caller.ts'
import { isChunkedPayload } from './chunked-payload.ts'
import { calculateSignatureV2, readPresignedV2 } from './signature-v2.ts'
import type { StreamedPayload } from './streamed-payload.ts'
import {
  formatTimestamp,
  invalidSignature,
  readSignatureClaim,
  timestampMs,
  type AwsRequestHead,
  type SignatureClaim,
} from './signature-claim.ts'
import { isSameSignature } from './sigv4.ts'
import { declaredPayload, EMPTY, MISMATCH, UNSIGNED } from './verify-request.ts'
import { unwrap, unwrapStream, verify, verifyStream } from './verify-request.ts'

export interface AwsRequest extends AwsRequestHead {
  /** Undefined: not read (it streams). Then the hash the caller declares stands for it. */
  readonly body: Uint8Array | undefined
}

/** A key that somebody may sign with, and who that is. */
export interface AccessKey {
  readonly secretAccessKey: string
  readonly accountId: string
  readonly arn: string
  readonly userId: string
  /** Temporary keys end. */
  readonly expiresAt?: Date
}

export interface AccessKeys {
  /** The key, or undefined when it is unknown or the session token is not the key's. */
  find(accessKeyId: string, sessionToken: string | undefined): AccessKey | undefined
}

export interface AwsAuthenticator {
  /** Who signed a request; throws the AwsFault that AWS would answer. */
  authenticate(request: AwsRequest): Promise<AwsCaller>
  /** The same in two steps, so that a stranger's body need not be read. */
  claim(request: AwsRequestHead): StreamableClaim
}

export interface S3Authenticator extends AwsAuthenticator {
  /** The same for an address that was presigned with Signature Version 2, which S3 alone reads. */
  claimV2(request: AwsRequestHead, resource: string): StreamableClaim
}

export interface AuthenticationClaim {
  /** To be trusted once `confirm` has returned. */
  readonly caller: AwsCaller
  /** The signing name in the credential scope: `bedrock-agentcore`, `lambda`. */
  readonly service: string
  /** Verifies the signature; the body comes back without the chunks it may have been sent in. */
  confirm(body: Uint8Array | undefined): Uint8Array
}

export interface StreamableClaim extends AuthenticationClaim {
  /** Verifies the signature now, and the body as it is read. */
  stream(source: AsyncIterable<Uint8Array>): StreamedPayload
}

export interface AwsAuthenticatorOptions {
  readonly mode: 'verify' | 'well-formed'
  readonly accessKeys: AccessKeys
  /** The account of keys that name none (`well-formed` only). */
  readonly defaultAccountId: string
  readonly now?: () => Date
}

const MAX_SKEW_MS = 15 * 60_000

export function createAwsAuthenticator(options: AwsAuthenticatorOptions): S3Authenticator {
  const { mode, accessKeys, defaultAccountId, now = () => new Date() } = options

  function claim(request: AwsRequestHead): StreamableClaim {
    const signed = readSignatureClaim(request)
    const key = accessKeys.find(signed.accessKeyId, signed.sessionToken)
    if (key === undefined) {
      if (mode === 'verify') {
        throw unknownKey()
      }
      const caller = describeUnknownCaller(signed, defaultAccountId)
      return {
        caller,
        service: signed.service,
        confirm: (body) => unwrap(request, signed, body),
        stream: (source) => unwrapStream(request, signed, source),
      }
    }
    if (key.expiresAt !== undefined && key.expiresAt <= now()) {
      throw expiredToken()
    }
    checkTime(signed, now())
    return {
      caller: describeCaller(signed, key),
      service: signed.service,
      confirm: (body) => verify(request, signed, key.secretAccessKey, body),
      stream: (source) => verifyStream(request, signed, key.secretAccessKey, source),
    }
  }

  function claimV2(request: AwsRequestHead, resource: string): StreamableClaim {
    const { accessKeyId, sessionToken, signature, expiresAt } = readPresignedV2(request)
    const key = accessKeys.find(accessKeyId, sessionToken)
    if (key === undefined && mode === 'verify') throw unknownKey()
    if (key !== undefined) {
      if (key.expiresAt !== undefined && key.expiresAt <= now()) throw expiredToken()
      if (expiresAt <= now()) throw new AwsFault('AccessDenied', 403, 'Request has expired')
      const expected = calculateSignatureV2(request, resource, key.secretAccessKey)
      if (!isSameSignature(expected, signature)) throw invalidSignature(MISMATCH)
    }
    const signer = { accessKeyId, region: REGION_OF_V2 }
    const declared = declaredPayload(request) ?? UNSIGNED
    if (isChunkedPayload(declared)) throw invalidSignature('Such an address takes no chunks')
    return {
      caller: key ? describeCaller(signer, key) : describeUnknownCaller(signer, defaultAccountId),
      service: 's3',
      confirm: (body) => body ?? EMPTY,
      stream: (bytes) => ({ bytes, trailers: new Map() }),
    }
  }

  return {
    claim,
    claimV2,
    async authenticate(request) {
      const claimed = claim(request)
      claimed.confirm(request.body)
      return claimed.caller
    },
  }
}

/** Version 2 names no Region. */
const REGION_OF_V2 = 'us-east-1'

type Signer = Pick<SignatureClaim, 'accessKeyId' | 'region'>

function unknownKey(): AwsFault {
  const message = 'The security token included in the request is invalid.'
  return new AwsFault('UnrecognizedClientException', 403, message)
}

function expiredToken(): AwsFault {
  const message = 'The security token included in the request is expired'
  return new AwsFault('ExpiredTokenException', 403, message)
}

function describeCaller({ accessKeyId, region }: Signer, key: AccessKey): AwsCaller {
  const { accountId, arn, userId } = key
  return { scope: { accountId, region }, accessKeyId, arn, userId }
}

function describeUnknownCaller(
  { accessKeyId, region }: Signer,
  defaultAccountId: string,
): AwsCaller {
  const accountId = /^\d{12}$/.test(accessKeyId) ? accessKeyId : defaultAccountId
  const arn = `arn:aws:iam::${accountId}:root`
  return { scope: { accountId, region }, accessKeyId, arn, userId: accountId }
}

function checkTime({ timestamp, date, expiresSeconds }: SignatureClaim, now: Date): void {
  if (!timestamp.startsWith(date)) {
    throw invalidSignature(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    )
  }
  const signedAt = timestampMs(timestamp)
  const validMs = expiresSeconds === undefined ? MAX_SKEW_MS : expiresSeconds * 1000
  const [current, minutes] = [formatTimestamp(now), MAX_SKEW_MS / 60_000]
  if (signedAt + validMs < now.getTime()) {
    const earliest = formatTimestamp(new Date(now.getTime() - validMs))
    throw invalidSignature(
      `Signature expired: ${timestamp} is now earlier than ${earliest} (${current} - ${Math.ceil(validMs / 60_000)} min.)`,
    )
  }
  if (signedAt - MAX_SKEW_MS > now.getTime()) {
    const latest = formatTimestamp(new Date(now.getTime() + MAX_SKEW_MS))
    throw invalidSignature(
      `Signature not yet current: ${timestamp} is still later than ${latest} (${current} + ${minutes} min.)`,
    )
  }
}
