// The article's two stacks with the constructs, and a third with both hulls at once. They deploy to AWS
// (`npx cdk deploy`) and to this machine (`npx catamaran deploy`), from the same templates.
import {
  CallerIdentity,
  CognitoM2M,
  GatewayMcpServer,
  RemoteMcpServer,
  RuntimeMcpServer,
} from '@catamaran/cdk'
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { join } from 'node:path'

const app = new App()

const gateway = new Stack(app, 'WebSearch-Gateway')
const gatewayCallers = new CognitoM2M(gateway, 'Callers', { scopes: scopes() })
const gatewayServer = new GatewayMcpServer(gateway, 'Server', {
  ...webSearch(gateway),
  ...behindGateway(),
  authorizer: gatewayCallers,
})
const gatewayIdentity = new CallerIdentity(gateway, 'CallerIdentity', {
  authorizer: gatewayCallers,
})
new CfnOutput(gateway, 'GatewayUrl', { value: gatewayServer.gatewayUrl })
writeClient(gateway, gatewayCallers, gatewayIdentity)

const runtime = new Stack(app, 'WebSearch-Runtime')
const runtimeCallers = new CognitoM2M(runtime, 'Callers', { scopes: scopes() })
const runtimeServer = new RuntimeMcpServer(runtime, 'Server', {
  ...webSearch(runtime),
  authorizer: runtimeCallers,
})
const runtimeIdentity = new CallerIdentity(runtime, 'CallerIdentity', {
  authorizer: runtimeCallers,
})
new CfnOutput(runtime, 'RuntimeArn', { value: runtimeServer.runtimeArn })
writeClient(runtime, runtimeCallers, runtimeIdentity)

const both = new Stack(app, 'WebSearch')
new RemoteMcpServer(both, 'WebSearch', { ...webSearch(both), gateway: behindGateway() })

/** What the server needs, wherever it runs; the README says how the key gets into the secret. */
function webSearch(stack: Stack) {
  const { OPENAI_BASE_URL } = process.env
  return {
    entry: join(import.meta.dirname, '..', 'server.ts'),
    description: 'Asks GPT-5, which searches the web',
    secrets: { OPENAI_API_KEY: Secret.fromSecretNameV2(stack, 'OpenAiKey', 'openai-api-key') },
    requiredEnvironment: ['OPENAI_API_KEY'],
    // For tests: another address of the same API.
    ...(OPENAI_BASE_URL && { environment: { OPENAI_BASE_URL } }),
  }
}

/** As in the article: a search takes minutes, and the gateway lists a tool that finds tools. */
function behindGateway() {
  return { targetName: 'LambdaTarget', timeout: Duration.minutes(10), semanticSearch: true }
}

function scopes() {
  return { 'gateway:read': 'Read access to the gateway', 'gateway:write': 'Write access' }
}

/** What a caller needs, and no secret: AgentCore Identity has it. */
function writeClient(stack: Stack, callers: CognitoM2M, identity: CallerIdentity): void {
  const { clientId, tokenUrl, scopes: asked } = callers
  const { credentialProviderName, workloadIdentityName } = identity
  new CfnOutput(stack, 'ClientId', { value: clientId })
  new CfnOutput(stack, 'TokenUrl', { value: tokenUrl })
  new CfnOutput(stack, 'Scopes', { value: asked.join(' ') })
  new CfnOutput(stack, 'CredentialProvider', { value: credentialProviderName })
  new CfnOutput(stack, 'WorkloadIdentity', { value: workloadIdentityName })
}
