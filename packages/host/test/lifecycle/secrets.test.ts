// Secrets of every kind go in through the front door and are used; afterwards they stand nowhere in the
// clear: not in the data directory, the log, what the host said, a refusal, or the process list.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateApiKeyCredentialProviderCommand,
  CreateAgentRuntimeCommand,
  CreateOauth2CredentialProviderCommand,
  GetAgentRuntimeCommand,
  type BedrockAgentCoreControlClient,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  GetResourceApiKeyCommand,
  GetResourceOauth2TokenCommand,
  GetWorkloadAccessTokenForUserIdCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { createClients, type AwsClients } from '../support/aws-host.ts'
import { findSecrets } from '../support/find-secret.ts'
import { startUp } from '../support/up.ts'
import { verifies } from '../support/verifies.ts'
import { zipFiles } from '../support/zip.ts'

const ROLE = 'arn:aws:iam::000000000000:role/it'

verifies('secrets:nowhere', async ({ expect }) => {
  await using host = await startUp('--empty')
  const clients = createClients(host.ready.url)
  const refusals: string[] = []
  const secrets = {
    ...(await useCognitoAndIdentity(clients, host.ready.url, refusals)),
    ...(await useFunction(clients)),
    ...(await useRuntime(clients.control)),
    ...(await useKeys(clients)),
  }
  const processes = await commandLines()
  expect(Object.keys(secrets).length).toBeGreaterThan(8)
  const outputs = {
    'the log': await host.log(),
    stderr: host.complaints(),
    'a refusal': refusals.join('\n'),
    'the process list': processes,
  }
  expect(refusals.length).toBeGreaterThan(2)
  if (process.platform === 'linux') expect(processes).toContain('catamaran.js')
  expect(await findSecrets({ secrets, folders: [host.home], outputs })).toEqual([])
})

async function useCognitoAndIdentity(
  { cognito, control, data }: AwsClients,
  url: string,
  refusals: string[],
) {
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => refusals.push('nothing was refused'),
      (error: unknown) => refusals.push(JSON.stringify(error), String(error)),
    )
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'it' }))
  const UserPoolId = UserPool?.Id
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: 'it',
      Name: 'it',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'read' }],
    }),
  )
  const { UserPoolClient: machine } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'machine',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['it/read'],
    }),
  )
  const { UserPoolClient: people } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'people',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  )
  const password = `Pass-${crypto.randomUUID()}`
  const Username = 'ada'
  await cognito.send(
    new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }),
  )
  const set = { UserPoolId, Username, Password: password, Permanent: true }
  await cognito.send(new AdminSetUserPasswordCommand(set))
  const login = (PASSWORD: string) =>
    cognito.send(
      new InitiateAuthCommand({
        ClientId: people?.ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD },
      }),
    )
  const { AuthenticationResult: session } = await login(password)
  const wrongPassword = `Wrong-${crypto.randomUUID()}`
  await refused(login(wrongPassword))

  const apiKey = `api-key-${crypto.randomUUID()}`
  await control.send(new CreateApiKeyCredentialProviderCommand({ name: 'key', apiKey }))
  await refused(control.send(new CreateApiKeyCredentialProviderCommand({ name: 'key', apiKey })))
  const clientSecret = machine?.ClientSecret ?? ''
  const provider = (name: string) => ({
    name,
    credentialProviderVendor: 'CustomOauth2' as const,
    oauth2ProviderConfigInput: {
      customOauth2ProviderConfig: {
        oauthDiscovery: {
          discoveryUrl: `${url}/issuer/${UserPoolId}/.well-known/openid-configuration`,
        },
        clientId: machine?.ClientId,
        clientSecret,
      },
    },
  })
  await control.send(new CreateOauth2CredentialProviderCommand(provider('pool')))
  await refused(control.send(new CreateOauth2CredentialProviderCommand(provider('no name!'))))
  const workload = { workloadName: 'worker', userId: 'ada' }
  const { workloadAccessToken } = await data.send(
    new GetWorkloadAccessTokenForUserIdCommand(workload),
  )
  const asked = { workloadIdentityToken: workloadAccessToken }
  const { accessToken } = await data.send(
    new GetResourceOauth2TokenCommand({
      ...asked,
      resourceCredentialProviderName: 'pool',
      oauth2Flow: 'M2M',
      scopes: ['it/read'],
    }),
  )
  await data.send(new GetResourceApiKeyCommand({ ...asked, resourceCredentialProviderName: 'key' }))
  return {
    'a client secret': clientSecret,
    'an API key': apiKey,
    'a password': password,
    'a wrong password': wrongPassword,
    'a refresh token': session?.RefreshToken ?? '',
    'a user’s access token': session?.AccessToken ?? '',
    'an access token': accessToken ?? '',
    'a workload access token': workloadAccessToken ?? '',
  }
}

async function useFunction({ lambda }: AwsClients) {
  const secret = `variable-${crypto.randomUUID()}`
  const FunctionName = 'it'
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: ROLE,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: {
        ZipFile: zipFiles({
          'index.mjs': 'export const handler = () => process.env.SECRET.length',
        }),
      },
      Environment: { Variables: { SECRET: secret } },
    }),
  )
  await lambda.send(new InvokeCommand({ FunctionName }))
  return { 'a variable of a function': secret }
}

async function useRuntime(control: BedrockAgentCoreControlClient) {
  const secret = `variable-${crypto.randomUUID()}`
  const { agentRuntimeId } = await control.send(
    new CreateAgentRuntimeCommand({
      agentRuntimeName: 'it',
      roleArn: ROLE,
      networkConfiguration: { networkMode: 'PUBLIC' },
      agentRuntimeArtifact: {
        codeConfiguration: {
          code: { s3: { bucket: 'not-there', prefix: 'code.zip' } },
          runtime: 'NODE_22',
          entryPoint: ['server.js'],
        },
      },
      environmentVariables: { SECRET: secret },
    }),
  )
  for (;;) {
    const found = await control.send(new GetAgentRuntimeCommand({ agentRuntimeId }))
    if (found.status !== 'CREATING') break
  }
  return { 'a variable of a runtime': secret }
}

async function useKeys({ sts }: AwsClients) {
  const asked = { RoleArn: ROLE, RoleSessionName: 'it' }
  const { Credentials } = await sts.send(new AssumeRoleCommand(asked))
  return { 'a temporary key': Credentials?.SecretAccessKey ?? '' }
}

/** What `ps` shows to everybody on the machine. */
async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const read = (pid: string) => readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')
  return (await Promise.all(pids.map(read))).join('\n')
}
