import { test } from 'vitest'
import { createTargetId } from '../../kernel/ids.ts'
import { GREET, targetInput, testGateway } from '../../../test/support/test-gateway.ts'

const SEARCH = 'x_amz_bedrock_agentcore_search'
const searchable = { protocolConfiguration: { mcp: { searchType: 'SEMANTIC' as const } } }
const REFUND = {
  name: 'issueRefund',
  description: 'Pays money back to a customer',
  inputSchema: { type: 'object', properties: { orderNumber: { type: 'string' } } },
}

type Era = 'legacy' | 'modern'
type World = Awaited<ReturnType<typeof testGateway>>

async function search(world: World, query: unknown, era: Era = 'legacy') {
  const answer = await world[era]('tools/call', { name: SEARCH, arguments: { query } })
  return (answer.body as { result: Record<string, unknown> }).result
}

async function names(world: World, query: string): Promise<string[]> {
  const { structuredContent } = await search(world, query)
  return (structuredContent as { tools: { name: string }[] }).tools.map(({ name }) => name)
}

test('the search is listed first, and only where it was asked for', async ({ expect }) => {
  const { legacy } = await testGateway({ gateway: searchable })
  expect(await legacy('tools/list')).toMatchObject({
    body: {
      result: {
        tools: [
          {
            name: SEARCH,
            description: expect.stringContaining('trimmed down list of tools'),
            inputSchema: {
              type: 'object',
              properties: {
                query: { type: 'string', description: 'search query to use for finding tools' },
              },
              required: ['query'],
            },
          },
          { name: 'greeter___greet' },
        ],
      },
    },
  })
  const plain = await testGateway()
  expect(await plain.legacy('tools/call', { name: SEARCH, arguments: { query: 'greet' } })).toEqual(
    expect.objectContaining({
      body: { jsonrpc: '2.0', id: 1, error: { code: -32602, message: `Unknown tool: ${SEARCH}` } },
    }),
  )
})

test('tools are found as they are listed, in both representations', async ({ expect }) => {
  const world = await testGateway({ gateway: searchable, tools: [GREET, REFUND] })
  const found = { tools: [{ ...REFUND, name: 'greeter___issueRefund' }] }
  const result = {
    content: [{ type: 'text', text: JSON.stringify(found) }],
    structuredContent: found,
    isError: false,
  }
  expect(await search(world, 'refunding an order')).toEqual(result)
  expect(await search(world, 'refunding an order', 'modern')).toMatchObject(result)
  expect(world.invocations).toEqual([])
})

test('an older client sees no output schema that it cannot read', async ({ expect }) => {
  const outputSchema = { type: 'array', items: { type: 'string' } }
  const world = await testGateway({ gateway: searchable, tools: [{ ...REFUND, outputSchema }] })
  const tool = { ...REFUND, name: 'greeter___issueRefund' }
  const legacy = await search(world, 'refund')
  expect(legacy['structuredContent']).toEqual({ tools: [tool] })
  const modern = await search(world, 'refund', 'modern')
  expect(modern['structuredContent']).toEqual({ tools: [{ ...tool, outputSchema }] })
})

test('a query that is no text is refused as arguments are', async ({ expect }) => {
  const world = await testGateway({ gateway: searchable })
  for (const query of [undefined, 7, ['greet']]) {
    expect(await search(world, query)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('ValidationException') }],
    })
  }
  expect(await names(world, '')).toEqual([])
})

test('a change is found at once', async ({ expect }) => {
  const world = await testGateway({ gateway: searchable })
  expect(await names(world, 'refund')).toEqual([])
  world.put([
    targetInput([GREET]),
    { ...targetInput([REFUND], { name: 'shop' }), targetId: createTargetId() },
  ])
  expect(await names(world, 'refund')).toEqual(['shop___issueRefund'])
  world.put([targetInput([GREET])])
  expect(await names(world, 'refund')).toEqual([])
})

test('at most ten tools are found, the best first', async ({ expect }) => {
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...REFUND,
    name: `note_${index}`,
    description: 'Writes a note about an order',
  }))
  const world = await testGateway({ gateway: searchable, tools: [...many, REFUND] })
  const found = await names(world, 'refund an order')
  expect(found).toHaveLength(10)
  expect(found[0]).toBe('greeter___issueRefund')
})
