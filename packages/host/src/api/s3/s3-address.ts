// Which bucket and which key a request is about: by the path alone, or with the bucket in the host name.
import { AwsFault } from '../../aws/aws-fault.ts'
import { isSigned } from '../../aws/signature-claim.ts'
import { isPresignedV2 } from '../../aws/signature-v2.ts'
import type { Exchange } from '../../http/exchange.ts'
import { parseAwsHostName } from '../../proxy/aws-host-names.ts'

export interface S3Address {
  readonly bucket: string | undefined
  readonly key: string | undefined
}

type Head = Pick<Exchange, 'path' | 'query' | 'headers'>

/** Bucket names of this machine: SDKs put a bucket in front of a host name that is no IP address. */
const LOCAL_HOST = /^(?:(.+?)\.)??(?:s3\.)?localhost(?::\d{1,5})?$/

/** Whether a request is one for S3: by its host name, or by what it was signed for. */
export function isForS3({ query, headers, ...rest }: Exchange): boolean {
  const { authorization, host = '' } = headers
  if (authorization?.startsWith('AWS4-HMAC-SHA256 ')) {
    return /Credential=[^,\s]*\/s3\/aws4_request/.test(authorization)
  }
  if (query.includes('X-Amz-Signature=') && isSigned({ ...rest, query, headers })) {
    return /(?:^|&)X-Amz-Credential=[^&]*(?:%2F|\/)s3(?:%2F|\/)aws4_request/i.test(query)
  }
  if (isPresignedV2(query)) return true // which only S3 reads
  return parseAwsHostName(host)?.service === 's3'
}

export function readS3Address({ path, headers }: Head): S3Address {
  const inHost = bucketInHost(headers.host ?? '')
  const parts = path.slice(1).split('/')
  const [bucket, key] = inHost === undefined ? [parts[0], parts.slice(1)] : [inHost, parts]
  return {
    bucket: bucket === undefined || bucket === '' ? undefined : decode(bucket),
    key: key.join('/') === '' ? undefined : decode(key.join('/')),
  }
}

/** The path with the bucket in front, as it was sent. */
export function resourceOf({ path, headers }: Head): string {
  const inHost = bucketInHost(headers.host ?? '')
  return inHost === undefined ? path : `/${inHost}${path}`
}

function bucketInHost(host: string): string | undefined {
  const aws = parseAwsHostName(host)
  if (aws?.service === 's3') return 'name' in aws ? aws.name : undefined
  return LOCAL_HOST.exec(host)?.[1]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw new AwsFault('InvalidURI', 400, "Couldn't parse the specified URI.", { cause })
  }
}
