// One resource of each kind, for tests of what is refused about it.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as data from '@aws-sdk/client-bedrock-agentcore'
import * as control from '@aws-sdk/client-bedrock-agentcore-control'
import * as cloudformation from '@aws-sdk/client-cloudformation'
import * as cognito from '@aws-sdk/client-cognito-identity-provider'
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import * as lambda from '@aws-sdk/client-lambda'
import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { createCleanup } from '../../src/kernel/cleanup.ts'
import { HTTP_AGENT, ROLE } from './agent-runtime-world.ts'
import { startAwsHost, type AwsClients } from './aws-host.ts'
import type { ServedOperation } from './served-operations.ts'
import { createStack, parametersTemplate } from './stack-world.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { zipFiles } from './zip.ts'

export type ErrorWorld = Awaited<ReturnType<typeof startErrorWorld>>

export const PASSWORD = 'Lovelace-1815'
export const GATEWAY = { roleArn: ROLE, authorizerType: 'NONE', protocolType: 'MCP' } as const
export const TARGET = {
  targetConfiguration: {
    mcp: {
      lambda: {
        lambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:greeter',
        toolSchema: {
          inlinePayload: [{ name: 'a', description: 'A', inputSchema: { type: 'object' } }],
        },
      },
    },
  },
  credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' }],
} satisfies Partial<control.CreateGatewayTargetCommandInput>
export const LIMITS = [
  { dimensions: { toolName: 'a' }, requests: [{ rate: 1, period: 'minute' as const }] },
]
const ARN = 'arn:aws:bedrock-agentcore:us-east-1:000000000000'

/** A runtime from the archive that the world has put into the bucket `artifacts`. */
export function runtimeInput(entryPoint = 'main.mjs') {
  const code = { s3: { bucket: 'artifacts', prefix: 'agent.zip' } }
  return {
    agentRuntimeArtifact: {
      codeConfiguration: { code, runtime: 'NODE_22', entryPoint: [entryPoint] },
    },
    roleArn: ROLE,
    networkConfiguration: { networkMode: 'PUBLIC' },
  } satisfies Partial<control.CreateAgentRuntimeCommandInput>
}

export async function startErrorWorld() {
  const cleanup = createCleanup()
  const folder = cleanup.use(await temporaryFolder())
  const bucket = join(folder.path, 'buckets', 'artifacts')
  await mkdir(bucket, { recursive: true })
  // never ready: a runtime of it stays CREATING
  const files = { 'main.mjs': HTTP_AGENT, 'slow.mjs': 'setInterval(() => {}, 1000)' }
  await writeFile(join(bucket, 'agent.zip'), zipFiles(files))
  const host = cleanup.use(await startAwsHost({ dataDir: folder.path }))
  const clients = host.clients()
  const made = {
    ...(await makeGateways(clients)),
    ...(await makeRuntimes(clients)),
    ...(await makeIdentity(clients)),
    ...(await makePool(clients)),
  }
  await makeFunction(clients)
  await makeStack(clients)
  for (const Name of ['secret', 'gone']) {
    await clients.secrets.send(new CreateSecretCommand({ Name, SecretString: 'a' }))
  }
  await clients.secrets.send(new DeleteSecretCommand({ SecretId: 'gone' }))
  const elsewhere = host.clients({ region: 'eu-west-1' })
  return {
    ...made,
    foreignToken: await workloadToken(elsewhere),
    clients: (who?: Parameters<typeof host.clients>[0]) => host.clients(who),
    settled: () => settled(clients.control, made.agentRuntimeId),
    unknown: (served: ServedOperation) => unknownMembers(served, made.workloadToken),
    [Symbol.asyncDispose]: () => cleanup.run(),
  }
}

async function makeGateways({ control: client }: AwsClients) {
  const create = (name: string, tags: Record<string, string> = {}) =>
    client.send(new control.CreateGatewayCommand({ ...GATEWAY, name, tags }))
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, 'a']))
  const { gatewayId: gatewayIdentifier = '', gatewayArn = '' } = await create('shop', fifty)
  await create('second')
  const target = (name: string) =>
    client.send(new control.CreateGatewayTargetCommand({ gatewayIdentifier, name, ...TARGET }))
  const { targetId = '' } = await target('greeter')
  await target('second')
  await client.send(
    new control.CreateGatewayRateLimitCommand({
      gatewayIdentifier,
      rateLimitId: 'limit',
      dimensionKeys: ['toolName'],
      entries: LIMITS,
    }),
  )
  return { gatewayIdentifier, gatewayArn, targetId }
}

async function makeRuntimes({ control: client }: AwsClients) {
  const create = async (agentRuntimeName: string, entryPoint?: string) => {
    const input = { ...runtimeInput(entryPoint), agentRuntimeName }
    return client.send(new control.CreateAgentRuntimeCommand(input))
  }
  const { agentRuntimeId = '', agentRuntimeArn = '' } = await create('agent')
  await settled(client, agentRuntimeId)
  for (let index = 1; index < 10; index++) {
    const endpoint = { agentRuntimeId, name: `endpoint${index}` }
    await client.send(new control.CreateAgentRuntimeEndpointCommand(endpoint))
  }
  const busy = await create('slow', 'slow.mjs')
  return {
    agentRuntimeId,
    agentRuntimeArn,
    busyId: busy.agentRuntimeId,
    busyArn: busy.agentRuntimeArn,
  }
}

