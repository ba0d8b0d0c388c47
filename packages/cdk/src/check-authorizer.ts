import { Token } from 'aws-cdk-lib'
import { McpAuthorizer, type IMcpAuthorizer } from './mcp-authorizer.ts'
import type { Problems } from './problems.ts'

/** AgentCore Control API, CustomJWTAuthorizerConfiguration. */
const DISCOVERY_URL = /^.+\/\.well-known\/openid-configuration$/
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/

/**
 * Refuses what AgentCore would, and an authorizer that lets in every token of its issuer: the authorizer
 * as it is, or one with which the rest can be checked.
 */
export function checkAuthorizer(problems: Problems, authorizer: IMcpAuthorizer): IMcpAuthorizer {
  const { authorization } = authorizer
  if (authorization.type === 'AWS_IAM') return authorizer
  const before = problems.count
  const { discoveryUrl, allowedScopes, allowedAudience, allowedClients } = authorization
  if (!Token.isUnresolved(discoveryUrl) && !DISCOVERY_URL.test(discoveryUrl)) {
    problems.add(
      `authorizer: discoveryUrl ${JSON.stringify(discoveryUrl)} must end with /.well-known/openid-configuration.`,
    )
  }
  const lists = { allowedAudience, allowedClients, allowedScopes }
  const given = Object.entries(lists).filter(([, list]) => list !== undefined)
  if (given.length === 0) {
    problems.add(
      'authorizer: say at least one of allowedAudience, allowedClients and allowedScopes; without them every token of the issuer would do.',
    )
  }
  for (const [name, list] of given) {
    if (list?.length === 0) problems.add(`authorizer: ${name} must not be empty; leave it out.`)
  }
  for (const scope of allowedScopes ?? []) {
    if (Token.isUnresolved(scope) || SCOPE.test(scope)) continue
    problems.add(
      `authorizer: the scope ${JSON.stringify(scope)} must be 1 to 255 printable characters without spaces, " and \\.`,
    )
  }
  return problems.count === before ? authorizer : McpAuthorizer.iam()
}
