import { test } from 'vitest'
import {
  confirmParamHeaders,
  findParamHeaders,
  ProtocolRefusal,
  type InboundHeaders,
} from './index.ts'

const inputSchema = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    page: {
      type: 'object',
      properties: { size: { type: 'integer', 'x-mcp-header': 'Page-Size' } },
    },
    ratio: { type: 'number', 'x-mcp-header': 'Ratio' },
    list: { type: 'array', items: { type: 'string', 'x-mcp-header': 'Item' } },
    odd: { type: 'string', 'x-mcp-header': 'not a token' },
  },
}
const expected = findParamHeaders(inputSchema)

test('annotations are found along properties only, where clients accept them', ({ expect }) => {
  expect(expected).toEqual([
    { header: 'mcp-param-region', path: ['region'] },
    { header: 'mcp-param-page-size', path: ['page', 'size'] },
  ])
})

test.for<[InboundHeaders, object]>([
  [{}, {}],
  [{ 'mcp-param-region': 'eu' }, {}],
  [{ 'mcp-param-region': 'eu' }, { region: 'eu' }],
  [{ 'mcp-param-region': '=?base64?5p2x5Lqs?=' }, { region: '東京' }],
  [{ 'mcp-param-page-size': '42.0' }, { page: { size: 42 } }],
  [{}, { region: null, page: 3 }],
])('headers %j confirm arguments %j', ([headers, args], { expect }) => {
  expect(() => confirmParamHeaders(headers, expected, args, 1)).not.toThrow()
})

test.for<[InboundHeaders, object]>([
  [{}, { region: 'eu' }],
  [{ 'mcp-param-region': 'us' }, { region: 'eu' }],
  [{ 'mcp-param-region': '=?base64?*?=' }, { region: '*' }],
  [{ 'mcp-param-page-size': '43' }, { page: { size: 42 } }],
])('headers %j contradict arguments %j', ([headers, args], { expect }) => {
  const refusal = expect.objectContaining({ status: 400, code: -32020, id: 1 })
  expect(() => confirmParamHeaders(headers, expected, args, 1)).toThrow(ProtocolRefusal)
  expect(() => confirmParamHeaders(headers, expected, args, 1)).toThrow(refusal)
})
