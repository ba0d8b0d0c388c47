// A TCP connection that a test can cut: it stands between a client and a server on this machine.
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CuttableConnection extends AsyncDisposable {
  readonly port: number
  /** Ends what is connected; `refusing` also lets nobody in until it is called again. */
  cut(options?: { readonly refusing?: boolean }): void
  /** The next time a client sends this text it still arrives, but no answer ever comes back. */
  cutAfter(text: string): Promise<void>
}

export async function startCuttableConnection(serverPort: number): Promise<CuttableConnection> {
  const sockets = new Set<Socket>()
  let isRefusing = false
  let trigger: { readonly text: string; readonly done: () => void } | undefined

  const cut: CuttableConnection['cut'] = ({ refusing = false } = {}) => {
    isRefusing = refusing
    for (const socket of sockets) socket.destroy()
  }

  const server = createServer((client) => {
    if (isRefusing) return void client.destroy()
    const upstream = connect(serverPort, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}) // an end like any other here
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.end()
      })
    }
    upstream.on('data', (data) => client.write(data))
    client.on('data', (data) => {
      upstream.write(data)
      if (trigger === undefined || !data.includes(trigger.text)) return
      const { done } = trigger
      trigger = undefined
      client.destroy() // what came from it is still delivered: `end` lets the server read to the end
      done()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfter: (text) => new Promise((done) => (trigger = { text, done })),
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
