import { shot } from '../http-text.ts'
import { callMessage, legacyRequest, modernCall } from '../mcp-request.ts'
import type { Random } from '../random.ts'
import type { HullWorld } from '../world.ts'
import type { HullKind } from './hull-kind.ts'

/** Requests whose headers or envelope do not fit the body (MCP 2026-07-28, Transports). */
export const revisionKinds: readonly HullKind[] = [
  {
    name: 'a revision that was never published',
    right: ['400 -32600', '400 -32000'], // MCP leaves the code free; AgentCore gateways say −32600
    make: (random, it) => {
      const revision = random.pick(['1.0', '0', '2024-13-99', '2025-11-24', '1999-01-01', '*'])
      return shot(legacyRequest(it, callMessage(it), { 'MCP-Protocol-Version': revision }))
    },
  },
  {
    name: 'a modern revision that is not served',
    right: ['400 -32022'],
    make: (random, it) => {
      const revision = random.pick(['2025-11-25', '2099-01-01', 'v999.0.0', '2026-07-29'])
      const meta = { 'io.modelcontextprotocol/protocolVersion': revision }
      return shot(modernCall(it, { meta, headers: { 'MCP-Protocol-Version': revision } }))
    },
  },
  {
    name: 'an envelope that is incomplete',
    right: ['400 -32602'],
    make: (random, it) => {
      const [key, values] = random.pick([
        ['protocolVersion', [null, 7, {}, ['2026-07-28']]],
        ['clientCapabilities', [undefined, null, 7, 'all', []]],
        ['clientInfo', [7, {}, { name: 'x' }, { name: 1, version: 2 }]],
      ] as const)
      const meta = { [`io.modelcontextprotocol/${key}`]: random.pick<unknown>(values) }
      return shot(modernCall(it, { meta }))
    },
  },
  {
    name: 'headers that say something else than the body',
    weight: 30,
    right: ['400 -32020'],
    make: (random, it) => shot(modernCall(it, { headers: mismatch(random, it) })),
  },
  {
    name: 'a confirming header said twice',
    right: ['400 -32020'],
    make: (random, it) => {
      const request = modernCall(it)
      const twice = random.pick(['mcp-protocol-version', 'mcp-method', 'mcp-name'])
      const [name, value] = request.headers.find(([key]) => key.toLowerCase() === twice) ?? ['', '']
      const second = [name, random.chance(0.5) ? value : random.word(8)] as const
      const headers = random.chance(0.5)
        ? [second, ...request.headers]
        : [...request.headers, second]
      return shot({ ...request, headers })
    },
  },
  {
    name: 'a content type that is not JSON',
    right: ['415'],
    make: (random, it) => {
      const types = [
        'text/plain',
        'application/xml',
        'application/jsonp',
        'multipart/form-data',
        '*/*',
        '',
      ]
      return shot(legacyRequest(it, callMessage(it), { 'Content-Type': random.pick(types) }))
    },
  },
]

function mismatch(
  random: Random,
  { tool }: HullWorld,
): Readonly<Record<string, string | undefined>> {
  return random.pick<Readonly<Record<string, string | undefined>>>([
    { 'MCP-Protocol-Version': '2025-11-25' },
    { 'MCP-Protocol-Version': undefined },
    { 'Mcp-Method': undefined },
    { 'Mcp-Method': 'tools/list' },
    { 'Mcp-Method': 'TOOLS/CALL' },
    { 'Mcp-Method': '' },
    { 'Mcp-Name': undefined },
    { 'Mcp-Name': `${tool}x` },
    { 'Mcp-Name': tool.toUpperCase() },
    { 'Mcp-Name': '=?base64?!!!?=' },
    { 'Mcp-Name': `=?base64?${Buffer.from('other').toString('base64')}?=` },
    { 'Mcp-Name': '=?base64?//8=?=' },
  ])
}
