import type { IssuerRequest } from './issuer-request.ts'

/** The value of a cookie, or undefined. */
export function readCookie({ headers }: IssuerRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(/; */)
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}

/**
 * A cookie for the pool's pages. It has no Path: the browser takes the folder of the page, which is the
 * pool's own, whatever host name the pool is reached by (RFC 6265 §5.1.4).
 */
export function formatCookie(
  name: string,
  value: string,
  isSecure: boolean,
  maxAgeSeconds?: number,
): string {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`
  return `${name}=${value}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`
}
