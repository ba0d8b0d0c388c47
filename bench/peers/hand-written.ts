// The floor: the least that an endpoint written by hand with node:http does to give the same answer.
// It parses the request, makes the greeting and writes one JSON-RPC result. No token, no schema, no
// process of its own for the tool.
import { createServer } from 'node:http'
import { greeting } from './answer.ts'
import { announce } from './announce.ts'

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { id, params } = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id,
      result: {
        content: [{ type: 'text', text: greeting(params.arguments.name) }],
        isError: false,
      },
    })
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    response.end(body)
  })
})
announce(server)
