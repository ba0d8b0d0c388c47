import { test } from 'vitest'
import { createTargetId } from '../kernel/ids.ts'
import { GREET, targetInput, testGateway } from '../../test/support/test-gateway.ts'

const SERVER_INFO = { name: 'agentcore-gateway', version: '1.0.0' }
const _meta = { 'io.modelcontextprotocol/serverInfo': SERVER_INFO }
const instructions = 'Ask for a name first.'
const instructed = { gateway: { protocolConfiguration: { mcp: { instructions } } } }

const answer = (result: object) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: { jsonrpc: '2.0', id: 1, result },
})

test('initialize introduces the gateway, with its instructions', async ({ expect }) => {
  const { legacy } = await testGateway(instructed)
  const hello = {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'client', version: '1' },
  }
  expect(await legacy('initialize', hello)).toEqual(
    answer({
      protocolVersion: '2025-06-18',
      capabilities: { tools: { listChanged: true } },
      serverInfo: SERVER_INFO,
      instructions,
    }),
  )
})

test.for([
  ['2025-03-26', '2025-03-26'],
  ['2025-11-25', '2025-11-25'],
  ['2026-07-28', '2025-11-25'],
  ['1999-01-01', '2025-11-25'],
  [undefined, '2025-11-25'],
])('initialize for %s is answered with %s', async ([protocolVersion, settled], { expect }) => {
  const { legacy } = await testGateway()
  const { body } = await legacy('initialize', { protocolVersion })
  expect(body).toMatchObject({ result: { protocolVersion: settled } })
})

test('server/discover names the revisions that need no handshake', async ({ expect }) => {
  const { modern } = await testGateway(instructed)
  expect(await modern('server/discover')).toEqual(
    answer({
      ttlMs: 0,
      cacheScope: 'private',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
      instructions,
      resultType: 'complete',
      _meta,
    }),
  )
})

test('tools/list shows all targets in order of creation, tools in order of their schema', async ({
  expect,
}) => {
  const { put, legacy, modern } = await testGateway()
  const others = [
    { ...GREET, name: 'b' },
    { ...GREET, name: 'a' },
  ]
  put([
    targetInput([GREET]),
    { ...targetInput(others, { name: 'aaa' }), targetId: createTargetId() },
  ])
  const tools = [
    { ...GREET, name: 'greeter___greet' },
    { ...GREET, name: 'aaa___b' },
    { ...GREET, name: 'aaa___a' },
  ]
  expect(await legacy('tools/list')).toEqual(answer({ tools }))
  expect(await modern('tools/list')).toEqual(
    answer({ ttlMs: 0, cacheScope: 'private', tools, resultType: 'complete', _meta }),
  )
})

test('an output schema that is no object exists since 2026-07-28', async ({ expect }) => {
  const outputSchema = { type: 'array', items: { type: 'string' } }
  const { legacy, modern } = await testGateway({ tools: [{ ...GREET, outputSchema }] })
  const name = 'greeter___greet'
  expect(await legacy('tools/list')).toEqual(answer({ tools: [{ ...GREET, name }] }))
  expect(await modern('tools/list')).toMatchObject({
    body: { result: { tools: [{ ...GREET, name, outputSchema }] } },
  })
})

test('a gateway without tools lists none', async ({ expect }) => {
  const { legacy } = await testGateway({ tools: [] })
  expect(await legacy('tools/list')).toEqual(answer({ tools: [] }))
})

test.for(['2', '', 7])('cursor %j was never given out', async (cursor, { expect }) => {
  const { legacy, modern } = await testGateway()
  const refused = { status: 200, body: { id: 1, error: { code: -32602 } } }
  expect(await legacy('tools/list', { cursor })).toMatchObject(refused)
  expect(await modern('tools/list', { cursor })).toMatchObject(refused)
})
