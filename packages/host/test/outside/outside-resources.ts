// What the outside programs find on AWS when they start: made with the AWS SDK for JavaScript.
import {
  CreateAgentRuntimeCommand,
  CreateGatewayCommand,
  CreateGatewayTargetCommand,
  CreateOauth2CredentialProviderCommand,
  GetAgentRuntimeCommand,
  GetGatewayTargetCommand,
  type ToolDefinition,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda'
import { setTimeout as delay } from 'node:timers/promises'
import { createClients } from '../support/aws-host.ts'
import { zipFiles } from '../support/zip.ts'
import type { AgentArchive } from './agent-archives.ts'
import type { OutsideWorld } from './outside-world.ts'

const REGION = 'us-east-1'
const ROLE_ARN = 'arn:aws:iam::000000000000:role/any'
const READY_LIMIT_MS = 20_000

export interface MachineClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  /** With Cognito's own host name. */
  readonly discoveryUrl: string
}

/** The article's pool: a domain, a resource server with two scopes, a machine-to-machine client. */
export async function createMachineClient(world: OutsideWorld): Promise<MachineClient> {
  const { cognito } = clientsOf(world)
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'article' }))
  const UserPoolId = UserPool?.Id ?? ''
  await cognito.send(
    new CreateUserPoolDomainCommand({
      UserPoolId,
      Domain: `agentcore-${UserPoolId.toLowerCase().replaceAll('_', '-')}`,
    }),
  )
  const Identifier = 'agentcore-gateway-m2m-server'
  const names = ['gateway:read', 'gateway:write']
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier,
      Name: Identifier,
      Scopes: names.map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    }),
  )
  const scopes = names.map((name) => `${Identifier}/${name}`)
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'sample-agentcore-gateway-client',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: scopes,
    }),
  )
  return {
    clientId: UserPoolClient?.ClientId ?? '',
    clientSecret: UserPoolClient?.ClientSecret ?? '',
    scopes,
    discoveryUrl: `https://cognito-idp.${REGION}.amazonaws.com/${UserPoolId}/.well-known/openid-configuration`,
  }
}

export async function createCredentialProvider(
  world: OutsideWorld,
  name: string,
  { clientId, clientSecret, discoveryUrl }: MachineClient,
): Promise<void> {
  const { control } = clientsOf(world)
  await control.send(
    new CreateOauth2CredentialProviderCommand({
      name,
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: { clientId, clientSecret, oauthDiscovery: { discoveryUrl } },
      },
    }),
  )
}

/** A gateway for the client whose one target is a Python function. Returns the URL that AWS would. */
export async function createGateway(
  world: OutsideWorld,
  name: string,
  { clientId, discoveryUrl }: MachineClient,
  target: {
    readonly name: string
    readonly code: string
    readonly tools: readonly ToolDefinition[]
  },
): Promise<string> {
  const { control, lambda } = clientsOf(world)
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'python3.13',
      Role: ROLE_ARN,
      Handler: 'index.lambda_handler',
      Code: { ZipFile: zipFiles({ 'index.py': target.code }) },
      Timeout: 30,
    }),
  )
  await waitUntilFunctionActiveV2(
    { client: lambda, maxWaitTime: 20, minDelay: 1 },
    { FunctionName: name },
  )
  const { gatewayId = '' } = await control.send(
    new CreateGatewayCommand({
      name,
      roleArn: ROLE_ARN,
      protocolType: 'MCP',
      protocolConfiguration: { mcp: { searchType: 'SEMANTIC' } },
      authorizerType: 'CUSTOM_JWT',
      authorizerConfiguration: {
        customJWTAuthorizer: { discoveryUrl, allowedClients: [clientId] },
      },
      exceptionLevel: 'DEBUG',
    }),
  )
  const { targetId = '' } = await control.send(
    new CreateGatewayTargetCommand({
      gatewayIdentifier: gatewayId,
      name: target.name,
      targetConfiguration: {
        mcp: {
          lambda: {
            lambdaArn: FunctionArn ?? '',
            toolSchema: { inlinePayload: [...target.tools] },
          },
        },
      },
      credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
    }),
  )
  await untilReady(() =>
    control.send(new GetGatewayTargetCommand({ gatewayIdentifier: gatewayId, targetId })),
  )
  return `https://${gatewayId}.gateway.bedrock-agentcore.${REGION}.amazonaws.com/mcp`
}

/** An agent runtime with an MCP server in it, for the client. Returns its ARN. */
export async function createMcpRuntime(
  world: OutsideWorld,
  name: string,
  { clientId, discoveryUrl }: MachineClient,
  archive: AgentArchive & { readonly environment: Readonly<Record<string, string>> },
): Promise<string> {
  const { control } = clientsOf(world)
  await world.putObject('servers', `${name}.zip`, archive.zip)
  const { agentRuntimeId = '', agentRuntimeArn = '' } = await control.send(
    new CreateAgentRuntimeCommand({
      agentRuntimeName: name,
      roleArn: ROLE_ARN,
      networkConfiguration: { networkMode: 'PUBLIC' },
      protocolConfiguration: { serverProtocol: 'MCP' },
      authorizerConfiguration: {
        customJWTAuthorizer: { discoveryUrl, allowedClients: [clientId] },
      },
      agentRuntimeArtifact: {
        codeConfiguration: {
          code: { s3: { bucket: 'servers', prefix: `${name}.zip` } },
          runtime: archive.runtime as 'PYTHON_3_13',
          entryPoint: [archive.entryPoint],
        },
      },
      environmentVariables: { ...archive.environment },
    }),
  )
  await untilReady(() => control.send(new GetAgentRuntimeCommand({ agentRuntimeId })))
  return agentRuntimeArn
}

async function untilReady(get: () => Promise<{ status: string | undefined }>): Promise<void> {
  const deadline = performance.now() + READY_LIMIT_MS
  for (;;) {
    const { status, ...rest } = await get()
    if (status === 'READY') return
    if (status?.endsWith('FAILED') || performance.now() > deadline) {
      throw new Error(`It is ${status} and not READY: ${JSON.stringify(rest)}`)
    }
    await delay(50)
  }
}

function clientsOf({ host }: OutsideWorld) {
  return createClients(host.ready.url, { region: REGION })
}
