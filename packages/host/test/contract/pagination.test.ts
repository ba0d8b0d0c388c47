// Every list of every service in pages, through the AWS SDK. Which lists there are is read from the
// tables of handlers, so a list that is new fails here until something fills it.
import {
  CreateAgentRuntimeCommand,
  CreateApiKeyCredentialProviderCommand,
  CreateGatewayCommand,
  CreateGatewayRateLimitCommand,
  CreateGatewayTargetCommand,
  CreateOauth2CredentialProviderCommand,
  CreateWorkloadIdentityCommand,
  UpdateAgentRuntimeCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  AdminCreateUserCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { afterAll, beforeAll, test } from 'vitest'
import { findTokenInput, findTokenOutput } from '../../src/api/page-token.ts'
import { ROLE } from '../support/agent-runtime-world.ts'
import {
  GATEWAY,
  LIMITS,
  runtimeInput,
  startErrorWorld,
  TARGET,
  type ErrorWorld,
} from '../support/error-world.ts'
import { plainInput, SERVED, send, type ServedOperation } from '../support/served-operations.ts'
import { zipFiles } from '../support/zip.ts'

/** CloudFormation's pages have a size of their own (cloudformation/paging.test.ts). */
const LISTS = SERVED.filter(
  ({ operation, service }) =>
    service !== 'cloudformation' && findTokenInput(operation) !== undefined,
)
const SIZES = ['maxResults', 'MaxItems', 'MaxResults', 'Limit']
/** A client has two secrets at most, and one page of them. */
const ONE_PAGE = ['cognito-idp ListUserPoolClientSecrets']
/** Images are registered by deployments. */
const EMPTY = ['ecr DescribeImages', 'ecr ListImages']

let world: ErrorWorld
beforeAll(async () => {
  world = await startErrorWorld()
  await fill(world)
})
afterAll(() => world[Symbol.asyncDispose]())

/** Three of everything that is listed, or more. */
async function fill(made: ErrorWorld) {
  const { clients, gatewayIdentifier, agentRuntimeId, settled } = made
  const { control, lambda, cognito, ssm, ecr } = clients()
  const { UserPoolId } = made
  const Content = { ZipFile: zipFiles({ 'a.txt': 'a' }) }
  const Code = { ZipFile: zipFiles({ 'index.mjs': 'export const handler = async () => 1' }) }
  const config = { githubOauth2ProviderConfig: { clientId: 'i', clientSecret: 's' } }
  for (const name of ['beta', 'gamma']) {
    await control.send(new CreateGatewayCommand({ ...GATEWAY, name }))
    await control.send(new CreateGatewayTargetCommand({ gatewayIdentifier, name, ...TARGET }))
    await control.send(new CreateApiKeyCredentialProviderCommand({ name, apiKey: 'k' }))
    await control.send(new CreateWorkloadIdentityCommand({ name }))
    await control.send(
      new CreateOauth2CredentialProviderCommand({
        name,
        credentialProviderVendor: 'GithubOauth2',
        oauth2ProviderConfigInput: config,
      }),
    )
    await cognito.send(new CreateUserPoolCommand({ PoolName: name }))
    await ssm.send(new PutParameterCommand({ Name: name, Type: 'String', Value: 'a' }))
    await ecr.send(new CreateRepositoryCommand({ repositoryName: name }))
    await cognito.send(
      new CreateResourceServerCommand({ UserPoolId, Identifier: name, Name: name }),
    )
    await cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: name }))
    await lambda.send(new PublishLayerVersionCommand({ LayerName: name, Content }))
    await lambda.send(new PublishLayerVersionCommand({ LayerName: 'a', Content }))
    await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: name }))
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: ROLE,
        Code,
      }),
    )
    const FunctionName = 'fn'
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: name.length }),
    )
    await lambda.send(new PublishVersionCommand({ FunctionName }))
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: name, FunctionVersion: '1' }))
  }
  for (const dimensionKeys of [['targetName'], ['targetName', 'toolName']]) {
    const dimensions = Object.fromEntries(dimensionKeys.map((key) => [key, 'a']))
    const entries = LIMITS.map((entry) => ({ ...entry, dimensions }))
    const limit = { gatewayIdentifier, dimensionKeys, entries }
    await control.send(new CreateGatewayRateLimitCommand(limit))
  }
  await lambda.send(new PublishLayerVersionCommand({ LayerName: 'a', Content }))
  const third = { ...runtimeInput(), agentRuntimeName: 'third' }
  await control.send(new CreateAgentRuntimeCommand(third))
  await control.send(new UpdateAgentRuntimeCommand({ agentRuntimeId, ...runtimeInput() }))
  await settled()
  await control.send(new UpdateAgentRuntimeCommand({ agentRuntimeId, ...runtimeInput() }))
  await settled()
}

