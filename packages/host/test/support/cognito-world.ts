import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  type UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider'
import { createCognitoIdpService } from '../../src/api/cognito-idp/service.ts'
import { openUserPools } from '../../src/issuer/user-pools.ts'
import { silentLog } from '../../src/kernel/log.ts'
import { openStore } from '../../src/store/store.ts'
import { startAwsApi, testSealer } from './aws-api.ts'

/** Cognito on a port of its own, and the AWS SDK's client for it. */
export async function startCognito({ store = openStore(':memory:') } = {}) {
  const sealer = await testSealer()
  const clock = { offset: 0 }
  const userPools = await openUserPools({
    store,
    sealer,
    baseUrl: () => 'http://127.0.0.1:4420',
    log: silentLog,
    now: () => Date.now() + clock.offset,
  })
  const api = await startAwsApi({
    services: [createCognitoIdpService({ userPools })],
    store,
    sealer,
  })
  const clientIn = (region: string) => new CognitoIdentityProviderClient({ ...api.client, region })
  const cognito = clientIn('us-east-1')
  return {
    cognito,
    clientIn,
    userPools,
    store,
    clock,
    unexpected: api.unexpected,
    async createPool(input: Partial<CreateUserPoolCommandInput> = {}): Promise<string> {
      const answer = await cognito.send(new CreateUserPoolCommand({ PoolName: 'shop', ...input }))
      return answer.UserPool?.Id ?? ''
    },
    async createClient(
      UserPoolId: string,
      input: Partial<CreateUserPoolClientCommandInput> = {},
    ): Promise<UserPoolClientType & { ClientId: string }> {
      const command = new CreateUserPoolClientCommand({ ClientName: 'app', UserPoolId, ...input })
      const { UserPoolClient } = await cognito.send(command)
      return { ...UserPoolClient, ClientId: UserPoolClient?.ClientId ?? '' }
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await userPools[Symbol.asyncDispose]()
    },
  }
}
