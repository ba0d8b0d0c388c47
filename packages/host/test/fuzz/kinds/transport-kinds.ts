import { httpRequest, shot, withHeaders } from '../http-text.ts'
import { callMessage, legacyRequest } from '../mcp-request.ts'
import type { Random } from '../random.ts'
import type { RequestKind } from '../request-kind.ts'
import type { World } from '../world.ts'

/** The bytes of a good call to either hull, as text that can be cut and patched. */
function goodCall(random: Random, world: World): string {
  const hull = random.pick([world.gateway, world.runtime])
  return httpRequest(legacyRequest(hull, callMessage(hull))).toString('latin1')
}

const patched = (text: string, from: string | RegExp, to: string) => ({
  bytes: Buffer.from(text.replace(from, to), 'latin1'),
  isLast: true,
})

/** What is wrong below HTTP's semantics: framing, syntax, endings (RFC 9112). */
export const transportKinds: readonly RequestKind[] = [
  {
    name: 'transport: bytes that are not HTTP',
    right: ['400', 'closed', '431'],
    make: (random) => {
      const tls = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])
      const bytes = random.pick([
        Buffer.concat([random.bytes(random.int(20, 400)), Buffer.from('\r\n\r\n')]),
        Buffer.concat([tls, random.bytes(100)]),
        Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
        Buffer.from('SSH-2.0-OpenSSH_9.0\r\n\r\n'),
        Buffer.from('EHLO evil.example\r\n\r\n'),
      ])
      return { bytes, isLast: true }
    },
  },
  {
    name: 'transport: a request line that is wrong',
    right: ['400', '404', '505', 'closed'],
    make: (random, world) => {
      const line = random.pick([
        'POST  /x HTTP/1.1',
        'POST /a b HTTP/1.1',
        'POST /x HTTP/9.9',
        'POST /x HTP/1.1',
        'BREW /x HTTP/1.1',
        'post /x HTTP/1.1',
        ' POST /x HTTP/1.1',
        'POST',
        'POST \u00ff\u00fe HTTP/1.1',
      ])
      return patched(goodCall(random, world), /^.*/, line)
    },
  },
  {
    name: 'transport: a length that is wrong',
    right: ['400'],
    make: (random, world) => {
      const lengths = ['-1', 'abc', '1e3', '0x10', '+5', '5, 6', '99999999999999999999', ' ']
      const length = random.pick([
        ...lengths.map((it) => `Content-Length: ${it}`),
        'Content-Length: 5\r\nContent-Length: 6',
        'Content-Length: 5\r\nTransfer-Encoding: chunked',
        'Transfer-Encoding: chunked, identity',
        'Transfer-Encoding: xchunked',
      ])
      return patched(goodCall(random, world), /Content-Length: \d+/, length)
    },
  },
  {
    name: 'transport: chunks that are wrong',
    right: ['400'],
    make: (random, world) => {
      const { gateway } = world
      const chunk = random.pick([
        'zz\r\nabc',
        '-5\r\nabc',
        '5\r\nabcdefgh\r\n',
        'fffffffffffffffffff\r\na',
        '5;a=\u0000\r\nabcde',
      ])
      const head = withHeaders(gateway.headers, { 'Transfer-Encoding': 'chunked' })
      const start = httpRequest({ target: gateway.target, headers: head })
      return { bytes: Buffer.concat([start, Buffer.from(`${chunk}\r\n`, 'latin1')]), isLast: true }
    },
  },
  {
    name: 'transport: a header that is wrong',
    right: ['400'],
    make: (random, world) => {
      const header = random.pick([
        'No colon here',
        'Bad Name: x',
        ': no name',
        'X-Null: a\u0000b',
        'X-Bell: a\u0007b',
        'X-Bare: a\rb',
        'X\u00e9: a',
        'Accept : application/json',
      ])
      return patched(goodCall(random, world), '\r\nAccept', `\r\n${header}\r\nAccept`)
    },
  },
  {
    name: 'transport: no Host',
    right: ['400', '403'],
    make: (random, world) => {
      const text = goodCall(random, world)
      return patched(text, /\r\nHost: .*/, '')
    },
  },
  {
    name: 'transport: HTTP/1.0',
    right: ['200 result', '403', '505'],
    make: (random, world) => patched(goodCall(random, world), 'HTTP/1.1', 'HTTP/1.0'),
  },
  {
    name: 'transport: a flood of headers',
    right: ['431', '400'],
    make: (random, world) => {
      const count = random.int(3_000, 6_000)
      const flood = Array.from({ length: count }, (_, index) => `X-${index}: ${random.word(8)}`)
      const big = `X-Big: ${'a'.repeat(random.int(33_000, 200_000))}`
      const headers = random.chance(0.5) ? flood.join('\r\n') : big
      return patched(goodCall(random, world), '\r\nAccept', `\r\n${headers}\r\nAccept`)
    },
  },
  {
    name: 'transport: many headers, not too many',
    right: ['200 result'],
    make: (random, { gateway }) => {
      const extra = Array.from(
        { length: random.int(20, 300) },
        (_, index) => [`X-${index}`, random.word(20)] as const,
      )
      const request = legacyRequest(gateway, callMessage(gateway))
      return shot({ ...request, headers: [...extra, ...request.headers] })
    },
  },
  {
    name: 'transport: gone before the head was complete',
    right: ['closed'],
    make: (random, world) => {
      const text = goodCall(random, world)
      const head = text.indexOf('\r\n\r\n')
      return { bytes: Buffer.from(text.slice(0, random.int(1, head)), 'latin1'), hangsUp: true }
    },
  },
  {
    name: 'transport: gone in the middle of the body',
    weight: 20,
    right: ['closed'],
    make: (random, world) => {
      const text = goodCall(random, world)
      const body = text.indexOf('\r\n\r\n') + 4
      const end = random.int(body, text.length - 1)
      return { bytes: Buffer.from(text.slice(0, end), 'latin1'), hangsUp: true }
    },
  },
  {
    name: 'transport: gone before the answer',
    weight: 20,
    right: ['closed'],
    make: (random, world) => ({
      bytes: Buffer.from(goodCall(random, world), 'latin1'),
      hangsUp: true,
    }),
  },
  {
    name: 'transport: two good calls in a pipeline',
    right: ['200 result + 200 result'],
    make: (random, world) => {
      const text = goodCall(random, world) + goodCall(random, world)
      return { bytes: Buffer.from(text, 'latin1'), answers: 2 }
    },
  },
  {
    name: 'transport: garbage behind a good call',
    right: ['200 result + 400', '200 result + closed', '400 + closed'],
    make: (random, world) => {
      const garbage = random.pick([
        '\u0000\u0001\u0002\r\n\r\n',
        'GARBAGE\r\n\r\n',
        '{"jsonrpc":"2.0"}\r\n\r\n',
      ])
      const text = goodCall(random, world) + garbage
      return { bytes: Buffer.from(text, 'latin1'), answers: 2, isLast: true }
    },
  },
  {
    name: 'transport: an expectation',
    right: ['417', '200 result'],
    make: (random, world) => {
      const expectation = random.pick(['100-continue', '200-ok', random.word(10)])
      return patched(goodCall(random, world), '\r\nAccept', `\r\nExpect: ${expectation}\r\nAccept`)
    },
  },
  {
    name: 'transport: an upgrade nobody offers',
    right: ['405', '404', '400', '426'],
    make: (_, { gateway: { target, headers } }) => {
      const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }
      return shot(
        { method: 'GET', target, headers: withHeaders(headers, upgrade) },
        { isLast: true },
      )
    },
  },
  {
    name: 'transport: a tunnel nobody offers',
    right: ['closed', '400', '405', '404', '403'],
    make: (_, { authority }) =>
      shot(
        { method: 'CONNECT', target: 'evil.example:443', headers: [['Host', authority]] },
        { isLast: true },
      ),
  },
]
