// The same template that goes to AWS, on a host of ours: deployed, called in both hulls, changed, called
// again, destroyed, and nothing is left.
import {
  ListAgentRuntimesCommand,
  ListGatewaysCommand,
  ListOauth2CredentialProvidersCommand,
  ListWorkloadIdentitiesCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager'
import { ListStacksCommand } from '@aws-sdk/client-cloudformation'
import { join } from 'node:path'
import { test } from 'vitest'
import { startAwsHost, type AwsClients, type AwsHost } from '../../host/test/support/aws-host.ts'
import { announceSkip } from '../../host/test/support/announce-skip.ts'
import { machinePython } from '../../host/test/support/python.ts'
import { catamaran } from './support/catamaran.ts'
import { connect, identityToken } from './support/connect.ts'

const APP = join(import.meta.dirname, 'fixtures', 'app')
const HULLS = [
  { url: 'GreetGatewayUrl', prefix: 'greeter___' },
  { url: 'GreetRuntimeUrl', prefix: '' },
] as const
const RUN_APP = `'${process.execPath}' app.ts`
const LIMIT_MS = 300_000

test('deployed, called, changed and destroyed', { timeout: LIMIT_MS }, async ({ expect }) => {
  await using world = await startAwsHost()
  const clients = world.clients()
  const before = await whatIsThere(clients)
  await clients.secrets.send(new CreateSecretCommand({ Name: 'greeting', SecretString: 's3cret' }))

  const first = await deploy(world, 'Greetings', { SERVER: 'greet-server.ts' })
  for (const { url, prefix } of HULLS) {
    await using client = await connectTo(world, first, url)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([`${prefix}greet_user`, `${prefix}repeat`])
    const answer = await client.callTool({
      name: `${prefix}greet_user`,
      arguments: { name: 'Ada' },
    })
    // The secret was read by the code itself: it is nowhere in the template.
    expect(answer.content).toEqual([{ type: 'text', text: 'Hello, Ada! s3cret' }])
  }

  const second = await deploy(world, 'Greetings', { SERVER: 'other-server.ts' })
  expect(second).toEqual(first)
  for (const { url, prefix } of HULLS) {
    await using client = await connectTo(world, second, url)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([`${prefix}greet_user`])
    const answer = await client.callTool({
      name: `${prefix}greet_user`,
      arguments: { first: 'Ada', last: 'Lovelace' },
    })
    expect(answer.content).toEqual([{ type: 'text', text: 'Good day, Ada Lovelace! s3cret' }])
  }

  const { exitCode, output } = await catamaran(['destroy', 'Greetings', '--url', world.url])
  expect(exitCode, output).toBe(0)
  expect(await whatIsThere(clients)).toEqual(before)
})

test(
  'existing code and a container are deployed, too',
  { timeout: LIMIT_MS },
  async ({ expect, skip }) => {
    const python = await machinePython()
    if (typeof python === 'string') {
      announceSkip('existing code in Python', python)
      skip(python)
    }
    await using world = await startAwsHost()
    const clients = world.clients()
    const before = await whatIsThere(clients)
    await clients.secrets.send(
      new CreateSecretCommand({ Name: 'greeting', SecretString: 's3cret' }),
    )

    const outputs = await deploy(world, 'Existing')
    for (const { url, name } of [
      { url: 'GreetGatewayUrl', name: 'python___greet_user' },
      { url: 'GreetRuntimeUrl', name: 'greet_user' },
    ]) {
      await using client = await connectTo(world, outputs, url)
      const answer = await client.callTool({ name, arguments: { name: 'Ada' } })
      // CloudFormation's dynamic reference put the value into the environment.
      expect(answer.content).toEqual([{ type: 'text', text: 'Hello, Ada! s3cret' }])
    }

    const { exitCode, output } = await catamaran(['destroy', 'Existing', '--url', world.url])
    expect(exitCode, output).toBe(0)
    expect(await whatIsThere(clients)).toEqual(before)
  },
)

type Outputs = Readonly<Record<string, string>>

async function deploy(
  world: AwsHost,
  stack: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Outputs> {
  const args = ['deploy', APP, stack, '--app', RUN_APP, '--url', world.url, '--json']
  const { exitCode, output, stdout } = await catamaran(args, environment)
  if (exitCode !== 0) throw new Error(output)
  const { stacks } = JSON.parse(stdout) as { readonly stacks: readonly { outputs: Outputs }[] }
  return stacks[0]?.outputs ?? {}
}

async function connectTo(world: AwsHost, outputs: Outputs, url: string) {
  const token = await identityToken(world.clients(), {
    workloadIdentity: outputs['GreetWorkloadIdentity'] ?? '',
    credentialProvider: outputs['GreetCredentialProvider'] ?? '',
    scopes: outputs['GreetScopes'] ?? '',
  })
  const client = await connect(outputs[url] ?? '', token, world.url)
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}

/** Names of what an account has, by kind. */
async function whatIsThere({ control, cognito, cloudformation, lambda }: AwsClients) {
  const gateways = await control.send(new ListGatewaysCommand({}))
  const runtimes = await control.send(new ListAgentRuntimesCommand({}))
  const providers = await control.send(new ListOauth2CredentialProvidersCommand({}))
  const identities = await control.send(new ListWorkloadIdentitiesCommand({}))
  const pools = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const functions = await lambda.send(new ListFunctionsCommand({}))
  const stacks = await cloudformation.send(new ListStacksCommand({}))
  return {
    gateways: gateways.items?.map(({ name }) => name),
    runtimes: runtimes.agentRuntimes?.map(({ agentRuntimeName }) => agentRuntimeName),
    providers: providers.credentialProviders?.map(({ name }) => name),
    identities: identities.workloadIdentities?.map(({ name }) => name),
    pools: pools.UserPools?.map(({ Name }) => Name),
    functions: functions.Functions?.map(({ FunctionName }) => FunctionName),
    stacks: stacks.StackSummaries?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE'),
  }
}
