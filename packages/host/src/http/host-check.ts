// DNS rebinding: a page on the web can make a browser send requests to loopback under a name of its
// own. Such a request carries that name in Host, and the page's own origin in Origin.
import type { IncomingHttpHeaders } from 'node:http'

export interface AllowedNames {
  /** Lower-case host names without a port; loopback names are always allowed. */
  readonly hosts: ReadonlySet<string>
  /** Origins (`https://app.example`); loopback origins are always allowed. */
  readonly origins: ReadonlySet<string>
  /** Whether a Host, lower-case, with its port if it says one, is allowed although `hosts` lacks it. */
  readonly isOwn?: (authority: string) => boolean
}

/** Why the request must be refused, or undefined when Host and Origin are both ours or allowed. */
export function refuseForeignNames(
  headers: IncomingHttpHeaders,
  allowed: AllowedNames,
): string | undefined {
  const host = headers.host
  if (host === undefined || !isAllowedHost(host, allowed)) {
    return `Host ${quote(host)} is not served here; use 127.0.0.1, localhost or a configured name`
  }
  const origin = headers.origin
  if (origin !== undefined && !isOwnOrigin(origin, host) && !isAllowedOrigin(origin, allowed)) {
    return `Origin ${quote(origin)} may not call this host; allow it in the configuration`
  }
  return undefined
}

function isAllowedHost(host: string, { hosts, isOwn }: AllowedNames): boolean {
  const authority = host.toLowerCase()
  const name = authority.replace(/:\d{1,5}$/, '')
  return isLoopbackName(name) || hosts.has(name) || isOwn?.(authority) === true
}

/** A page that this host served itself, under a name that has just been checked. */
function isOwnOrigin(origin: string, host: string): boolean {
  return origin.replace(/^https?:\/\//i, '').toLowerCase() === host.toLowerCase()
}

function isAllowedOrigin(origin: string, { origins }: AllowedNames): boolean {
  if (origins.has(origin)) return true
  const match = /^https?:\/\/([^/:]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/i.exec(origin)
  return match?.[1] !== undefined && isLoopbackName(match[1].toLowerCase())
}

function isLoopbackName(name: string): boolean {
  return (
    name === 'localhost' || name === '127.0.0.1' || name === '[::1]' || name.endsWith('.localhost')
  )
}

function quote(value: string | undefined): string {
  return JSON.stringify(value?.slice(0, 200) ?? '')
}
