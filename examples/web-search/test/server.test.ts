import { test } from 'vitest'
import server from '../server.ts'

test('offers the tool of the article, and nothing of it is lost in a target schema', ({
  expect,
}) => {
  const { tools, losses } = server.handler.describeTools()
  expect(tools.map(({ name }) => name)).toEqual(['openai_web_search'])
  expect(tools[0]?.inputSchema).toMatchObject({
    type: 'object',
    properties: { question: { type: 'string' } },
    required: ['question'],
  })
  expect(losses).toEqual([])
})
