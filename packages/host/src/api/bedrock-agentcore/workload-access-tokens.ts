import type { Identity } from '../../identity/identity.ts'
import type { Handlers } from '../operation.ts'
import type { BedrockAgentcoreOperations } from './shapes.ts'

export function workloadTokenOperations({
  identity,
}: {
  readonly identity: Identity
}): Handlers<BedrockAgentcoreOperations> {
  const { workloadTokens } = identity
  return {
    async GetWorkloadAccessToken({ workloadName }, { scope }) {
      return { workloadAccessToken: await workloadTokens.issue(scope, workloadName) }
    },
    async GetWorkloadAccessTokenForJWT({ workloadName, userToken: token }, { scope }) {
      return { workloadAccessToken: await workloadTokens.issue(scope, workloadName, { token }) }
    },
    async GetWorkloadAccessTokenForUserId({ workloadName, userId }, { scope }) {
      return { workloadAccessToken: await workloadTokens.issue(scope, workloadName, { userId }) }
    },
  }
}
