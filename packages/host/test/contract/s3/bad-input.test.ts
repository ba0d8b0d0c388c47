// Requests that are signed well and wrong in every other way: each is answered, none as unexpected.
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { readdir } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { test } from 'vitest'
import { signRequest } from '../../../src/aws/sign-request.ts'
import { SECRET, startS3World } from '../../support/s3-world.ts'

const KEYS = { accessKeyId: '000000000000', secretAccessKey: SECRET }
const SCOPE = { service: 's3', region: 'us-east-1' }

const method = fc.constantFrom('GET', 'GET', 'HEAD', 'PUT', 'PUT', 'POST', 'DELETE', 'PATCH')
const part = fc.oneof(
  fc.constantFrom('first', 'a', '..', '.', '', '%', '%2e%2e', '%ff', '%00', 'dir', 'x'.repeat(300)),
  fc.string({ maxLength: 8 }).map(encodeURIComponent),
)
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('/', '/first', '/first/', '/first/a', '/first/dir/new') },
  { weight: 1, arbitrary: part.map((key) => `/first/${key}`) },
  { weight: 1, arbitrary: fc.array(part, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`) },
)
const name = fc.constantFrom(
  ...`list-type prefix delimiter max-keys continuation-token encoding-type
   marker key-marker uploads uploadId partNumber versionId
   tagging delete location policy acl versions
   max-parts max-buckets max-uploads part-number-marker response-content-type response-expires
   start-after`.split(/\s+/),
)
const value = fc.oneof(
  fc.constantFrom('', '0', '1', '2', '-1', '1e9', 'url', 'a', '/', 'null', 'true', '..'),
  fc.string({ maxLength: 10 }),
)
const query = fc.oneof(fc.constant([]), fc.array(fc.tuple(name, value), { maxLength: 2 }))
const header = fc.constantFrom(
  ...`range if-match if-none-match if-modified-since content-md5 content-type
   x-amz-copy-source x-amz-copy-source-range x-amz-metadata-directive x-amz-tagging x-amz-checksum-crc32 x-amz-checksum-algorithm
   x-amz-checksum-type x-amz-trailer x-amz-decoded-content-length x-amz-acl x-amz-meta-a x-amz-expected-bucket-owner`.split(
    /\s+/,
  ),
)
const text = fc.stringMatching(/^[\t -~]{0,20}$/).map((it) => it.trim())
const headerValue = fc.oneof(
  fc.constantFrom('bytes=0-0', 'bytes=-1', '*', '"x"', 'first/a', '/first/a?versionId=1', 'crc32'),
  text,
)
const headers = fc.array(fc.tuple(header, headerValue), { maxLength: 2 })
const body = fc.oneof(
  fc.constantFrom('', 'x', '<Delete><Object><Key>..</Key></Object></Delete>', '<Tagging/>', '{}'),
  fc.constantFrom('<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></Complete'),
  fc.constantFrom('<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'),
  fc.string(),
)

test('a well-signed request is never answered as unexpected', async ({ expect }) => {
  await using it = await startS3World({ maxObjectBytes: 100 })
  const host = `127.0.0.1:${it.port}`
  await it.client.send(new CreateBucketCommand({ Bucket: 'first' }))
  await it.client.send(new PutObjectCommand({ Bucket: 'first', Key: 'a', Body: 'x' }))
  const seen = new Set<number | undefined>()
  const property = fc.asyncProperty(
    fc.record({ method, path, query, headers, body }),
    async ({ query, ...sent }) => {
      const search = new URLSearchParams(query).toString()
      const url = new URL(`http://${host}`)
      const path = `${sent.path}${search === '' ? '' : `?${search}`}`
      const input = { ...sent, headers: Object.fromEntries(sent.headers) }
      // A URL would tidy the path up; what is signed is what is sent.
      const target = Object.assign(url, {})
      Object.defineProperties(target, {
        pathname: { value: sent.path },
        search: { value: search === '' ? '' : `?${search}` },
      })
      const signed = signRequest({ ...input, url: target }, SCOPE, KEYS)
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = {
          host: '127.0.0.1',
          port: it.port,
          path,
          headers: { ...signed, 'content-length': Buffer.byteLength(sent.body) },
          agent: false,
        }
        request({ ...options, method: sent.method }, resolve)
          .on('error', reject)
          .end(sent.body)
      })
      for await (const _ of answer);
      seen.add(answer.statusCode)
      expect(answer.statusCode, path).toSatisfy((status) => status < 500 || status === 501)
      expect(it.logged).toEqual([])
    },
  )
  await fc.assert(property, { numRuns: 1_500 })
  expect([...seen]).toEqual(expect.arrayContaining([200, 204, 400, 404, 501]))
  const left = await readdir(join(it.bucketsDir, '.catamaran/.incoming'))
  expect(left).toEqual([])
}, 120_000)
