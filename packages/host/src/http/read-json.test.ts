import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'vitest'
import { createGuardedFetch, createJsonReader, type GuardedFetchOptions } from './guarded-fetch.ts'

const fetchJson = (url: string, options: Partial<GuardedFetchOptions> = {}) =>
  createJsonReader(createGuardedFetch({ allowLocal: true, ...options }))(url)

async function startServer(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, server, [Symbol.asyncDispose]: close }
}

test('reads a document, and redirects within its origin', async ({ expect }) => {
  await using server = await startServer((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end()
    else response.end('{"from":"b"}')
  })
  expect(await fetchJson(`${server.url}/a`)).toEqual({ from: 'b' })
})

test('leaves no connection open', async ({ expect }) => {
  await using server = await startServer((_, response) => response.end('{}'))
  await fetchJson(server.url)
  await new Promise((resolve) => server.server.close(resolve)) // waits for open connections
  expect(server.server.listening).toBe(false)
})

test.for<[why: string, answer: RequestListener, message: RegExp]>([
  ['another status', (_, it) => it.writeHead(404).end('{}'), /has status 404$/],
  ['no JSON', (_, it) => it.end('<p>secret</p>'), /failed: the answer is not JSON$/],
  ['too long', (_, it) => it.end('[1,2,3,4,5,6,7,8,9,10,11,12,13]'), /longer than 20 bytes$/],
  ['silence', () => {}, /no answer within 300 ms$/],
  ['a stall', (_, it) => void it.write('{'), /no answer within 300 ms$/],
  ['half an answer', (_, it) => void it.write('{', () => it.destroy()), /failed: aborted$/],
  [
    'another origin',
    (_, it) => it.writeHead(302, { location: 'http://localhost:1/' }).end(),
    /redirects to another origin$/,
  ],
  ['a circle', (_, it) => it.writeHead(307, { location: '/' }).end(), /more than 3 times$/],
  ['a bad location', (_, it) => it.writeHead(302, { location: 'http://[' }).end(), /Invalid URL$/],
])('refuses %s', async ([, answer, message], { expect }) => {
  await using server = await startServer(answer)
  await expect(fetchJson(server.url, { timeoutMs: 300, maxBytes: 20 })).rejects.toMatchObject({
    code: 'ERR_TARGET_FAILED',
    message: expect.stringMatching(message),
  })
})

test('refuses what is no web address, and a port where nobody listens', async ({ expect }) => {
  for (const url of ['file:///etc/passwd', 'nonsense', '', 'data:application/json,{}']) {
    await expect(fetchJson(url)).rejects.toThrow(/not an http or https URL/)
  }
  await expect(fetchJson('http://127.0.0.1:1/')).rejects.toThrow(/ECONNREFUSED/)
  await expect(fetchJson('https://127.0.0.1:1/')).rejects.toThrow(/ECONNREFUSED/)
})
