import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/**
 * A loopback port that was free a moment ago. Only for programs that neither Node's nor Python's
 * preload reaches: they can lose it to somebody else before they listen, and then fail to start.
 */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
