import type { ServerOptions } from 'node:http'
import type { Server } from 'node:https'
import { HostError } from '../kernel/host-error.ts'
import type { TlsIdentity } from './host-settings.ts'

export interface TlsServer {
  readonly server: Server
  /** New connections get this certificate; the old one stays when it cannot be used. */
  update(tls: TlsIdentity): void
}

/** An HTTPS server: TLS 1.2 and later, HTTP/1.1. */
export function createTlsServer(tls: TlsIdentity, limits: ServerOptions): TlsServer {
  const https = process.getBuiltinModule('node:https') // see http/node-http.ts
  const server = usable(() => https.createServer({ ...limits, ...contextOf(tls) }))
  return { server, update: (next) => usable(() => server.setSecureContext(contextOf(next))) }
}

/** Refuses what `createTlsServer` would refuse, before anything is started. */
export function checkTls(tls: TlsIdentity): void {
  usable(() => process.getBuiltinModule('node:tls').createSecureContext(contextOf(tls)))
}

function contextOf({ certificate, key }: TlsIdentity) {
  return { cert: certificate, key: key.reveal(), minVersion: 'TLSv1.2' } as const
}

function usable<Result>(use: () => Result): Result {
  try {
    return use()
  } catch (cause) {
    const message =
      'The TLS certificate and key cannot be used; both must be PEM, and the key must be the one of the (first) certificate'
    throw new HostError('ERR_INVALID_INPUT', message, { cause })
  }
}
