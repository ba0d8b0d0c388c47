import { test } from 'vitest'
import { startResponseServer } from '../../../test/support/response-server.ts'

const put = (url: string, body: string) => fetch(url, { method: 'PUT', body })

test('a response arrives once, whatever is sent afterwards', async ({ expect }) => {
  await using server = await startResponseServer()
  using expected = server.responses.expect()
  expect(expected.url).toMatch(/\/cloudformation\/responses\/[\w-]{43}$/)
  expect((await put(expected.url, '{"Status":"SUCCESS"}')).status).toBe(200)
  expect(await expected.received).toEqual({ kind: 'text', text: '{"Status":"SUCCESS"}' })
  const again = await put(expected.url, '{"Status":"FAILED"}')
  expect([again.status, await again.text()]).toEqual([403, expect.stringContaining('AccessDenied')])
})

test('nobody is answered who does not know the URL, or comes too late', async ({ expect }) => {
  await using server = await startResponseServer()
  const expected = server.responses.expect()
  const wrong = new URL('A'.repeat(43), expected.url).href
  expect((await put(wrong, '{}')).status).toBe(403)
  expect((await put(`${expected.url}/more`, '{}')).status).toBe(403)
  expect((await fetch(expected.url)).status).toBe(405)
  expected[Symbol.dispose]()
  expect((await put(expected.url, '{}')).status).toBe(403)
})

test('a response of 4096 bytes is the longest', async ({ expect }) => {
  await using server = await startResponseServer()
  using longest = server.responses.expect()
  expect((await put(longest.url, 'x'.repeat(4_096))).status).toBe(200)
  using longer = server.responses.expect()
  expect((await put(longer.url, 'x'.repeat(4_097))).status).toBe(400)
  expect(await longer.received).toEqual({ kind: 'too-long' })
})
