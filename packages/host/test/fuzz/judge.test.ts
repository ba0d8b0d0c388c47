import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'vitest'
import { httpRequest } from './http-text.ts'
import { judge } from './judge.ts'
import { createRandom } from './random.ts'
import { createRawConnection, type Outcome } from './raw-connection.ts'
import type { RequestKind } from './request-kind.ts'

const kind = (...right: string[]): RequestKind => ({
  name: 'any',
  right,
  make: () => ({ bytes: Buffer.alloc(0) }),
})

const outcome = (status: number, body = '', headers: Record<string, string> = {}): Outcome => ({
  answers: [{ status, headers: new Map(Object.entries(headers)), body }],
  isClosed: false,
  isTimeout: false,
})

const SHOT = { bytes: Buffer.alloc(0) }

test('an answer is right when its status, and what its body says, are among the right ones', ({
  expect,
}) => {
  const parseError = outcome(400, '{"jsonrpc":"2.0","error":{"code":-32700,"message":"no"}}')
  expect(judge(kind('400 -32700'), SHOT, parseError)).toBeUndefined()
  expect(judge(kind('400'), SHOT, parseError)).toBeUndefined()
  expect(judge(kind('400 -32600', '200'), SHOT, parseError)).toMatch(/answered 400 -32700/)
  expect(judge(kind('400 invalid_scope'), SHOT, outcome(400, '{"error":"invalid_scope"}'))).toBe(
    undefined,
  )
  const failed = outcome(200, 'data: {"jsonrpc":"2.0","id":1,"result":{"isError":true}}\n\n', {
    'content-type': 'text/event-stream',
  })
  expect(judge(kind('200 isError'), SHOT, failed)).toBeUndefined()
  expect(judge(kind('200 result'), SHOT, failed)).toMatch(/200 isError/)
})

test('some things are never right, whatever the kind allows', ({ expect }) => {
  expect(judge(kind('500'), SHOT, outcome(500))).toMatch(/our failure/)
  expect(judge(kind('404'), SHOT, outcome(404, 'at serve (file:///x/serve.ts:1:2)'))).toMatch(
    /inside/,
  )
  expect(judge(kind('401'), SHOT, outcome(401))).toMatch(/challenge/)
  const nullId = outcome(400, '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":""}}')
  expect(judge(kind('400'), SHOT, nullId)).toMatch(/null/)
  expect(judge(kind('404'), SHOT, { answers: [], isClosed: false, isTimeout: true })).toMatch(
    /in time/,
  )
  expect(judge(kind('404'), SHOT, { answers: [], isClosed: true, isTimeout: false })).toMatch(
    /answered closed/,
  )
})

test('answers are read by length, by chunks and to the end, past interim ones', async ({
  expect,
}) => {
  const said =
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 404 No\r\n' +
    'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nHTTP/1.1 400 Bad\r\n\r\nbye'
  const server = createServer((socket) => socket.once('data', () => socket.end(said)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connection = createRawConnection((server.address() as AddressInfo).port, 5_000)
  const bytes = httpRequest({ method: 'GET', target: '/', headers: [] })
  const { answers } = await connection.fire({ bytes, answers: 3 })
  connection.close()
  server.close()
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, 'hi'],
    [404, 'abcde'],
    [400, 'bye'],
  ])
})

test('the same seed draws the same', ({ expect }) => {
  const draw = (seed: number) => {
    const random = createRandom(seed)
    return [random.int(0, 1_000), random.text(30), random.json(), random.bytes(4).toString('hex')]
  }
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})
