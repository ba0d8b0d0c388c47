import type { Duplex } from 'node:stream'
import { TLSSocket, type SecureContext } from 'node:tls'

const HANDSHAKE_LIMIT_MS = 30_000

/** The server's side of a TLS handshake on a connection that is open already; HTTP/1.1 only. */
export function acceptTls(socket: Duplex, secureContext: SecureContext): Promise<TLSSocket> {
  const secured = new TLSSocket(socket, {
    isServer: true,
    secureContext,
    ALPNProtocols: ['http/1.1'],
  })
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      clearTimeout(limit)
      secured.destroy()
      reject(error)
    }
    const onClose = () => fail(new Error('the program closed the connection'))
    const limit = setTimeout(onClose, HANDSHAKE_LIMIT_MS)
    secured.once('_tlsError', fail) // Node's name for what goes wrong before the handshake is over
    secured.once('error', fail)
    secured.once('close', onClose)
    secured.once('secure', () => {
      clearTimeout(limit)
      secured.off('close', onClose)
      resolve(secured)
    })
  })
}
