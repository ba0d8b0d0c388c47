import { shot } from '../http-text.ts'
import { callMessage, legacyRequest } from '../mcp-request.ts'
import type { Random } from '../random.ts'
import { PROTOTYPE, type HullKind } from './hull-kind.ts'

/** Calls of a tool that is there, with arguments it cannot take or that are only strange. */
export const argumentKinds: readonly HullKind[] = [
  {
    name: 'arguments that are no object',
    right: ['200 isError', '200 -32602'],
    make: (random, it) => {
      const args = random.pick([7, 'Ada', true, [], ['Ada'], [{ name: 'Ada' }]])
      return shot(legacyRequest(it, callMessage(it, args)))
    },
  },
  {
    name: 'arguments the schema refuses',
    weight: 40,
    right: ['200 isError'],
    make: (random, it) => shot(legacyRequest(it, callMessage(it, wrongArguments(random)))),
  },
  {
    name: 'arguments nested deep',
    right: ['200 isError'],
    make: (random, it) => {
      const depth = random.int(500, 20_000)
      const [open, close] = random.pick([['[', ']'] as const, ['{"a":', '}'] as const])
      const value = `${open.repeat(depth)}1${close.repeat(depth)}`
      const text = JSON.stringify(callMessage(it, { name: 'HERE' }))
      return shot(legacyRequest(it, text.replace('"HERE"', value)))
    },
  },
  {
    name: 'deep nesting where nothing is expected',
    right: ['200 result', '200 isError', '200 -32602', '400 -32600'],
    make: (random, it) => {
      const depth = random.int(500, 20_000)
      const value = `${'['.repeat(depth)}1${']'.repeat(depth)}`
      const place = random.pick(['"name":"Ada"', '"jsonrpc":"2.0"', '"method":"tools/call"'])
      const text = JSON.stringify(callMessage(it))
      return shot(legacyRequest(it, text.replace(place, `${place},"extra":${value}`)))
    },
  },
  {
    name: 'strange characters in the right places',
    weight: 30,
    right: ['200 result'],
    make: (random, it) => {
      const size = random.chance(0.02) ? 100_000 : 60
      const message = { ...callMessage(it, { name: random.text(size) }), id: random.text(40) }
      return shot(legacyRequest(it, message))
    },
  },
  {
    name: 'members that name the prototype',
    right: ['200 result', '200 isError'],
    make: (random, it) => {
      const member = `"${random.pick(PROTOTYPE)}":${JSON.stringify(random.json())}`
      const place = random.pick(['{"jsonrpc"', '{"name":"Ada"'])
      const text = JSON.stringify(callMessage(it))
      return shot(legacyRequest(it, text.replace(place, `{${member},${place.slice(1)}`)))
    },
  },
  {
    name: 'bytes that are not UTF-8',
    right: ['200 result', '400 -32700'],
    make: (random, it) => {
      const [before = '', after = ''] = JSON.stringify(callMessage(it)).split('Ada')
      const bad = random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf8]])
      return shot(
        legacyRequest(
          it,
          Buffer.concat([Buffer.from(before), Buffer.from(bad), Buffer.from(after)]),
        ),
      )
    },
  },
]

function wrongArguments(random: Random): unknown {
  return random.pick<unknown>([
    {},
    { Name: 'Ada' },
    { name: null },
    { name: 7 },
    { name: true },
    { name: {} },
    { name: ['Ada'] },
    { name: { toString: 'Ada' } },
    { other: random.json() },
    { name: { [random.text(5)]: random.json() } },
    JSON.parse('{"__proto__":{"name":"Ada"}}'),
  ])
}
