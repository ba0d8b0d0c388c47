// Who may do what with a request that S3 clients signed, or did not; and under which host names.
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { Agent, request, type IncomingMessage } from 'node:http'
import { test } from 'vitest'
import { formatTimestamp } from '../../../src/aws/signature-claim.ts'
import { signRequest } from '../../../src/aws/sign-request.ts'
import { calculateSignature, deriveSigningKey } from '../../../src/aws/sigv4.ts'
import { SECRET, startS3World, type S3World } from '../../support/s3-world.ts'

const Bucket = 'first'
const ME = '000000000000'

async function world(): Promise<S3World> {
  const world = await startS3World()
  await world.client.send(new CreateBucketCommand({ Bucket }))
  await world.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))
  return world
}

interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Sends exactly this: `fetch` decides about `Host` by itself. */
async function send({ port }: S3World, { method = 'GET', path, headers = {}, body = '' }: Sent) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, resolve)
    sent.on('error', reject)
    sent.end(body)
  })
  let text = ''
  for await (const piece of answer.setEncoding('utf8')) text += String(piece)
  return { status: answer.statusCode, text, headers: answer.headers }
}

function signed(host: string, { method = 'GET', path, headers = {}, body = '' }: Sent): Sent {
  const keys = { accessKeyId: ME, secretAccessKey: SECRET }
  const input = { method, url: new URL(path, `http://${host}`), headers, body }
  return {
    method,
    path,
    body,
    headers: signRequest(input, { service: 's3', region: 'us-east-1' }, keys),
  }
}

interface PresignOptions {
  readonly method?: string
  readonly at?: Date
  readonly seconds?: number
  readonly secret?: string
}

/** Amazon S3 API reference, "Authenticating requests: using query parameters". */
function presign(host: string, path: string, options: PresignOptions = {}): Sent {
  const { method = 'GET', at = new Date(), seconds = 60, secret = SECRET } = options
  const timestamp = formatTimestamp(at)
  const date = timestamp.slice(0, 8)
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${ME}/${date}/us-east-1/s3/aws4_request`,
    'X-Amz-Date': timestamp,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
  }).toString()
  const claim = {
    accessKeyId: ME,
    sessionToken: undefined,
    date,
    region: 'us-east-1',
    service: 's3',
    signedHeaders: ['host'],
    signature: '',
    timestamp,
    expiresSeconds: seconds,
  }
  const key = deriveSigningKey(secret, claim)
  const head = { method, path, query, headers: { host } }
  const signature = calculateSignature(head, claim, 'UNSIGNED-PAYLOAD', key)
  return { method, path: `${path}?${query}&X-Amz-Signature=${signature}`, headers: { host } }
}

test.for([
  ['127.0.0.1', '/first/a'],
  ['s3.us-east-1.amazonaws.com', '/first/a'],
  ['s3.amazonaws.com', '/first/a'],
  ['first.s3.us-east-1.amazonaws.com', '/a'],
  ['first.s3.amazonaws.com', '/a'],
  ['first.localhost', '/a'],
  ['first.s3.localhost', '/a'],
  ['s3.localhost', '/first/a'],
] as const)('an object is found at %s%s', async ([host, path], { expect }) => {
  await using it = await world()
  expect(await send(it, signed(host, { path }))).toMatchObject({ status: 200, text: 'x' })
})

test('the SDK may put the bucket into the host name', async ({ expect }) => {
  await using it = await world()
  const httpAgent = new Agent({
    lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
  })
  const client = it.clientOf(ME, {
    endpoint: `http://localhost:${it.port}`,
    requestHandler: { httpAgent },
  })
  const Key = 'gateway/this & that+/ä'
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'y' }))
  const found = await client.send(new GetObjectCommand({ Bucket, Key }))
  expect(await found.Body?.transformToString()).toBe('y')
  httpAgent.destroy()
})

