import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Knows which connections of a server wait for an answer. `closeIdleConnections` of Node alone leaves
 * those open that have not sent a request yet, and those that become idle a moment later.
 */
export class Connections {
  readonly #open = new Set<Socket>()
  readonly #busy = new Set<Socket>()
  #isClosing = false

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
    server.on('request', ({ socket }, response) => {
      this.#busy.add(socket)
      response.once('close', () => {
        this.#busy.delete(socket)
        if (this.#isClosing) socket.destroySoon()
      })
    })
  }

  /** Closes the idle connections now, and each other one after its answer. */
  closeWhenIdle(): void {
    this.#isClosing = true
    for (const socket of this.#open) if (!this.#busy.has(socket)) socket.destroy()
  }
}
