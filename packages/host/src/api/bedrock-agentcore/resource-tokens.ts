import type { Identity } from '../../identity/identity.ts'
import type { ClaimedUser } from '../../identity/workload-tokens.ts'
import { HostError } from '../../kernel/host-error.ts'
import type { Handlers } from '../operation.ts'
import type { BedrockAgentcoreOperations, UserIdentifier } from './shapes.ts'

export function resourceTokenOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreOperations> {
  const { workloadTokens, resourceTokens, userAuthorization } = identity
  return {
    async GetResourceOauth2Token(input, { scope }) {
      const { workloadIdentityToken, resourceCredentialProviderName, oauth2Flow, ...rest } = input
      const asked = resourceTokens.getOauth2Token({
        ...rest,
        ...workloadTokens.read(scope, workloadIdentityToken),
        scope,
        providerName: resourceCredentialProviderName,
        flow: oauth2Flow,
        returnUrl: rest.resourceOauth2ReturnUrl,
        renewal: rest.forceAuthentication === true ? 'ask' : 'none',
      })
      const answer = await asked.catch(refuseForServer)
      return 'accessToken' in answer ? { accessToken: answer.accessToken } : answer
    },
    async CompleteResourceTokenAuth({ sessionUri, userIdentifier }, { scope }) {
      const user = await workloadTokens.readUser(readClaimedUser(userIdentifier))
      await userAuthorization.complete(scope, sessionUri, user).catch(refuseForServer)
      return {}
    },
    GetResourceApiKey({ workloadIdentityToken, resourceCredentialProviderName }, { scope }) {
      workloadTokens.read(scope, workloadIdentityToken)
      return { apiKey: resourceTokens.getApiKey(scope, resourceCredentialProviderName) }
    },
  }
}

/**
 * What these operations say when the external server fails is unknown. A refusal of the request, since
 * clients repeat a call that ended in 5xx by themselves, and the server's answer would be the same.
 */
function refuseForServer(error: unknown): never {
  if (!(error instanceof HostError) || error.code !== 'ERR_TARGET_FAILED') throw error
  throw new HostError('ERR_INVALID_INPUT', error.message, { cause: error })
}

function readClaimedUser({ userToken: token, userId }: UserIdentifier): ClaimedUser {
  if (token !== undefined) return { token }
  if (userId !== undefined) return { userId }
  throw new HostError('ERR_INVALID_INPUT', 'userIdentifier needs userToken or userId')
}