/** Waits until a runtime is neither CREATING nor UPDATING. */
async function settled(client: AwsClients['control'], agentRuntimeId: string): Promise<void> {
  const get = new control.GetAgentRuntimeCommand({ agentRuntimeId })
  while ((await client.send(get)).status?.endsWith('ING') === true) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function makeIdentity(clients: AwsClients) {
  const { control: client } = clients
  await client.send(new control.CreateApiKeyCredentialProviderCommand({ name: 'key', apiKey: 'k' }))
  await client.send(
    new control.CreateOauth2CredentialProviderCommand({
      name: 'client',
      credentialProviderVendor: 'GithubOauth2',
      oauth2ProviderConfigInput: {
        githubOauth2ProviderConfig: { clientId: 'i', clientSecret: 's' },
      },
    }),
  )
  return { workloadToken: await workloadToken(clients) }
}

async function workloadToken({ control: client, data: tokens }: AwsClients): Promise<string> {
  const workloadName = 'workload'
  await client.send(new control.CreateWorkloadIdentityCommand({ name: workloadName }))
  const answer = await tokens.send(new data.GetWorkloadAccessTokenCommand({ workloadName }))
  return answer.workloadAccessToken ?? ''
}

async function makePool({ cognito: client }: AwsClients) {
  const pool = await client.send(new cognito.CreateUserPoolCommand({ PoolName: 'shop' }))
  const UserPoolId = pool.UserPool?.Id ?? ''
  await client.send(
    new cognito.CreateResourceServerCommand({ UserPoolId, Identifier: 'tools', Name: 'Tools' }),
  )
  await client.send(new cognito.CreateUserPoolDomainCommand({ UserPoolId, Domain: 'taken' }))
  const { UserPoolClient } = await client.send(
    new cognito.CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    }),
  )
  for (const Username of ['ada', 'grace']) {
    await client.send(new cognito.AdminCreateUserCommand({ UserPoolId, Username }))
    const password = { UserPoolId, Username, Password: PASSWORD, Permanent: true }
    await client.send(new cognito.AdminSetUserPasswordCommand(password))
  }
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' }
}

async function makeFunction({ lambda: client }: AwsClients): Promise<void> {
  const ZipFile = zipFiles({ 'index.mjs': 'export const handler = async () => 1' })
  await client.send(
    new lambda.CreateFunctionCommand({
      FunctionName: 'fn',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile },
    }),
  )
  const FunctionName = 'fn'
  await client.send(new lambda.PublishVersionCommand({ FunctionName }))
  const alias = { FunctionName, Name: 'live', FunctionVersion: '1' }
  await client.send(new lambda.CreateAliasCommand(alias))
  const permission = { StatementId: 'one', Action: 'lambda:InvokeFunction', Principal: '*' }
  await client.send(new lambda.AddPermissionCommand({ FunctionName, ...permission }))
}

/** A stack with an export and an import, change sets of it, a parameter and a repository. */
async function makeStack({ cloudformation: client, ssm, ecr }: AwsClients): Promise<void> {
  const Outputs = { Of: { Value: 'a', Export: { Name: 'of-shop' } } }
  const TemplateBody = parametersTemplate({ A: 'a' }, { Outputs })
  await createStack(client, 'shop', TemplateBody)
  const user = parametersTemplate({ A: { 'Fn::ImportValue': 'of-shop' } })
  await createStack(client, 'user', user)
  for (const [ChangeSetName, body] of [
    ['unchanged', TemplateBody],
    ['executed', parametersTemplate({ A: 'b' }, { Outputs })],
  ] as const) {
    const name = { StackName: 'shop', ChangeSetName }
    await client.send(new cloudformation.CreateChangeSetCommand({ ...name, TemplateBody: body }))
  }
  await ssm.send(new PutParameterCommand({ Name: 'known', Type: 'String', Value: 'a' }))
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'images' }))
}

/** Members that name what is not there, of those an operation requires. */
function unknownMembers({ id, operation }: ServedOperation, token: string): object {
  const names: Readonly<Record<string, unknown>> = {
    resourceArn: `${ARN}:gateway/none-0123456789`,
    agentRuntimeArn: `${ARN}:runtime/none-0123456789`,
    agentRuntimeId: 'none-0123456789',
    gatewayIdentifier: 'none-0123456789',
    name: 'none',
    resourceCredentialProviderName: 'none',
    workloadIdentityToken: token,
    tagKeys: ['a'],
    FunctionName: 'none',
    LayerName: 'none',
    VersionNumber: 1,
    Resource: 'arn:aws:lambda:us-east-1:000000000000:function:none',
    TagKeys: ['a'],
    UserPoolId: 'us-east-1_AbCdEfGhI',
    ResourceArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEfGhI',
    SecretId: 'none',
  }
  const more: Readonly<Record<string, object>> = {
    'bedrock-agentcore-control GetTokenVault': { tokenVaultId: 'none' },
    'bedrock-agentcore-control SetTokenVaultCMK': { tokenVaultId: 'none' },
    'lambda UpdateFunctionCode': { ZipFile: zipFiles({ a: '' }) },
    'secretsmanager PutSecretValue': { SecretString: 'a' },
  }
  const required = operation.input?.required ?? []
  const chosen = required.filter((name) => names[name] !== undefined)
  return { ...Object.fromEntries(chosen.map((name) => [name, names[name]])), ...more[id] }
}