test('a presigned address is good for what was signed, until it ends', async ({ expect }) => {
  await using it = await world()
  const host = `127.0.0.1:${it.port}`
  expect(await send(it, presign(host, '/first/a'))).toMatchObject({ status: 200, text: 'x' })
  const upload = presign(host, '/first/new', { method: 'PUT' })
  expect(await send(it, { ...upload, body: 'written' })).toMatchObject({ status: 200 })
  expect(await send(it, presign(host, '/first/new'))).toMatchObject({ text: 'written' })

  const denied = { status: 403 }
  const old = presign(host, '/first/a', { at: new Date(Date.now() - 3_600_000) })
  expect(await send(it, old)).toMatchObject(denied)
  expect(await send(it, { ...presign(host, '/first/a'), method: 'PUT' })).toMatchObject(denied)
  expect(await send(it, presign(host, '/first/a', { secret: 'wrong' }))).toMatchObject(denied)
  const other = presign(host, '/first/a').path.replace('/first/a', '/first/new')
  expect(await send(it, { path: other, headers: { host } })).toMatchObject(denied)
  // Who has the address of an upload must not make it a copy of what only the signer may read.
  const copying = { ...upload.headers, 'x-amz-copy-source': '/first/a' }
  expect(await send(it, { ...upload, headers: copying })).toMatchObject(denied)
})

test('an answer header may be asked for by who signs, and a page cannot do anything', async ({
  expect,
}) => {
  await using it = await world()
  const path = '/first/a?response-content-type=text%2Fhtml&response-cache-control=no-store'
  const { headers } = await send(it, signed(`127.0.0.1:${it.port}`, { path }))
  expect(headers).toMatchObject({
    'content-type': 'text/html',
    'cache-control': 'no-store',
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  })
})

test('nobody comes in without a signature, or with a wrong one', async ({ expect }) => {
  await using it = await world()
  const host = `127.0.0.1:${it.port}`
  const anonymous = { path: '/first/a', headers: { host: 's3.us-east-1.amazonaws.com' } }
  const answer = await send(it, anonymous)
  expect(answer).toMatchObject({
    status: 403,
    text: expect.stringContaining('<Code>AccessDenied</Code>'),
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': expect.any(String) },
  })
  const wrongKey = it.clientOf(ME, { credentials: { accessKeyId: ME, secretAccessKey: 'no' } })
  const read = new GetObjectCommand({ Bucket, Key: 'a' })
  await expect(wrongKey.send(read)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  const unknown = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'no' }
  await expect(it.clientOf(ME, { credentials: unknown }).send(read)).rejects.toMatchObject({
    name: 'InvalidAccessKeyId',
  })
  // A body that is not the signed one leaves nothing behind.
  const put = signed(host, { method: 'PUT', path: '/first/b', body: 'mine' })
  expect(await send(it, { ...put, body: 'evil' })).toMatchObject({ status: 403 })
  expect(await send(it, signed(host, { path: '/first/b' }))).toMatchObject({ status: 404 })
  // What is signed without a word about its body has none.
  const { 'x-amz-content-sha256': _, ...headers } = put.headers ?? {}
  expect(await send(it, { ...put, headers })).toMatchObject({ status: 403 })
})

test('a signature of as many characters and other bytes is a wrong one', async ({ expect }) => {
  await using it = await world()
  const signature = encodeURIComponent('é'.repeat(28))
  const path = `/first/a?AWSAccessKeyId=${ME}&Expires=99999999999&Signature=${signature}`
  expect(await send(it, { path })).toMatchObject({ status: 403 })
  expect(it.logged).toEqual([])
})

test('what S3 has and this host has not is refused by name', async ({ expect }) => {
  await using it = await world()
  const host = `127.0.0.1:${it.port}`
  for (const [method, path] of [
    ['PUT', '/first?acl'],
    ['PUT', '/first/a?acl'],
    ['PUT', '/first/a?retention'],
    ['POST', '/first'],
    ['PUT', '/first?encryption'],
    ['GET', '/first/a?attributes'],
    ['POST', '/first/a?select&select-type=2'],
    ['PATCH', '/first/a'],
  ] as const) {
    const refused = await send(it, signed(host, { method, path }))
    expect(refused, `${method} ${path}`).toMatchObject({
      status: 501,
      text: expect.stringContaining('<Code>NotImplemented</Code>'),
    })
  }
  expect(await send(it, signed(host, { path: '/first/a' }))).toMatchObject({ text: 'x' })
})

test('a HEAD that is refused has no body, and a path that is no text is refused', async ({
  expect,
}) => {
  await using it = await world()
  const host = `127.0.0.1:${it.port}`
  const head = await send(it, signed(host, { method: 'HEAD', path: '/first/none' }))
  expect(head).toMatchObject({ status: 404, text: '' })
  const broken = await send(it, signed(host, { path: '/first/%ff' }))
  expect(broken).toMatchObject({ status: 400, text: expect.stringContaining('InvalidURI') })
  expect(it.logged).toEqual([])
})
