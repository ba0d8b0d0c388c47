import type { Exchange } from '../http/exchange.ts'
import { describeProtectedResource } from '../oauth/protected-resource.ts'
import type { RuntimeVersion } from './agent-runtime.ts'
import type { RuntimeTarget } from './find-runtime.ts'

const INVOCATIONS = '/invocations'

/** Where the protected resource metadata of a runtime is, as the challenge of a 401 names it. */
export function resourceMetadataUrl(exchange: Exchange, target: RuntimeTarget): string {
  const path = `${invocationsPath(exchange, target)}/.well-known/oauth-protected-resource`
  return `${exchange.baseUrl}${path}${query(target)}`
}

/** The URL that MCP clients use; they compare it with the one they were given (RFC 9728 §3.3). */
export function resourceUrl(exchange: Exchange, target: RuntimeTarget): string {
  return `${exchange.baseUrl}${invocationsPath(exchange, target)}${query(target)}`
}

/** The RFC 9728 document; undefined when nobody is asked for a token. */
export function describeResource(
  { inbound }: RuntimeVersion,
  { resource }: { readonly resource: string },
): object | undefined {
  if (inbound.by !== 'jwt') return undefined
  const { authorizer } = inbound
  const authorizationServers = authorizer.authorizationServers()
  const scopes = authorizer.scopes.length > 0 ? authorizer.scopes : undefined
  return describeProtectedResource({ resource, authorizationServers, scopes })
}

/** The caller's own spelling of the encoded ARN where there is one. */
function invocationsPath({ path }: Exchange, { arn }: RuntimeTarget): string {
  const end = path.indexOf(INVOCATIONS)
  return end < 0
    ? `/runtimes/${encodeURIComponent(arn)}${INVOCATIONS}`
    : path.slice(0, end + INVOCATIONS.length)
}

function query({ qualifier, accountId }: RuntimeTarget): string {
  const account = accountId === undefined ? '' : `&accountId=${encodeURIComponent(accountId)}`
  return `?qualifier=${encodeURIComponent(qualifier)}${account}`
}
