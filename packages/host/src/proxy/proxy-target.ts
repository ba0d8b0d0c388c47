import { parseAwsHostName } from './aws-host-names.ts'

export interface ProxyTarget {
  /** Lower-case, without brackets and without the dot that ends a full name. */
  readonly host: string
  readonly port: number
}

/** Where a connection that a program asks for goes. */
export type ProxyRoute = 'served' | 'loopback' | 'outside'

/** Reads the `host:port` of a CONNECT (RFC 9110 §9.3.6). */
export function parseTarget(authority: string): ProxyTarget | undefined {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+)):(\d{1,5})$/i.exec(authority) ?? []
  const host = (bracketed ?? plain ?? '').toLowerCase().replace(/\.$/, '')
  const port = Number(digits)
  return host !== '' && port > 0 && port <= 65_535 ? { host, port } : undefined
}

/** The names served here go to the host; this machine's own stay on it. */
export function routeOf(host: string): ProxyRoute {
  if (parseAwsHostName(host) !== undefined) return 'served'
  const isLoopback =
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    /^127\.[\d.]+$/.test(host)
  return isLoopback ? 'loopback' : 'outside'
}