/** The list of what the world has. */
function listInput(served: ServedOperation): Record<string, unknown> {
  const { gatewayIdentifier, agentRuntimeId, UserPoolId, ClientId } = world
  const LayerName = 'a'
  const known = { gatewayIdentifier, agentRuntimeId, UserPoolId, ClientId, LayerName }
  const more = { FunctionName: 'fn', Path: '/', repositoryName: 'images' }
  const names = { ...known, ...more } as Readonly<Record<string, unknown>>
  const required = served.operation.input?.required ?? []
  return {
    ...plainInput(served),
    ...Object.fromEntries(required.map((name) => [name, names[name]])),
  }
}

/** A page: what it lists, as text, and the token of the next. */
async function readPage(
  served: ServedOperation,
  input: Record<string, unknown>,
  clients = world.clients(),
) {
  const answer = await send(clients, served, input)
  const items = Object.values(answer).find((value) => Array.isArray(value)) ?? []
  const nextToken = answer[findTokenOutput(served.operation) ?? '']
  return { items: items.map((item: unknown) => JSON.stringify(item)), nextToken }
}

function sizeOf({ operation }: ServedOperation): string | undefined {
  return SIZES.find((name) => operation.input?.members.has(name))
}

test.for(LISTS.filter(({ id }) => ![...ONE_PAGE, ...EMPTY].includes(id)))(
  '$id gives everything once, one by one',
  async (served, { expect }) => {
    const size = sizeOf(served) ?? ''
    const most = Math.min(20, served.operation.input?.members.get(size)?.shape.max ?? 20)
    const tokenName = findTokenInput(served.operation) ?? ''
    const input = listInput(served)
    const whole = await readPage(served, { ...input, [size]: most })
    expect(whole.items.length).toBeGreaterThanOrEqual(3)
    expect(whole.nextToken).toBeUndefined()
    const pages: string[][] = []
    let token: unknown
    do {
      const page = await readPage(served, { ...input, [size]: 1, [tokenName]: token })
      pages.push(page.items)
      token = page.nextToken
    } while (token !== undefined)
    expect(pages).toEqual(whole.items.map((item) => [item]))
  },
)

test.for(LISTS)('$id refuses the token of another list', async (served, { expect }) => {
  const other = LISTS.find(
    ({ id, service }) =>
      service === served.service && id !== served.id && ![...ONE_PAGE, ...EMPTY].includes(id),
  )
  const page = other && { ...listInput(other), [sizeOf(other) ?? '']: 1 }
  const nextToken = other && page && (await readPage(other, page)).nextToken
  if (other) expect(nextToken).toBeTypeOf('string')
  const tokenName = findTokenInput(served.operation) ?? ''
  const error = {
    bedrock: 'ValidationException',
    lambda: 'InvalidParameterValueException',
    ssm: 'ValidationException',
  }
  const name = error[/^bedrock|^lambda|^ssm/.exec(served.id)?.[0] as keyof typeof error]
  for (const token of [...(other ? [nextToken] : []), 'made-up']) {
    await expect(
      readPage(served, { ...listInput(served), [tokenName]: token }),
    ).rejects.toMatchObject({
      name: name ?? 'InvalidParameterException',
      $metadata: { httpStatusCode: 400 },
    })
  }
})

test('a token is of no use in another account', async ({ expect }) => {
  const own = LISTS.filter(({ id }) =>
    /List(?:Gateways|AgentRuntimes|Functions|UserPools)$/.test(id),
  )
  expect(own).toHaveLength(4)
  const others = world.clients({ accountId: '111122223333' })
  for (const served of own) {
    const input = { ...listInput(served), [sizeOf(served) ?? '']: 1 }
    const { nextToken } = await readPage(served, input)
    const continued = { ...input, [findTokenInput(served.operation) ?? '']: nextToken }
    await expect(readPage(served, continued, others), served.id).rejects.toMatchObject({
      $metadata: { httpStatusCode: 400 },
    })
  }
})
