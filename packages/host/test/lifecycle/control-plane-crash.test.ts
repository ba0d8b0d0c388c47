import {
  CreateGatewayCommand,
  CreateGatewayTargetCommand,
  CreateWorkloadIdentityCommand,
  GetGatewayCommand,
  GetGatewayTargetCommand,
  GetWorkloadIdentityCommand,
  paginateListGateways,
  paginateListGatewayTargets,
  paginateListWorkloadIdentities,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { afterAll, test, type ExpectStatic } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { createClients, type AwsClients } from '../support/aws-host.ts'
import { findSecrets } from '../support/find-secret.ts'
import { startPostgres } from '../support/postgres-server.ts'
import { startUp } from '../support/up.ts'
import { verifies } from '../support/verifies.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const RESOURCES = 500
/** At once, so that a kill always finds several writes under way. */
const WRITERS = 8
const KILLS = 4

type Check = (clients: AwsClients) => Promise<unknown>

verifies('state:crash', ({ expect }) => killAndLookAgain(expect, {}))

const server = await startPostgres()
afterAll(async () => {
  if (typeof server !== 'string') await server[Symbol.asyncDispose]()
})

if (typeof server === 'string') {
  announceSkip('resources in PostgreSQL', server)
  test.skip('state:crash-postgres')
} else {
  const variables = { CATAMARAN_DATABASE: server.url() }
  verifies('state:crash-postgres', ({ expect }) => killAndLookAgain(expect, variables))
}

async function killAndLookAgain(expect: ExpectStatic, variables: Record<string, string>) {
  await using folder = await temporaryFolder()
  const secrets: Record<string, string> = {}
  const acknowledged: Check[] = []
  let number = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await using host = await startUp('--empty', ['--data-dir', folder.path], variables)
    const clients = createClients(host.ready.url)
    const enough = (RESOURCES * kill) / KILLS
    let isKilled = false
    const write = async () => {
      while (acknowledged.length < enough) {
        number += 1
        acknowledged.push(await createSomething(number, clients, secrets, expect))
      }
      isKilled = true
      await host.end('SIGKILL')
    }
    // Those whose answer never came do not know what happened; before the kill every answer comes.
    const lost = (error: unknown) => {
      if (!isKilled) throw error
    }
    await Promise.all(Array.from({ length: WRITERS }, () => write().catch(lost)))
  }
  await using host = await startUp('--empty', ['--data-dir', folder.path], variables)
  const clients = createClients(host.ready.url)
  for (const check of acknowledged) await check(clients)
  expect(acknowledged.length).toBeGreaterThanOrEqual(RESOURCES)
  await expectWhole(clients, expect)
  expect(await findSecrets({ secrets, folders: [folder.path] })).toEqual([])
  expect(host.complaints()).toBe('')
}

/** One resource of one kind or another; returns how to see that it is there. */
async function createSomething(
  number: number,
  client: AwsClients,
  secrets: Record<string, string>,
  expect: ExpectStatic,
): Promise<Check> {
  const { control, cognito } = client
  const name = `it-${number}`
  switch (number % 4) {
    case 0: {
      const { gatewayId } = await control.send(new CreateGatewayCommand(gateway(name)))
      const gatewayIdentifier = gatewayId
      const { targetId } = await control.send(
        new CreateGatewayTargetCommand(target(gatewayIdentifier)),
      )
      return async (clients) => {
        await clients.control.send(new GetGatewayCommand({ gatewayIdentifier }))
        await clients.control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId }))
      }
    }
    case 1: {
      await control.send(new CreateWorkloadIdentityCommand({ name }))
      return (clients) => clients.control.send(new GetWorkloadIdentityCommand({ name }))
    }
    case 2: {
      const value = `not-for-any-eyes-${crypto.randomUUID()}`
      secrets[name] = value
      await client.secrets.send(new CreateSecretCommand({ Name: name, SecretString: value }))
      return async (clients) => {
        const read = new GetSecretValueCommand({ SecretId: name })
        expect((await clients.secrets.send(read)).SecretString).toBe(value)
      }
    }
    default: {
      const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: name }))
      return (clients) =>
        clients.cognito.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }))
    }
  }
}

/** Whatever is listed can be read, and comes with all that was made together with it. */
async function expectWhole({ control }: AwsClients, expect: ExpectStatic): Promise<void> {
  const identities = new Set<string | undefined>()
  for await (const page of paginateListWorkloadIdentities({ client: control }, {})) {
    for (const { name } of page.workloadIdentities ?? []) identities.add(name)
  }
  for await (const page of paginateListGateways({ client: control }, {})) {
    for (const { gatewayId: gatewayIdentifier } of page.items ?? []) {
      const found = await control.send(new GetGatewayCommand({ gatewayIdentifier }))
      expect(found.status).toBe('READY')
      const arn = found.workloadIdentityDetails?.workloadIdentityArn
      expect(identities).toContain(arn?.split('/').at(-1))
      const asked = { gatewayIdentifier }
      for await (const targets of paginateListGatewayTargets({ client: control }, asked)) {
        for (const { targetId } of targets.items ?? []) {
          await control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId }))
        }
      }
    }
  }
}

function gateway(name: string) {
  const roleArn = 'arn:aws:iam::000000000000:role/it'
  return { name, roleArn, authorizerType: 'NONE' as const, protocolType: 'MCP' as const }
}

function target(gatewayIdentifier: string | undefined) {
  const inputSchema = { type: 'object' as const, properties: {} }
  const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:it'
  return {
    gatewayIdentifier,
    name: 'it',
    targetConfiguration: {
      mcp: {
        lambda: {
          lambdaArn,
          toolSchema: { inlinePayload: [{ name: 'it', description: 'It', inputSchema }] },
        },
      },
    },
    credentialProviderConfigurations: [{ credentialProviderType: 'GATEWAY_IAM_ROLE' as const }],
  }
}
