// The program that the Runtime hull hosts, without a host.
import { serve } from '@catamaran/tools/serve'
import server from '../examples/greet/server.ts'

const { port } = await serve(server, { host: '127.0.0.1', port: 0 })
console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}/mcp` }))
process.once('SIGINT', () => process.exit(0))
