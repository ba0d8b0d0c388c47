// Prints what `withAccessToken` hands to a function. The package has no local bootstrap: outside a
// runtime, the workload access token is asked for here, as its documentation says.
import {
  BedrockAgentCoreClient,
  GetWorkloadAccessTokenForUserIdCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  BedrockAgentCoreControlClient,
  CreateWorkloadIdentityCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { withAccessToken } from 'bedrock-agentcore/identity'

const { OAUTH2_PROVIDER_NAME = '', OAUTH2_SCOPES = '' } = process.env

const { name } = await new BedrockAgentCoreControlClient().send(
  new CreateWorkloadIdentityCommand({ name: 'typescript-agent' }),
)
const { workloadAccessToken } = await new BedrockAgentCoreClient().send(
  new GetWorkloadAccessTokenForUserIdCommand({ workloadName: name, userId: 'ada' }),
)

const print = withAccessToken({
  workloadIdentityToken: workloadAccessToken ?? '',
  providerName: OAUTH2_PROVIDER_NAME,
  scopes: OAUTH2_SCOPES.split(' '),
  authFlow: 'M2M',
})(async (token: string) => console.log(JSON.stringify([token])))

await print()
