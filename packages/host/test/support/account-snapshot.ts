// What there is in an account, as its services' own operations tell it.
import {
  GetGatewayCommand,
  GetGatewayTargetCommand,
  GetWorkloadIdentityCommand,
  ListGatewaysCommand,
  ListGatewayTargetsCommand,
  ListWorkloadIdentitiesCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import {
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListResourceServersCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda'
import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { GetParametersByPathCommand } from '@aws-sdk/client-ssm'
import type { AwsClients } from './aws-host.ts'

/** What differs from one deployment to the next of the same thing, and means nothing. */
const VOLATILE = new Set([
  '$metadata',
  'ClientSecret',
  'CreatedDate',
  'CreationDate',
  'LastAccessedDate',
  'LastChangedDate',
  'LastModified',
  'LastModifiedDate',
  'RevisionId',
  'SecretVersionsToStages',
  'Version',
  'VersionId',
  'VersionIdsToStages',
  'createdAt',
  'createdTime',
  'lastUpdatedTime',
  'updatedAt',
])

/** A name that the engine made. */
const GENERATED = /app-\w+-[A-Z0-9]{12}/gi

/** One line for each thing. `names` says what physical ids are called in the stack. */
export async function snapshot(
  clients: AwsClients,
  names: ReadonlyMap<string, string>,
): Promise<string[]> {
  const things = await Promise.all([
    parameters(clients),
    functions(clients),
    pools(clients),
    secrets(clients, names.keys()),
    gateways(clients),
    identities(clients),
  ])
  const longestFirst = [...names].toSorted(([a], [b]) => b.length - a.length)
  const neutral = (text: string) =>
    longestFirst.reduce((all, [id, name]) => all.replaceAll(id, `<${name}>`), text)
  return things
    .flat()
    .map((thing) => neutral(JSON.stringify(thing, withoutVolatile)))
    .map((line) => line.replaceAll(GENERATED, '<generated>'))
    .toSorted()
}

/** The account, with its physical ids under their names in the stack. */
export async function seenThroughStack(clients: AwsClients, StackName: string): Promise<string[]> {
  const { StackResources = [] } = await clients.cloudformation.send(
    new DescribeStackResourcesCommand({ StackName }),
  )
  const names = new Map(
    StackResources.flatMap(({ PhysicalResourceId = '', LogicalResourceId = '', StackId = '' }) => [
      ...PhysicalResourceId.split('|').map((id) => [id, LogicalResourceId] as const),
      [StackId, 'stack'] as const,
    ]),
  )
  const { accessKeyId } = await clients.cloudformation.config.credentials()
  return snapshot(clients, new Map([...names, [accessKeyId, 'account']]))
}

function withoutVolatile(this: unknown, key: string, value: unknown): unknown {
  return VOLATILE.has(key) ? undefined : value
}

async function parameters({ ssm }: AwsClients): Promise<unknown[]> {
  const command = new GetParametersByPathCommand({ Path: '/', Recursive: true })
  const { Parameters = [] } = await ssm.send(command)
  return Parameters
}

async function functions({ lambda }: AwsClients): Promise<unknown[]> {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}))
  return Promise.all(
    Functions.map(async ({ FunctionName }) => {
      const named = { FunctionName }
      const policy = await lambda.send(new GetPolicyCommand(named)).catch(() => undefined)
      return [
        await lambda.send(new GetFunctionConfigurationCommand(named)),
        (await lambda.send(new ListAliasesCommand(named))).Aliases,
        JSON.parse(policy?.Policy ?? 'null'),
      ]
    }),
  )
}

async function pools({ cognito }: AwsClients): Promise<unknown[]> {
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  return Promise.all(
    UserPools.map(async ({ Id: UserPoolId }) => {
      const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
      const { UserPoolClients = [] } = await cognito.send(
        new ListUserPoolClientsCommand({ UserPoolId }),
      )
      const { ResourceServers = [] } = await cognito.send(
        new ListResourceServersCommand({ UserPoolId, MaxResults: 50 }),
      )
      return [
        UserPool,
        await Promise.all(
          UserPoolClients.map(({ ClientId }) =>
            cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
          ),
        ),
        await Promise.all(
          ResourceServers.map(({ Identifier }) =>
            cognito.send(new DescribeResourceServerCommand({ UserPoolId, Identifier })),
          ),
        ),
      ]
    }),
  )
}

/** Secrets cannot be listed here: those that are known by their ARNs. */
async function secrets({ secrets: client }: AwsClients, ids: Iterable<string>): Promise<unknown[]> {
  const arns = [...ids].filter((id) => id.startsWith('arn:aws:secretsmanager:'))
  return Promise.all(
    arns.map(async (SecretId) => [
      await client.send(new DescribeSecretCommand({ SecretId })),
      await client.send(new GetSecretValueCommand({ SecretId })),
    ]),
  )
}

async function gateways({ control }: AwsClients): Promise<unknown[]> {
  const { items = [] } = await control.send(new ListGatewaysCommand({}))
  return Promise.all(
    items.map(async ({ gatewayId: gatewayIdentifier }) => {
      const list = new ListGatewayTargetsCommand({ gatewayIdentifier })
      const { items: targets = [] } = await control.send(list)
      return [
        await control.send(new GetGatewayCommand({ gatewayIdentifier })),
        await Promise.all(
          targets.map(({ targetId }) =>
            control.send(new GetGatewayTargetCommand({ gatewayIdentifier, targetId })),
          ),
        ),
      ]
    }),
  )
}

async function identities({ control }: AwsClients): Promise<unknown[]> {
  const { workloadIdentities = [] } = await control.send(new ListWorkloadIdentitiesCommand({}))
  return Promise.all(
    workloadIdentities.map(({ name }) => control.send(new GetWorkloadIdentityCommand({ name }))),
  )
}
