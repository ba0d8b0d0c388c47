// The official SDK v2, stateless, as its documentation shows it.
import { createServer } from 'node:http'
import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { greeting } from './answer.ts'
import { announce } from './announce.ts'

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'greet', version: '1.0.0' })
  server.registerTool(
    'greet_user',
    { description: 'Greet a user by name', inputSchema: z.object({ name: z.string() }) },
    async ({ name }) => ({ content: [{ type: 'text', text: greeting(name) }] }),
  )
  return server
})
const serve = toNodeHandler(handler)
announce(
  createServer((request, response) => void serve(request as Parameters<typeof serve>[0], response)),
)
