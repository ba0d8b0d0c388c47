import { parseAwsHostName } from '../proxy/aws-host-names.ts'

/** The names under which this host is reached without anybody having configured them. */
export interface OwnNames {
  /** Whether the name of a Host header is one of them (besides loopback), with its port if it has one. */
  has(authority: string): boolean
  /** Scheme and authority for a caller who sent this Host header. */
  baseUrlFor(host: string | undefined): string
}

/**
 * The public URL's name, and the AWS names served here, on the ports where programs look for AWS. Whoever
 * answers a browser's DNS queries can lead such a name to loopback, but then the browser says the port
 * that we listen on. Callers under either came with a scheme of their own.
 */
export function ownNames(url: string, publicUrl: string | undefined): OwnNames {
  const { protocol } = new URL(url)
  const advertised = publicUrl === undefined ? undefined : new URL(publicUrl)
  return {
    has: (authority) =>
      isAwsAuthority(authority) || authority.replace(PORT, '') === advertised?.hostname,
    baseUrlFor(host) {
      if (host === undefined) return url
      if (host === advertised?.host) return advertised.origin
      return isAwsName(host) ? `https://${host}` : `${protocol}//${host}`
    },
  }
}

/** A host for URLs; the wildcard addresses are for listening only. */
export function reachableName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

const PORT = /:\d{1,5}$/

function isAwsAuthority(authority: string): boolean {
  const [port = ':443'] = PORT.exec(authority) ?? []
  return (port === ':443' || port === ':80') && isAwsName(authority)
}

function isAwsName(host: string): boolean {
  return parseAwsHostName(host) !== undefined
}
