import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'vitest'
import { createGuardedFetch, createJsonReader, type GuardedFetchOptions } from './guarded-fetch.ts'

async function startServer(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

const LOCAL: GuardedFetchOptions = { allowLocal: true }

test('a request goes out and its answer comes back, whatever the status', async ({ expect }) => {
  await using server = await startServer((request, response) => {
    response.writeHead(418, { 'x-seen': String(request.headers['x-sent']) })
    request.pipe(response)
  })
  const fetch = createGuardedFetch(LOCAL)
  const headers = { 'x-sent': 'header' }
  const answer = await fetch(server.url, { method: 'POST', headers, body: 'body' })
  expect(answer).toMatchObject({ status: 418, body: 'body', headers: { 'x-seen': 'header' } })
})

test.for([
  ['http://169.254.169.254/latest/meta-data/', /does not connect to that address/],
  ['http://[fd00:ec2::254]/', /does not connect to that address/],
  ['http://2852039166/', /does not connect to that address/],
  ['http://0xa9.0xfe.0xa9.0xfe/', /does not connect to that address/],
  ['http://0/', /does not connect to that address/],
  ['http://93.184.216.34/', /not an https URL/],
  ['ftp://example.com/', /not an http or https URL/],
  ['file:///etc/passwd', /not an http or https URL/],
  ['https://user:password@example.com/', /the address has a password/],
  ['nothing', /not an http or https URL/],
] as const)(
  '%s is refused, also where local addresses are allowed',
  async ([url, words], { expect }) => {
    const refused = createGuardedFetch(LOCAL)(url)
    await expect(refused).rejects.toMatchObject({ code: 'ERR_TARGET_FAILED' })
    await expect(refused).rejects.toThrow(words)
    await expect(refused).rejects.not.toThrow(/password@/)
  },
)

test('this machine is refused by address and by name, unless it is allowed', async ({ expect }) => {
  await using server = await startServer((_, response) => response.end('{}'))
  const named = server.url.replace('127.0.0.1', 'localhost')
  const strict = createGuardedFetch({ allowLocal: false })
  for (const url of [server.url, named]) {
    await expect(strict(url)).rejects.toThrow(/does not connect to its own machine/)
    expect((await createGuardedFetch(LOCAL)(url)).status).toBe(200)
  }
  const isOwnUrl = ({ origin }: URL) => origin === server.url
  const own = createGuardedFetch({ allowLocal: false, isOwnUrl })
  expect((await own(server.url)).status).toBe(200)
  await expect(own(named)).rejects.toThrow(/does not connect to its own machine/)
})

test('an answer that is too long or too late is given up', async ({ expect }) => {
  await using long = await startServer((_, response) => response.end('x'.repeat(2_000)))
  await expect(createGuardedFetch({ ...LOCAL, maxBytes: 1_000 })(long.url)).rejects.toThrow(
    /longer than 1000 bytes/,
  )
  await using slow = await startServer(() => {})
  await expect(createGuardedFetch({ ...LOCAL, timeoutMs: 50 })(slow.url)).rejects.toThrow(
    /no answer within 50 ms/,
  )
  await using dripping = await startServer((_, response) => void response.write('{'))
  await expect(createGuardedFetch({ ...LOCAL, timeoutMs: 50 })(dripping.url)).rejects.toThrow(
    /no answer within 50 ms/,
  )
})

test('a document is followed within its origin only', async ({ expect }) => {
  await using elsewhere = await startServer((_, response) => response.end('{"secret":true}'))
  await using server = await startServer(({ url }, response) => {
    if (url === '/near') response.writeHead(302, { location: '/document' })
    if (url === '/far') response.writeHead(302, { location: elsewhere.url })
    if (url === '/round') response.writeHead(302, { location: '/round' })
    response.end(url === '/broken' ? '<SECRET>' : '{"found":true}')
  })
  const readJson = createJsonReader(createGuardedFetch(LOCAL))
  expect(await readJson(`${server.url}/near`)).toEqual({ found: true })
  await expect(readJson(`${server.url}/far`)).rejects.toThrow(/redirects to another origin/)
  await expect(readJson(`${server.url}/round`)).rejects.toThrow(/more than 3 times/)
  await expect(readJson(`${server.url}/broken`)).rejects.toThrow(/is not JSON$/)
})
