// The server under test of the MCP conformance suite, written with the official SDK: both protocol
// eras on one URL, sessions for legacy clients. Called directly it is what the same server hosted on
// the Runtime hull is compared with. It follows AgentCore's container contract for MCP: all
// interfaces, port 8000, `/mcp`; HOST and PORT change it, and PORT=0 takes a free port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
  type NodeIncomingMessageLike,
} from '@modelcontextprotocol/node'
import {
  createMcpHandler,
  InMemoryServerEventBus,
  isLegacyRequest,
} from '@modelcontextprotocol/server'
import { createFixture } from './fixture/create-fixture.ts'
import { createLegacySessions } from './fixture/legacy-sessions.ts'

const changes = new InMemoryServerEventBus()
const modern = createMcpHandler(() => createFixture(changes), { legacy: 'reject', bus: changes })
const legacy = createLegacySessions(changes)
const serve = toNodeHandler({
  fetch: async (request) =>
    (await isLegacyRequest(request)) ? legacy.serve(request) : modern.fetch(request),
})
const isLocalHost = localhostHostValidation()
const isLocalOrigin = localhostOriginValidation()

const listener = createServer((request, response) => {
  if (!isLocalHost(request, response) || !isLocalOrigin(request, response)) return
  if (request.url?.split('?')[0] === '/mcp') {
    void serve(request as NodeIncomingMessageLike, response)
  } else response.writeHead(404).end()
})
listener.listen(Number(process.env.PORT ?? 8000), process.env.HOST ?? '0.0.0.0', () => {
  const { port } = listener.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ port })}\n`)
})
