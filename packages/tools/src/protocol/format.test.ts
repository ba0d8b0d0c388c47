import fc from 'fast-check'
import { test } from 'vitest'
import { formatError, formatEvent, formatResult } from './index.ts'

const serverInfo = { name: 'greeter', version: '1.0.0' }
const _meta = { 'io.modelcontextprotocol/serverInfo': serverInfo }

function result(era: 'modern' | 'legacy', method: string, value: object) {
  return JSON.parse(formatResult({ id: 7, era, method }, value, serverInfo)).result
}

test('a modern result says what it is and whose', ({ expect }) => {
  expect(result('modern', 'tools/call', { content: [], _meta: { own: 1 } })).toEqual({
    content: [],
    resultType: 'complete',
    _meta: { own: 1, ..._meta },
  })
})

test('a modern list says how long it may be kept, and may say so itself', ({ expect }) => {
  const kept = { ttlMs: 0, cacheScope: 'private', resultType: 'complete', _meta }
  expect(result('modern', 'tools/list', { tools: [] })).toEqual({ tools: [], ...kept })
  const own = { tools: [], ttlMs: 60_000, cacheScope: 'public' }
  expect(result('modern', 'tools/list', own)).toEqual({ ...kept, ...own })
})

test('an unfinished result is not cacheable', ({ expect }) => {
  const asking = { resultType: 'input_required', inputRequests: {} }
  expect(result('modern', 'resources/read', asking)).toEqual({ ...asking, _meta })
})

test('a legacy result has none of it', ({ expect }) => {
  const modern = { tools: [], resultType: 'complete', ttlMs: 5, cacheScope: 'public' }
  expect(result('legacy', 'tools/list', modern)).toEqual({ tools: [] })
})

test('an id that is unknown is left out of an error', ({ expect }) => {
  expect(JSON.parse(formatError(undefined, -32700, 'no'))).toEqual({
    jsonrpc: '2.0',
    error: { code: -32700, message: 'no' },
  })
  expect(JSON.parse(formatError(0, -32602, 'no', { uri: 'a' }))).toEqual({
    jsonrpc: '2.0',
    id: 0,
    error: { code: -32602, message: 'no', data: { uri: 'a' } },
  })
})

test('any id and any text come back unchanged', ({ expect }) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer()), fc.string(), (id, text) => {
      const json = formatResult({ id, era: 'legacy', method: 'tools/call' }, { text }, serverInfo)
      expect(JSON.parse(json)).toEqual({ jsonrpc: '2.0', id, result: { text } })
      expect(formatEvent(json).split('\n')).toHaveLength(4)
    }),
  )
})
