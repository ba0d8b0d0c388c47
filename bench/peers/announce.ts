import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port, prints the ready line that the bench waits for, leaves on a signal. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo
    console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${port}/mcp` }))
  })
  process.once('SIGINT', () => process.exit(0))
}
