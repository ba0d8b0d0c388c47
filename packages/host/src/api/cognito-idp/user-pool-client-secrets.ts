import type { OpenedSecret } from '../../issuer/pool-clients.ts'
import type { Handlers } from '../operation.ts'
import { openPool, type CognitoContext } from './context.ts'
import type { ClientSecretDescriptorType, CognitoIdpOperations } from './shapes.ts'

type UserPoolClientSecretOperations = Pick<
  CognitoIdpOperations,
  'AddUserPoolClientSecret' | 'ListUserPoolClientSecrets' | 'DeleteUserPoolClientSecret'
>

/** Secrets are replaced without a pause: a second one, then the first away. */
export function userPoolClientSecretOperations(
  context: CognitoContext,
): Handlers<UserPoolClientSecretOperations> {
  return {
    async AddUserPoolClientSecret({ UserPoolId, ClientId, ClientSecret }, call) {
      const { clients } = await openPool(context, call, UserPoolId)
      const secret = await clients.addSecret(ClientId, ClientSecret)
      const descriptor = describeSecret(secret)
      return {
        // Shown this once, and only when its owner does not know it already.
        ClientSecretDescriptor:
          ClientSecret === undefined
            ? { ...descriptor, ClientSecretValue: secret.value }
            : descriptor,
      }
    },
    async ListUserPoolClientSecrets({ UserPoolId, ClientId }, call) {
      const { clients } = await openPool(context, call, UserPoolId)
      const secrets = clients.openSecrets(clients.get(ClientId))
      return { ClientSecrets: secrets.map(describeSecret) }
    },
    async DeleteUserPoolClientSecret({ UserPoolId, ClientId, ClientSecretId }, call) {
      const { clients } = await openPool(context, call, UserPoolId)
      await clients.deleteSecret(ClientId, ClientSecretId)
      return {}
    },
  }
}

function describeSecret({ secretId, createdAt }: OpenedSecret): ClientSecretDescriptorType {
  return { ClientSecretId: secretId, ClientSecretCreateDate: new Date(createdAt) }
}
