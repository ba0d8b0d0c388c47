import type { IncomingMessage } from 'node:http'

/**
 * Where a server wants the same request to go: frameworks that mount an application redirect `/mcp`
 * to `/mcp/`. Only paths of the same server are followed.
 */
export function findRedirect(
  { statusCode, headers }: IncomingMessage,
  serverHost: string,
): string | undefined {
  const { location } = headers
  if ((statusCode !== 307 && statusCode !== 308) || location === undefined) return undefined
  const base = `http://${serverHost}`
  if (!URL.canParse(location, base)) return undefined
  const { origin, pathname, search } = new URL(location, base)
  return origin === base ? pathname + search : undefined
}
