// Archives that `codeConfiguration` names. The same small agent in two languages: the HTTP contract of
// AgentCore Runtime (POST /invocations, GET /ping, port 8080) without any package; and an MCP server.
import { zipFiles } from '../support/zip.ts'

const NODE_AGENT = `
import { createServer } from 'node:http'

createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.url === '/ping') return response.end('{"status":"Healthy"}')
  let body = ''
  for await (const chunk of request) body += chunk
  const { name } = JSON.parse(body)
  response.end(JSON.stringify({ greeting: process.env.GREETING + ', ' + name + '!' }))
}).listen(8080, '0.0.0.0')
`

const PYTHON_AGENT = `
import json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Agent(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer({"status": "Healthy"})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.answer({"greeting": f"{os.environ['GREETING']}, {asked['name']}!"})

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

ThreadingHTTPServer(("0.0.0.0", 8080), Agent).serve_forever()
`

/** What CreateAgentRuntime is told, and the bytes that it names. */
export interface AgentArchive {
  readonly runtime: string
  readonly entryPoint: string
  readonly zip: Uint8Array
}

export const nodeAgent: AgentArchive = {
  runtime: 'NODE_22',
  entryPoint: 'index.mjs',
  zip: zipFiles({ 'index.mjs': NODE_AGENT }),
}

const LIGHT_MCP_SERVER = `
import { createServer } from 'node:http'

const inputSchema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
const RESULTS = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'greet', version: '1.0.0' },
  }),
  'tools/list': () => ({
    tools: [{ name: 'greet_user', description: 'Greet a user by name', inputSchema }],
  }),
  'tools/call': ({ arguments: { name } }) => ({
    content: [{ type: 'text', text: 'Hello, ' + name + '!' }],
  }),
}

createServer(async (request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end()
  let body = ''
  for await (const chunk of request) body += chunk
  const { id, method, params } = JSON.parse(body)
  if (id === undefined) return response.writeHead(202).end()
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result: RESULTS[method](params) }))
}).listen(8000, '0.0.0.0')
`

/** As much of an MCP server as a measurement calls, so that fifty of them start on a small machine. */
export const lightMcpServer: AgentArchive = {
  runtime: 'NODE_22',
  entryPoint: 'index.mjs',
  zip: zipFiles({ 'index.mjs': LIGHT_MCP_SERVER }),
}

/** For the Python that is here: `3.13.1` → PYTHON_3_13. */
export function pythonAgent(version: string): AgentArchive {
  const [major, minor] = version.split('.')
  return {
    runtime: `PYTHON_${major}_${minor}`,
    entryPoint: 'main.py',
    zip: zipFiles({ 'main.py': PYTHON_AGENT }),
  }
}
