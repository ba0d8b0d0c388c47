import { HostError } from '../kernel/host-error.ts'
import { isRestrictedHeader } from './restricted-headers.ts'

const MAX_NAMES = 20
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,255}$/

/**
 * The allowlist in lower case. `Authorization` may be listed, and passes only on a runtime with a JWT
 * authorizer (AgentCore developer guide, request header allowlist).
 */
export function readHeaderAllowlist(
  names: readonly string[] | undefined,
  { hasAuthorizer }: { readonly hasAuthorizer: boolean },
): readonly string[] {
  if (names === undefined) return []
  if (names.length === 0 || names.length > MAX_NAMES) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `requestHeaderAllowlist has ${names.length} names; 1 to ${MAX_NAMES} are possible`,
    )
  }
  const allowed = new Set(names.map(readName))
  if (!hasAuthorizer) allowed.delete('authorization')
  return [...allowed]
}

function readName(name: string): string {
  const lowerCase = name.toLowerCase()
  if (NAME.test(name) && !isRestrictedHeader(lowerCase)) return lowerCase
  throw new HostError(
    'ERR_INVALID_INPUT',
    `requestHeaderAllowlist names ${JSON.stringify(name)}, which never reaches a server; ` +
      'leave it out or use X-Amzn-Bedrock-AgentCore-Runtime-Custom-…',
  )
}
