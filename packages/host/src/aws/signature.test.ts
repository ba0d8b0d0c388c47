// Signatures as AWS documents them and as its SDKs make them. The clients below are real; their
// requests are caught on the way out, so that what is verified is what they would have sent.
import {
  BedrockAgentCoreClient,
  InvokeAgentRuntimeCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  BedrockAgentCoreControlClient,
  GetGatewayCommand,
  ListGatewaysCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { test } from 'vitest'
import { createAwsAuthenticator, type AccessKey, type AwsRequest } from './authenticate.ts'
import { AwsFault } from './aws-fault.ts'
import { decodeChunks } from './chunked-payload.ts'
import { formatTimestamp, readSignatureClaim, type SignatureClaim } from './signature-claim.ts'
import { calculateSignature, deriveSigningKey, EMPTY_SHA256 } from './sigv4.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const KEY: AccessKey = {
  secretAccessKey: SECRET,
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/example',
  userId: 'AIDAEXAMPLE',
}
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET }

function authenticator(
  options: { mode?: 'verify' | 'well-formed'; now?: Date; key?: AccessKey } = {},
) {
  const { mode = 'verify', now = new Date(), key = KEY } = options
  const find = (id: string, token: string | undefined) =>
    id === 'AKIDEXAMPLE' && token === undefined ? key : undefined
  return createAwsAuthenticator({
    mode,
    accessKeys: { find },
    defaultAccountId: '000000000000',
    now: () => now,
  })
}

