// The official SDK v1, stateless: a server and a transport per request, as its documentation shows it.
import { createServer } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { z } from 'zod'
import { greeting } from './answer.ts'
import { announce } from './announce.ts'

function createGreeter(): McpServer {
  const server = new McpServer({ name: 'greet', version: '1.0.0' })
  server.registerTool(
    'greet_user',
    { description: 'Greet a user by name', inputSchema: { name: z.string() } },
    async ({ name }) => ({ content: [{ type: 'text', text: greeting(name) }] }),
  )
  return server
}

announce(
  createServer((request, response) => {
    void (async () => {
      const server = createGreeter()
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
      response.once('close', () => void server.close())
      await server.connect(transport)
      await transport.handleRequest(request, response)
    })()
  }),
)
