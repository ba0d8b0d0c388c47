// Twenty thousand generated requests across all operations, to a running host with resources of each
// kind. `FUZZ_SEED=n` makes others, `FUZZ_ONLY=n` repeats the one a failure names.
import {
  BedrockAgentCoreControlClient,
  CreateWorkloadIdentityCommand,
  ListAgentRuntimesCommand,
  ListGatewayTargetsCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { test } from 'vitest'
import { GREET, startUp, type UpHost } from '../support/up.ts'
import type { KnownValues } from './aws-requests.ts'
import { fireAwsRequests } from './fire-aws.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122)
const ONLY = process.env['FUZZ_ONLY'] === undefined ? undefined : Number(process.env['FUZZ_ONLY'])
const COUNT = 20_000

test('no AWS request is a failure of the host', { timeout: 300_000 }, async ({ expect }) => {
  await using host = await startUp(GREET)
  const known = await exploreHost(host)
  const options = { baseUrl: host.ready.url, seed: SEED, count: COUNT, only: ONLY, known }
  const { fired, statuses, problems } = await fireAwsRequests(options)

  const lines = (await host.log()).split('\n')
  const unexpected = lines.filter((line) => line.includes('"Unexpected error"'))
  expect(unexpected.slice(0, 5), `seed ${SEED}`).toEqual([])
  expect(problems.slice(0, 10), `seed ${SEED}`).toEqual([])
  expect(host.hasExited()).toBe(false)
  if (ONLY !== undefined) return
  expect(fired).toBe(COUNT)
  expect(statuses.get(200) ?? 0).toBeGreaterThan(COUNT / 50)
})

/** What the host has, or is given here, by the members that name it. */
async function exploreHost({ ready }: UpHost): Promise<KnownValues> {
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'any' }
  const client = { endpoint: ready.url, region: 'us-east-1', credentials }
  const control = new BedrockAgentCoreControlClient(client)
  const gatewayIdentifier = ready.gateway?.gatewayId ?? ''
  const { items = [] } = await control.send(new ListGatewayTargetsCommand({ gatewayIdentifier }))
  const { agentRuntimes = [] } = await control.send(new ListAgentRuntimesCommand({}))
  const identity = await control.send(new CreateWorkloadIdentityCommand({ name: 'fuzzed' }))
  const { Functions = [] } = await new LambdaClient(client).send(new ListFunctionsCommand({}))
  const pool = new CreateUserPoolCommand({ PoolName: 'fuzzed' })
  const { UserPool } = await new CognitoIdentityProviderClient(client).send(pool)
  const secret = new CreateSecretCommand({ Name: 'fuzzed', SecretString: 'x' })
  const { ARN } = await new SecretsManagerClient(client).send(secret)
  const present = (values: readonly (string | undefined)[]) =>
    values.filter((value) => value !== undefined)
  const all = {
    gatewayIdentifier: [gatewayIdentifier],
    targetId: present(items.map(({ targetId }) => targetId)),
    agentRuntimeId: present(agentRuntimes.map(({ agentRuntimeId }) => agentRuntimeId)),
    agentRuntimeArn: present(agentRuntimes.map(({ agentRuntimeArn }) => agentRuntimeArn)),
    endpointName: ['DEFAULT'],
    resourceArn: present([identity.workloadIdentityArn]),
    workloadName: ['fuzzed'],
    FunctionName: present(Functions.map(({ FunctionName }) => FunctionName)),
    UserPoolId: present([UserPool?.Id]),
    SecretId: present(['fuzzed', ARN]),
  }
  return Object.fromEntries(Object.entries(all).filter(([, values]) => values.length > 0))
}
