import { shot } from '../http-text.ts'
import { callMessage, legacyRequest, modernRequest, type Json } from '../mcp-request.ts'
import type { Random } from '../random.ts'
import { PROTOTYPE, type HullKind } from './hull-kind.ts'

const SERVED = ['initialize', 'ping', 'tools/list', 'tools/call', 'server/discover']

/** Bodies that are no message, or a message nobody understands (JSON-RPC 2.0 §4, §5.1). */
export const messageKinds: readonly HullKind[] = [
  {
    name: 'broken JSON',
    weight: 40,
    right: ['400 -32700'],
    make: (random, it) => shot(legacyRequest(it, breakJson(random, callMessage(it)))),
  },
  {
    name: 'JSON that is no message',
    weight: 30,
    right: ['400 -32600'],
    make: (random, it) => shot(legacyRequest(it, JSON.stringify(noMessage(random)))),
  },
  {
    name: 'a batch',
    right: ['400 -32600'],
    make: (random, it) => {
      const batch = Array.from({ length: random.int(0, 5) }, () => callMessage(it))
      return shot(legacyRequest(it, random.chance(0.5) ? batch : [random.json()]))
    },
  },
  {
    name: 'an id of a wrong type',
    right: ['400 -32600'],
    make: (random, it) => {
      const id = random.pick([null, true, false, {}, [], 1.5, -0.1, { a: 1 }, [1]])
      return shot(legacyRequest(it, { ...callMessage(it), id }))
    },
  },
  {
    name: 'params of a wrong type',
    right: ['400 -32600'],
    make: (random, it) => {
      const params = random.pick([null, 7, 'text', true, [], [random.json()]])
      return shot(legacyRequest(it, { ...callMessage(it), params }))
    },
  },
  {
    name: 'an unknown method',
    right: ['200 -32601'],
    make: (random, it) => {
      const message = { jsonrpc: '2.0', id: random.text(9), method: unknownMethod(random) }
      return shot(legacyRequest(it, message))
    },
  },
  {
    name: 'an unknown modern method',
    right: ['404 -32601'],
    make: (random, it) => {
      const method = random.pick([...PROTOTYPE, 'ping', 'initialize', 'logging/setLevel', 'a/b'])
      return shot(modernRequest(it, method))
    },
  },
  {
    name: 'an unknown tool',
    right: ['200 -32602'],
    make: (random, it) => {
      const { tool } = it
      const names = [`${tool}x`, `x${tool}`, tool.toUpperCase(), '', '___', random.text(300)]
      const params = { name: random.pick([...names, ...PROTOTYPE]), arguments: {} }
      return shot(legacyRequest(it, { ...callMessage(it), params }))
    },
  },
  {
    name: 'a tool name of a wrong type',
    right: ['200 -32602'],
    make: (random, it) => {
      const name = random.pick([undefined, null, 7, {}, [it.tool], true])
      return shot(legacyRequest(it, { ...callMessage(it), params: { name, arguments: {} } }))
    },
  },
  {
    name: 'UTF-16, or a byte order mark',
    right: ['400 -32700'],
    make: (random, it) => {
      const text = `\ufeff${JSON.stringify(callMessage(it))}`
      return shot(legacyRequest(it, random.chance(0.5) ? text : Buffer.from(text, 'utf16le')))
    },
  },
  {
    name: 'no body',
    right: ['400 -32700'],
    make: (random, it) => {
      const request = legacyRequest(it, random.pick(['', ' ', '\n']))
      return shot(random.chance(0.5) ? request : { ...request, chunkBytes: 1 })
    },
  },
  {
    name: 'a notification nobody knows',
    right: ['202'],
    make: (random, it) => {
      const method = `notifications/${random.text(12)}`
      return shot(legacyRequest(it, { jsonrpc: '2.0', method, params: { a: random.json() } }))
    },
  },
  {
    name: 'an answer to no question',
    right: ['202'],
    make: (random, it) => {
      const ending = random.chance(0.5) ? { result: random.json() } : { error: random.json() }
      return shot(legacyRequest(it, { jsonrpc: '2.0', id: random.int(0, 9), ...ending }))
    },
  },
]

/** Cuts, doubles, swaps or replaces until no JSON parser accepts the text. */
function breakJson(random: Random, message: Json): string {
  const text = JSON.stringify(message)
  for (;;) {
    const at = random.int(0, text.length - 1)
    const broken = random.pick([
      text.slice(0, at),
      text.slice(at),
      text.slice(0, at) + random.text(3) + text.slice(at + 1),
      text.replaceAll('"', "'"),
      text.replaceAll(',', ',,'),
      `${text}${text}`,
      `${text.slice(0, -1)},}`,
      text.replace('1', '01'),
      text.replace('1', 'NaN'),
      '['.repeat(random.int(1, 50_000)),
      random.text(200),
    ])
    if (!isJson(broken)) return broken
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function noMessage(random: Random): unknown {
  const wrong = [
    null,
    true,
    7,
    'tools/call',
    {},
    { jsonrpc: '1.0', id: 1, method: 'ping' },
    { jsonrpc: 2, id: 1, method: 'ping' },
    { id: 1, method: 'ping' },
    { jsonrpc: '2.0' },
    { jsonrpc: '2.0', id: 1 },
    { jsonrpc: '2.0', id: 1, method: null },
    { jsonrpc: '2.0', id: 1, method: ['ping'] },
    { jsonrpc: '2.0', id: 1, method: { toString: 'ping' } },
  ]
  return random.chance(0.7)
    ? random.pick(wrong)
    : { ...(random.json(0) as object), x: random.json() }
}

function unknownMethod(random: Random): string {
  const method = random.pick([
    random.text(30),
    random.word(300),
    ...PROTOTYPE,
    'tools/call ',
    'PING',
  ])
  return SERVED.includes(method) ? `${method}?` : method
}
