// The AWS wire as SDK clients meet it, over handlers of the test's own: what every operation shares.
import {
  BedrockAgentCoreControlClient,
  CreateGatewayCommand,
  GetGatewayCommand,
  ListGatewaysCommand,
  paginateListGateways,
  UpdateGatewayCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import type { BedrockAgentcoreControlOperations } from '../../src/api/bedrock-agentcore-control/shapes.ts'
import type { CognitoIdpOperations } from '../../src/api/cognito-idp/shapes.ts'
import { createService } from '../../src/api/create-service.ts'
import type { LambdaOperations } from '../../src/api/lambda/shapes.ts'
import type { Handlers } from '../../src/api/operation.ts'
import { paginate } from '../../src/api/paginate.ts'
import { AwsFault } from '../../src/aws/aws-fault.ts'
import { HostError } from '../../src/kernel/host-error.ts'
import { ACCOUNT_ID, startAwsApi } from '../support/aws-api.ts'

type Control = BedrockAgentcoreControlOperations
const NAMES = ['a', 'b', 'c', 'd', 'e']
const roleArn = `arn:aws:iam::${ACCOUNT_ID}:role/gateway`
const createdAt = new Date('2026-01-02T03:04:05.678Z')

function gateway(gatewayId: string) {
  return {
    gatewayArn: `arn:aws:bedrock-agentcore:us-east-1:${ACCOUNT_ID}:gateway/${gatewayId}`,
    gatewayId,
    name: 'name',
    status: 'READY',
    authorizerType: 'NONE',
    createdAt,
    updatedAt: createdAt,
  } as const
}

function summary(name: string) {
  const { gatewayArn: _, ...rest } = gateway(`${name}-0123456789`)
  return rest
}

/** Gateways that are not kept, but answered as if. */
function controlHandlers(): Handlers<Control> {
  let created = 0
  return {
    GetGateway({ gatewayIdentifier }) {
      if (gatewayIdentifier === 'broken-0123456789') throw new Error('with /a/path and a secret')
      if (gatewayIdentifier.startsWith('none')) {
        throw new HostError('ERR_NOT_FOUND', `No gateway ${gatewayIdentifier}`)
      }
      return gateway(gatewayIdentifier)
    },
    CreateGateway: () => gateway(`made${++created}-0123456789`),
    ListGateways({ maxResults, nextToken }) {
      const options = { maxResults, nextToken, limit: 2, keyOf: (name: string) => name }
      const { items, nextToken: next } = paginate(NAMES, options)
      return { items: items.map(summary), nextToken: next }
    },
  }
}

async function startControl() {
  const handlers = [controlHandlers()]
  const control = { model: 'bedrock-agentcore-control', signingName: 'bedrock-agentcore' } as const
  const api = await startAwsApi({ services: [createService<Control>({ ...control, handlers })] })
  return { ...api, control: new BedrockAgentCoreControlClient(api.client) }
}

test('an answer has its dates, and the id of its request', async ({ expect }) => {
  await using api = await startControl()
  const answer = await api.control.send(
    new GetGatewayCommand({ gatewayIdentifier: 'weather-0123456789' }),
  )
  expect(answer).toMatchObject({ gatewayId: 'weather-0123456789', status: 'READY', createdAt })
  expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test('a refusal has the name, the status and the members of its model', async ({ expect }) => {
  await using api = await startControl()
  const get = (gatewayIdentifier: string) =>
    api.control.send(new GetGatewayCommand({ gatewayIdentifier }))
  await expect(get('none-0123456789')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'No gateway none-0123456789',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(get('NONE')).rejects.toMatchObject({
    name: 'ValidationException',
    reason: 'FieldValidationFailed',
    fieldList: [{ name: 'gatewayIdentifier' }],
    $metadata: { httpStatusCode: 400 },
  })
})

test('what nobody expected shows its request id and is logged with its cause', async ({
  expect,
}) => {
  await using api = await startControl()
  const broken = new GetGatewayCommand({ gatewayIdentifier: 'broken-0123456789' })
  const error: unknown = await api.control.send(broken).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    name: 'InternalServerException',
    $metadata: { httpStatusCode: 500 },
  })
  expect(String(error)).toMatch(/Unexpected error in request [0-9a-f-]{36}$/)
  expect(api.unexpected).toMatchObject([{ cause: expect.stringContaining('a secret') }])
})

test('an operation that is modelled and not served is refused by its name', async ({ expect }) => {
  await using api = await startControl()
  const update = new UpdateGatewayCommand({
    gatewayIdentifier: 'a-0123456789',
    name: 'a',
    roleArn,
    authorizerType: 'NONE',
  })
  await expect(api.control.send(update)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('UpdateGateway is not served by this host'),
    $metadata: { httpStatusCode: 404 },
  })
})

test('a client token makes a repeated call harmless', async ({ expect }) => {
  await using api = await startControl()
  const input = { name: 'a', roleArn, authorizerType: 'NONE', clientToken: 't'.repeat(33) } as const
  const create = (change: object = {}) =>
    api.control.send(new CreateGatewayCommand({ ...input, ...change }))
  const first = await create()
  expect((await create()).gatewayId).toBe(first.gatewayId)
  await expect(create({ name: 'b' })).rejects.toMatchObject({
    name: 'ValidationException',
    reason: 'IdempotentParameterMismatchException',
  })
  const { gatewayId } = await create({ clientToken: undefined })
  expect(gatewayId).not.toBe(first.gatewayId)
})

test('the SDK walks through the pages of a list, whose tokens are no use elsewhere', async ({
  expect,
}) => {
  await using api = await startControl()
  const seen: unknown[] = []
  for await (const { items = [] } of paginateListGateways({ client: api.control }, {})) {
    seen.push(...items.map(({ gatewayId }) => gatewayId?.charAt(0)))
  }
  expect(seen).toEqual(NAMES)
  const { nextToken } = await api.control.send(new ListGatewaysCommand({ maxResults: 1 }))
  const abroad = new BedrockAgentCoreControlClient({ ...api.client, region: 'eu-west-1' })
  await expect(abroad.send(new ListGatewaysCommand({ nextToken }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The nextToken is not one that this list gave',
  })
})

test('a signature by another key is refused before anything is done', async ({ expect }) => {
  await using api = await startControl()
  const credentials = { accessKeyId: 'AKIDNOBODY', secretAccessKey: 'guess' }
  const stranger = new BedrockAgentCoreControlClient({ ...api.client, credentials })
  await expect(stranger.send(new ListGatewaysCommand({}))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    $metadata: { httpStatusCode: 403 },
  })
})

test('Lambda calls its refusals what its model calls them', async ({ expect }) => {
  const handlers: Handlers<LambdaOperations> = {
    GetFunction({ FunctionName }) {
      throw new HostError('ERR_INVALID_INPUT', `Not a function: ${FunctionName}`)
    },
    Invoke({ Payload }) {
      if (Payload?.byteLength === 0 || Payload === undefined) {
        throw new AwsFault('TooManyRequestsException', 429, 'Later', {
          members: { Reason: 'CallerRateLimitExceeded' },
          headers: { 'retry-after': '1' },
        })
      }
      return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload }
    },
  }
  const service = createService<LambdaOperations>({
    model: 'lambda',
    signingName: 'lambda',
    handlers: [handlers],
    faults: { ERR_INVALID_INPUT: 'InvalidParameterValueException' },
  })
  await using api = await startAwsApi({ services: [service] })
  const lambda = new LambdaClient(api.client)
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'a:b' }))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    Type: 'User',
    $metadata: { httpStatusCode: 400 },
  })
  const invoked = await lambda.send(
    new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from([1, 0, 255]) }),
  )
  expect([...(invoked.Payload ?? [])]).toEqual([1, 0, 255])
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    Reason: 'CallerRateLimitExceeded',
    retryAfterSeconds: '1',
  })
})

test('a login needs no signature', async ({ expect }) => {
  const handlers: Handlers<CognitoIdpOperations> = {
    InitiateAuth: (_, { caller }) => ({ Session: `${caller.accessKeyId}-session-0123456789` }),
  }
  const service = createService<CognitoIdpOperations>({
    model: 'cognito-idp',
    signingName: 'cognito-idp',
    handlers: [handlers],
  })
  await using api = await startAwsApi({ services: [service] })
  const { endpoint, region } = api.client
  const cognito = new CognitoIdentityProviderClient({ endpoint, region })
  const login = new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: 'a1' })
  expect(await cognito.send(login)).toMatchObject({ Session: 'anonymous-session-0123456789' })
})

test('an operation in two tables is a mistake that shows at start', ({ expect }) => {
  const handlers = [controlHandlers(), controlHandlers()]
  const control = { model: 'bedrock-agentcore-control', signingName: 'bedrock-agentcore' } as const
  expect(() => createService<Control>({ ...control, handlers })).toThrow(
    'two handlers for GetGateway',
  )
})
