// What most tests of Identity begin with: a provider, a workload identity, and its access token.
import {
  GetWorkloadAccessTokenCommand,
  GetWorkloadAccessTokenForUserIdCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  CreateOauth2CredentialProviderCommand,
  CreateWorkloadIdentityCommand,
  type CustomOauth2ProviderConfigInput,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { CLIENT_ID, CLIENT_SECRET, type AuthorizationServer } from './authorization-server.ts'
import type { IdentityWorld } from './identity-world.ts'

export const PROVIDER = 'my-provider'
export const WORKLOAD = 'my-agent'
export const RETURN_URL = 'https://app.example/return?from=agent'

type Clients = ReturnType<IdentityWorld['clients']>

export async function createProvider(
  { control }: Clients,
  server: AuthorizationServer,
  config: Partial<CustomOauth2ProviderConfigInput> = {},
) {
  return control.send(
    new CreateOauth2CredentialProviderCommand({
      name: PROVIDER,
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: {
          oauthDiscovery: { discoveryUrl: server.discoveryUrl },
          clientId: CLIENT_ID,
          clientSecret: CLIENT_SECRET,
          ...config,
        },
      },
    }),
  )
}

export async function createWorkload({ control }: Clients, name = WORKLOAD) {
  const allowedResourceOauth2ReturnUrls = [RETURN_URL]
  return control.send(new CreateWorkloadIdentityCommand({ name, allowedResourceOauth2ReturnUrls }))
}

/** The access token of the workload, for a user when one is named. */
export async function workloadToken({ data }: Clients, userId?: string): Promise<string> {
  const workloadName = WORKLOAD
  const answer =
    userId === undefined
      ? await data.send(new GetWorkloadAccessTokenCommand({ workloadName }))
      : await data.send(new GetWorkloadAccessTokenForUserIdCommand({ workloadName, userId }))
  return answer.workloadAccessToken ?? ''
}
