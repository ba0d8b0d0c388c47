import type { PoolClient } from '../../issuer/pool-client.ts'
import type { UserPool } from '../../issuer/user-pool.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { openPool, type CognitoContext } from './context.ts'
import type {
  CognitoIdpOperations,
  CreateUserPoolClientRequest,
  UserPoolClientType,
} from './shapes.ts'
import { describeClientSettings, readClientSettings } from './user-pool-client-settings.ts'

type UserPoolClientOperations = Pick<
  CognitoIdpOperations,
  | 'CreateUserPoolClient'
  | 'DescribeUserPoolClient'
  | 'ListUserPoolClients'
  | 'UpdateUserPoolClient'
  | 'DeleteUserPoolClient'
>

const MAX_PAGE = 60

export function userPoolClientOperations(
  context: CognitoContext,
): Handlers<UserPoolClientOperations> {
  return {
    async CreateUserPoolClient(input, call) {
      const pool = await openPool(context, call, input.UserPoolId)
      const settings = readClientSettings(input, input.ClientName)
      const client = await pool.clients.create(settings, readSecret(input))
      return { UserPoolClient: describeClient(client, pool) }
    },
    async DescribeUserPoolClient({ UserPoolId, ClientId }, call) {
      const pool = await openPool(context, call, UserPoolId)
      return { UserPoolClient: describeClient(pool.clients.get(ClientId), pool) }
    },
    async ListUserPoolClients({ UserPoolId, MaxResults, NextToken }, call) {
      const pool = await openPool(context, call, UserPoolId)
      const { items, nextToken } = paginate(pool.clients.list(), {
        maxResults: MaxResults,
        nextToken: NextToken,
        limit: MAX_PAGE,
        keyOf: ({ clientId }) => clientId,
      })
      const UserPoolClients = items.map(({ clientId, clientName }) => ({
        ClientId: clientId,
        ClientName: clientName,
        UserPoolId: pool.poolId,
      }))
      return { UserPoolClients, NextToken: nextToken }
    },
    async UpdateUserPoolClient(input, call) {
      const pool = await openPool(context, call, input.UserPoolId)
      const { clientName } = pool.clients.get(input.ClientId)
      const settings = readClientSettings(input, input.ClientName ?? clientName)
      const client = await pool.clients.update(input.ClientId, settings)
      return { UserPoolClient: describeClient(client, pool) }
    },
    async DeleteUserPoolClient({ UserPoolId, ClientId }, call) {
      const pool = await openPool(context, call, UserPoolId)
      await pool.clients.delete(ClientId)
      return {}
    },
  }
}

function readSecret({ GenerateSecret, ClientSecret }: CreateUserPoolClientRequest) {
  if (ClientSecret === undefined) return GenerateSecret ? { secret: 'generate' as const } : {}
  if (!GenerateSecret) return { secret: { value: ClientSecret } }
  throw new HostError('ERR_INVALID_INPUT', 'GenerateSecret and ClientSecret exclude each other')
}

/** With the secret; of several, the newest. */
function describeClient(client: PoolClient, { clients, poolId }: UserPool): UserPoolClientType {
  return {
    ...describeClientSettings(client),
    UserPoolId: poolId,
    ClientId: client.clientId,
    ClientSecret: clients.openSecrets(client).at(-1)?.value,
    CreationDate: new Date(client.createdAt),
    LastModifiedDate: new Date(client.updatedAt),
  }
}
