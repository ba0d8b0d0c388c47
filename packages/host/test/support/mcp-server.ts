// An MCP server on a port of its own, made with the official server package: with sessions, and with
// a door that the test can close.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node'
import { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'

export interface TestMcpServer extends AsyncDisposable {
  readonly url: string
  /** What was asked, oldest first. */
  readonly asked: readonly {
    readonly method: string
    readonly headers: IncomingMessage['headers']
  }[]
  /** Sessions that were opened and not ended. */
  readonly sessions: ReadonlyMap<string, unknown>
  /** Tools that are there from now on, for new sessions. */
  tools: readonly string[]
  /** Answers instead of the server, when it answers at all. */
  door: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  /** What a server does that was started again. */
  forgetSessions(): void
}

export async function startMcpServer(tools: readonly string[] = ['greet']): Promise<TestMcpServer> {
  const asked: { method: string; headers: IncomingMessage['headers'] }[] = []
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>()
  const http = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const world: TestMcpServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    asked,
    sessions,
    tools,
    door: undefined,
    forgetSessions: () => sessions.clear(),
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked.push({ method: request.method ?? '', headers: request.headers })
    if (world.door?.(request, response)) return
    const known = request.headers['mcp-session-id']
    const session = typeof known === 'string' ? sessions.get(known) : undefined
    if (known !== undefined && session === undefined) return void response.writeHead(404).end()
    const transport = session ?? (await openSession())
    await transport.handleRequest(request, response)
  }

  async function openSession(): Promise<NodeStreamableHTTPServerTransport> {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, transport),
      onsessionclosed: (id) => void sessions.delete(id),
    })
    await describeTools(world.tools).connect(transport)
    return transport
  }
  return world
}

function describeTools(tools: readonly string[]): McpServer {
  const server = new McpServer({ name: 'test', version: '1.0.0' })
  for (const name of tools) {
    const inputSchema = z.object({ name: z.string().min(2).describe('Whom') })
    const config = { title: 'Greeter', description: `Does ${name}`, inputSchema }
    server.registerTool(name, config, ({ name: whom }) => {
      if (whom === 'nobody') return { content: [{ type: 'text', text: 'No' }], isError: true }
      return {
        content: [{ type: 'text', text: `${name} ${whom}` }],
        structuredContent: { whom, big: 1 },
      }
    })
  }
  return server
}