// The suite of AWS's own test vectors ("aws-sig-v4-test-suite").
test.for([
  ['get-vanilla', '', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    'Param2=value2&Param1=value1',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
] as const)('%s has the signature that AWS publishes', ([, query, signature], { expect }) => {
  const claim: SignatureClaim = {
    accessKeyId: 'AKIDEXAMPLE',
    sessionToken: undefined,
    date: '20150830',
    region: 'us-east-1',
    service: 'service',
    signedHeaders: ['host', 'x-amz-date'],
    signature,
    timestamp: '20150830T123600Z',
    expiresSeconds: undefined,
  }
  const headers = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' }
  const request = { method: 'GET', path: '/', query, headers }
  const key = deriveSigningKey(SECRET, claim)
  expect(calculateSignature(request, claim, EMPTY_SHA256, key)).toBe(signature)
})

interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** What a client puts on the wire for a command. */
async function catchRequest(
  send: (requestHandler: { handle(request: SentRequest): Promise<never> }) => Promise<unknown>,
): Promise<AwsRequest> {
  let caught: SentRequest | undefined
  const caughtIt = new Error('caught')
  await send({
    handle(request) {
      caught = request
      return Promise.reject(caughtIt)
    },
  }).catch((error: unknown) => {
    if (error !== caughtIt) throw error
  })
  if (caught === undefined) throw new Error('The client sent nothing')
  const { method, path, query = {}, headers, body } = caught
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(item)}`),
  )
  const bytes =
    typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0)
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return { method, path, query: pairs.join('&'), headers: Object.fromEntries(lower), body: bytes }
}

const ARN = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/weather-0123456789'
const options = { region: 'eu-west-1', credentials, maxAttempts: 1 }
const sends: Record<string, (requestHandler: never) => Promise<unknown>> = {
  'a plain path': (requestHandler) =>
    new BedrockAgentCoreControlClient({ ...options, requestHandler }).send(
      new GetGatewayCommand({ gatewayIdentifier: 'weather-0123456789' }),
    ),
  'a query': (requestHandler) =>
    new BedrockAgentCoreControlClient({ ...options, requestHandler }).send(
      new ListGatewaysCommand({ maxResults: 5, nextToken: "a b+c/=&ü!*'()" }),
    ),
  'an ARN in the path and a repeated parameter': (requestHandler) =>
    new BedrockAgentCoreControlClient({ ...options, requestHandler }).send(
      new UntagResourceCommand({ resourceArn: ARN, tagKeys: ['b', 'a', 'ä'] }),
    ),
  'a JSON body': (requestHandler) =>
    new BedrockAgentCoreControlClient({ ...options, requestHandler }).send(
      new TagResourceCommand({ resourceArn: ARN, tags: { name: 'ü\u2028' } }),
    ),
  'a function name with odd characters': (requestHandler) =>
    new LambdaClient({ ...options, requestHandler }).send(
      new GetFunctionCommand({ FunctionName: "arn:aws:lambda:a/b~c !'()*", Qualifier: '$LATEST' }),
    ),
  bytes: (requestHandler) =>
    new LambdaClient({ ...options, requestHandler }).send(
      new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from([0, 255, 10]), LogType: 'Tail' }),
    ),
  'bytes for an agent': (requestHandler) =>
    new BedrockAgentCoreClient({ ...options, requestHandler }).send(
      new InvokeAgentRuntimeCommand({
        agentRuntimeArn: ARN,
        payload: Buffer.from('{}'),
        traceId: 'a  b',
      }),
    ),
  'a form': (requestHandler) =>
    new STSClient({ ...options, requestHandler }).send(
      new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 's' }),
    ),
}

test.for(Object.entries(sends))(
  'an SDK request with %s is verified',
  async ([, send], { expect }) => {
    const request = await catchRequest((handler) => send(handler as never))
    const caller = await authenticator().authenticate(request)
    expect(caller).toEqual({
      scope: { accountId: '111122223333', region: 'eu-west-1' },
      accessKeyId: 'AKIDEXAMPLE',
      arn: KEY.arn,
      userId: KEY.userId,
    })
  },
)

test.for([
  ['path', (it: AwsRequest) => ({ ...it, path: `${it.path}x` })],
  ['query', (it: AwsRequest) => ({ ...it, query: `${it.query}&a=b` })],
  ['method', (it: AwsRequest) => ({ ...it, method: 'PUT' })],
  ['body', (it: AwsRequest) => ({ ...it, body: Buffer.from('{"tags":{}}') })],
  ['host', (it: AwsRequest) => ({ ...it, headers: { ...it.headers, host: 'elsewhere' } })],
] as const)('a request whose %s was changed is refused', async ([, change], { expect }) => {
  const send = sends['a JSON body']
  const request = await catchRequest((handler) => send?.(handler as never) ?? Promise.resolve())
  await expect(authenticator().authenticate(change(request))).rejects.toMatchObject({
    errorName: 'InvalidSignatureException',
    status: 403,
  })
})

/** A request to `/`, signed as a careful client would. */
function signed(
  change: {
    headers?: Record<string, string>
    secret?: string
    at?: Date
    body?: string
    payloadHash?: string
  } = {},
): AwsRequest {
  const timestamp = formatTimestamp(change.at ?? new Date())
  const scope = `AKIDEXAMPLE/${timestamp.slice(0, 8)}/us-east-1/lambda/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`
  const headers = { host: 'h', 'x-amz-date': timestamp, authorization, ...change.headers }
  const head = { method: 'POST', path: '/', query: '', headers }
  const claim = readSignatureClaim(head)
  const key = deriveSigningKey(change.secret ?? SECRET, claim)
  const signature = calculateSignature(head, claim, change.payloadHash ?? EMPTY_SHA256, key)
  return {
    ...head,
    headers: { ...headers, authorization: authorization.replace(/0{64}/, signature) },
    body: Buffer.from(change.body ?? ''),
  }
}

const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no fault',
    (error: unknown) =>
      error instanceof AwsFault
        ? `${error.status} ${error.errorName}: ${error.message}`
        : String(error),
  )

test('a signature of another day, too old or from the future is refused', async ({ expect }) => {
  const now = new Date('2026-11-22T10:30:00Z')
  const at = (text: string) =>
    faultOf(authenticator({ now }).authenticate(signed({ at: new Date(text) })))
  expect(await at('2026-11-22T10:16:00Z')).toBe('no fault')
  expect(await at('2026-11-22T10:44:00Z')).toBe('no fault')
  expect(await at('2026-11-22T10:14:00Z')).toBe(
    '403 InvalidSignatureException: Signature expired: 20261122T101400Z is now earlier than 20261122T101500Z (20261122T103000Z - 15 min.)',
  )
  expect(await at('2026-11-22T10:46:00Z')).toBe(
    '403 InvalidSignatureException: Signature not yet current: 20261122T104600Z is still later than 20261122T104500Z (20261122T103000Z + 15 min.)',
  )
})

test('another secret, another key id and an expired key have faults of their own', async ({
  expect,
}) => {
  expect(await faultOf(authenticator().authenticate(signed({ secret: 'guess' })))).toMatch(
    /^403 InvalidSignatureException: The request signature we calculated does not match/,
  )
  const token = signed({ headers: { 'x-amz-security-token': 'unknown' } })
  expect(await faultOf(authenticator().authenticate(token))).toBe(
    '403 UnrecognizedClientException: The security token included in the request is invalid.',
  )
  const key = { ...KEY, expiresAt: new Date(Date.now() - 1) }
  expect(await faultOf(authenticator({ key }).authenticate(signed()))).toBe(
    '403 ExpiredTokenException: The security token included in the request is expired',
  )
})

test.for([
  ['nothing', undefined, '403 MissingAuthenticationTokenException: Missing Authentication Token'],
  [
    'another scheme',
    'Bearer x',
    "400 IncompleteSignatureException: Unsupported AWS 'algorithm': 'Bearer'; use AWS4-HMAC-SHA256.",
  ],
  [
    'no parts',
    'AWS4-HMAC-SHA256 x',
    '400 IncompleteSignatureException: Authorization has a part that is no key=value pair.',
  ],
  [
    'one part',
    'AWS4-HMAC-SHA256 Credential=a',
    "400 IncompleteSignatureException: Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  ],
] as const)('a request signed with %s is refused', async ([, authorization, fault], { expect }) => {
  const headers = { host: 'h', ...(authorization && { authorization }) }
  const request = { method: 'GET', path: '/', query: '', headers, body: undefined }
  expect(await faultOf(authenticator({ mode: 'well-formed' }).authenticate(request))).toBe(fault)
})

test('where form is enough, an account may stand for its key; known keys are still verified', async ({
  expect,
}) => {
  const lenient = authenticator({ mode: 'well-formed' })
  const request = signed()
  const renamed = (id: string) => {
    const authorization = request.headers.authorization?.replace('AKIDEXAMPLE', id) ?? ''
    return { ...request, headers: { ...request.headers, authorization } }
  }
  expect((await lenient.authenticate(renamed('999988887777'))).scope.accountId).toBe('999988887777')
  expect(await lenient.authenticate(renamed('whatever'))).toEqual({
    scope: { accountId: '000000000000', region: 'us-east-1' },
    accessKeyId: 'whatever',
    arn: 'arn:aws:iam::000000000000:root',
    userId: '000000000000',
  })
  expect(await faultOf(lenient.authenticate(signed({ secret: 'guess' })))).toMatch(
    /InvalidSignature/,
  )
})

test('an unsigned payload is taken on trust, a declared hash is not', async ({ expect }) => {
  const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const trusted = signed({ headers: unsigned, payloadHash: 'UNSIGNED-PAYLOAD', body: 'anything' })
  expect(await faultOf(authenticator().authenticate(trusted))).toBe('no fault')
  const declared = { 'x-amz-content-sha256': EMPTY_SHA256 }
  const other = signed({ headers: declared, body: 'anything' })
  expect(await faultOf(authenticator().authenticate(other))).toMatch(/declares$/)
  expect(await faultOf(authenticator().authenticate({ ...other, body: undefined }))).toBe(
    'no fault',
  )
})

test('a signed header that is not there counts as empty, whatever its name', async ({ expect }) => {
  const request = signed()
  const claimed = request.headers.authorization ?? ''
  for (const name of ['constructor', '__proto__', 'to-string']) {
    const authorization = claimed.replace('SignedHeaders=', `SignedHeaders=${name};`)
    const headers = { ...request.headers, authorization }
    expect(await faultOf(authenticator().authenticate({ ...request, headers }))).toMatch(
      /^403 InvalidSignature/,
    )
  }
})

test('a presigned URL is good until it expires', async ({ expect }) => {
  const parts = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20261122/us-east-1/sts/aws4_request',
    'X-Amz-Date': '20261122T100000Z',
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
  }
  const head = { method: 'GET', path: '/', headers: { host: 'h' } }
  const query = new URLSearchParams({ Action: 'GetCallerIdentity', ...parts }).toString()
  const zeros = `${query}&X-Amz-Signature=${'0'.repeat(64)}`
  const claim = readSignatureClaim({ ...head, query: zeros })
  const key = deriveSigningKey(SECRET, claim)
  const signature = calculateSignature({ ...head, query }, claim, EMPTY_SHA256, key)
  const request = { ...head, query: zeros.replace(/0{64}/, signature), body: undefined }
  const at = (text: string) => faultOf(authenticator({ now: new Date(text) }).authenticate(request))
  expect(await at('2026-11-22T10:00:30Z')).toBe('no fault')
  expect(await at('2026-11-22T10:01:30Z')).toMatch(/Signature expired/)
})

// The example of the documentation: 66,560 bytes of `a` in chunks of 64 KiB.
const CHUNKED: SignatureClaim = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  sessionToken: undefined,
  date: '20130524',
  region: 'us-east-1',
  service: 's3',
  signedHeaders: ['host'],
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  timestamp: '20130524T000000Z',
  expiresSeconds: undefined,
}
const CHUNK_KEY = deriveSigningKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', CHUNKED)
const CHUNKS = [
  ['a'.repeat(65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
  ['a'.repeat(1_024), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
  ['', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
] as const

function chunkedBody(chunks: readonly (readonly [string, string])[]): Buffer {
  const parts = chunks.map(
    ([data, signature]) =>
      `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}\r\n`,
  )
  return Buffer.from(parts.join(''))
}

test('a body in signed chunks is the body inside them', ({ expect }) => {
  const decode = (body: Buffer) =>
    decodeChunks(body, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', CHUNKED, CHUNK_KEY)
  expect(decode(chunkedBody(CHUNKS)).toString()).toBe('a'.repeat(66_560))
  const [first, second, last] = CHUNKS
  for (const wrong of [
    [second, first, last],
    [first, last],
    [['b'.repeat(65_536), first[1]] as const, second, last],
    [first, second],
  ]) {
    expect(() => decode(chunkedBody(wrong))).toThrow(AwsFault)
  }
})

test('unsigned chunks end with trailers', ({ expect }) => {
  const body = Buffer.from('3\r\nabc\r\n2\r\nde\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n')
  const kind = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  expect(decodeChunks(body, kind, CHUNKED, CHUNK_KEY).toString()).toBe('abcde')
  for (let length = 0; length < 17; length++) {
    expect(() => decodeChunks(body.subarray(0, length), kind, CHUNKED, CHUNK_KEY)).toThrow(AwsFault)
  }
})

test('a header that decides what is done must be covered by the signature', async ({ expect }) => {
  const request = signed()
  for (const name of ['x-amz-target', 'x-amzn-bedrock-agentcore-runtime-user-id']) {
    const headers = { ...request.headers, [name]: 'somebody else' }
    expect(await faultOf(authenticator().authenticate({ ...request, headers }))).toBe(
      `403 InvalidSignatureException: '${name}' must be a 'SignedHeader' in the AWS Authorization.`,
    )
  }
})
