import type { ResourceServer } from '../../issuer/resource-servers.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { openPool, type CognitoContext } from './context.ts'
import type {
  CognitoIdpOperations,
  CreateResourceServerRequest,
  ResourceServerType,
} from './shapes.ts'

type ResourceServerOperations = Pick<
  CognitoIdpOperations,
  | 'CreateResourceServer'
  | 'DescribeResourceServer'
  | 'ListResourceServers'
  | 'UpdateResourceServer'
  | 'DeleteResourceServer'
>

const MAX_PAGE = 50

export function resourceServerOperations(
  context: CognitoContext,
): Handlers<ResourceServerOperations> {
  return {
    async CreateResourceServer(input, call) {
      const pool = await openPool(context, call, input.UserPoolId)
      const server = await pool.resourceServers.create(readServer(input))
      return { ResourceServer: describeServer(server, pool.poolId) }
    },
    async DescribeResourceServer({ UserPoolId, Identifier }, call) {
      const pool = await openPool(context, call, UserPoolId)
      const server = pool.resourceServers.get(Identifier)
      return { ResourceServer: describeServer(server, pool.poolId) }
    },
    async ListResourceServers({ UserPoolId, MaxResults, NextToken }, call) {
      const pool = await openPool(context, call, UserPoolId)
      const { items, nextToken } = paginate(pool.resourceServers.list(), {
        maxResults: MaxResults,
        nextToken: NextToken,
        limit: MAX_PAGE,
        keyOf: ({ identifier }) => identifier,
      })
      const ResourceServers = items.map((server) => describeServer(server, pool.poolId))
      return { ResourceServers, NextToken: nextToken }
    },
    async UpdateResourceServer(input, call) {
      const pool = await openPool(context, call, input.UserPoolId)
      const server = await pool.resourceServers.update(readServer(input))
      return { ResourceServer: describeServer(server, pool.poolId) }
    },
    async DeleteResourceServer({ UserPoolId, Identifier }, call) {
      const pool = await openPool(context, call, UserPoolId)
      await pool.resourceServers.delete(Identifier)
      return {}
    },
  }
}

function readServer({
  Identifier,
  Name,
  Scopes = [],
}: CreateResourceServerRequest): ResourceServer {
  const scopes = Scopes.map(({ ScopeName, ScopeDescription }) => ({
    scopeName: ScopeName,
    scopeDescription: ScopeDescription,
  }))
  return { identifier: Identifier, name: Name, scopes }
}

function describeServer(
  { identifier, name = identifier, scopes }: ResourceServer,
  UserPoolId: string,
): ResourceServerType {
  const Scopes = scopes.map(({ scopeName, scopeDescription }) => ({
    ScopeName: scopeName,
    ScopeDescription: scopeDescription,
  }))
  return { UserPoolId, Identifier: identifier, Name: name, Scopes }
}
