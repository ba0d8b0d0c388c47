import {
  GetResourceOauth2TokenCommand,
  GetWorkloadAccessTokenCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { AwsClients } from '../../../host/test/support/aws-host.ts'

/** A token as an agent gets it: as the workload, from the provider, without a secret. */
export async function identityToken(
  { data }: AwsClients,
  outputs: {
    readonly workloadIdentity: string
    readonly credentialProvider: string
    readonly scopes: string
  },
): Promise<string> {
  const { workloadAccessToken } = await data.send(
    new GetWorkloadAccessTokenCommand({ workloadName: outputs.workloadIdentity }),
  )
  const { accessToken } = await data.send(
    new GetResourceOauth2TokenCommand({
      workloadIdentityToken: workloadAccessToken,
      resourceCredentialProviderName: outputs.credentialProvider,
      scopes: outputs.scopes.split(' '),
      oauth2Flow: 'M2M',
    }),
  )
  if (accessToken === undefined) throw new Error('AgentCore Identity gave no token')
  return accessToken
}

/** An MCP client; AWS's host name of the runtime leads to `host`. */
export async function connect(url: string, token: string, host: string): Promise<Client> {
  const here = new URL(url)
  if (here.hostname.endsWith('.amazonaws.com')) {
    const { protocol, host: name } = new URL(host)
    here.protocol = protocol
    here.host = name
  }
  const client = new Client({ name: 'deploy-here', version: '0.1.0' })
  const requestInit = { headers: { Authorization: `Bearer ${token}` } }
  await client.connect(new StreamableHTTPClientTransport(here, { requestInit }))
  return client
}
