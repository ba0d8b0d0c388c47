// Client tokens, through the AWS SDK: the same request again has the same answer and makes nothing
// more, at once or later; the token with another request is refused. Which operations take one is
// read from the tables of handlers, so one that is new fails here until it stands in `REQUESTS`.
import { afterAll, beforeAll, test } from 'vitest'
import {
  GATEWAY,
  LIMITS,
  runtimeInput,
  startErrorWorld,
  TARGET,
  type ErrorWorld,
} from '../support/error-world.ts'
import { plainInput, SERVED, send, type ServedOperation } from '../support/served-operations.ts'

interface Request {
  readonly input: object
  /** The same token with this is another request. */
  readonly other: object
}

const description = 'Another'

/** In this order: what is deleted goes last. */
const REQUESTS: Readonly<Record<string, (world: ErrorWorld) => Request>> = {
  CreateGateway: () => ({ input: { ...GATEWAY, name: 'idempotent' }, other: { description } }),
  CreateGatewayTarget: ({ gatewayIdentifier }) => ({
    input: { gatewayIdentifier, name: 'idempotent', ...TARGET },
    other: { description },
  }),
  CreateGatewayRateLimit: ({ gatewayIdentifier }) => ({
    input: { gatewayIdentifier, ...targetLimit() },
    other: { description },
  }),
  BatchPutGatewayRateLimits: ({ gatewayIdentifier }) => ({
    input: { gatewayIdentifier, rateLimits: [targetLimit()] },
    other: { rateLimits: [{ ...targetLimit(), description }] },
  }),
  CreateAgentRuntime: () => ({
    input: { ...runtimeInput(), agentRuntimeName: 'idempotent' },
    other: { description },
  }),
  UpdateAgentRuntimeEndpoint: ({ agentRuntimeId }) => ({
    input: { agentRuntimeId, endpointName: 'endpoint1' },
    other: { description },
  }),
  DeleteAgentRuntimeEndpoint: ({ agentRuntimeId }) => ({
    input: { agentRuntimeId, endpointName: 'endpoint1' },
    other: { endpointName: 'endpoint2' },
  }),
  CreateAgentRuntimeEndpoint: ({ agentRuntimeId }) => ({
    input: { agentRuntimeId, name: 'idempotent' },
    other: { name: 'other' },
  }),
  UpdateAgentRuntime: ({ agentRuntimeId }) => ({
    input: { agentRuntimeId, ...runtimeInput() },
    other: { description },
  }),
  DeleteAgentRuntime: ({ agentRuntimeId, busyId }) => ({
    input: { agentRuntimeId },
    other: { agentRuntimeId: busyId },
  }),
}

/** Their tokens mean something else, and have tests of their own. */
const OTHER_TOKENS = [
  'bedrock-agentcore InvokeAgentRuntime', // the session
  'bedrock-agentcore InvokeAgentRuntimeCommand',
  'bedrock-agentcore StopRuntimeSession', // stopped is stopped: the second call finds no session
  'secretsmanager CreateSecret', // the id of the version (secrets-manager.test.ts)
  'secretsmanager PutSecretValue',
  'secretsmanager UpdateSecret',
]

const TAKING = SERVED.filter(({ operation }) =>
  [...(operation.input?.members.values() ?? [])].some((member) => member.isIdempotencyToken),
)

let world: ErrorWorld
beforeAll(async () => void (world = await startErrorWorld()))
afterAll(() => world[Symbol.asyncDispose]())

function targetLimit() {
  const entries = LIMITS.map((entry) => ({ ...entry, dimensions: { targetName: 'a' } }))
  return { dimensionKeys: ['targetName'], entries }
}

function withoutMetadata(answer: Readonly<Record<string, unknown>>) {
  return { ...answer, $metadata: undefined }
}

test('every operation that takes a client token is asked twice here', ({ expect }) => {
  const asked = Object.keys(REQUESTS).map((name) => `bedrock-agentcore-control ${name}`)
  expect(TAKING.map(({ id }) => id).sort()).toEqual([...asked, ...OTHER_TOKENS].sort())
})

test.for(Object.entries(REQUESTS))(
  '%s happens once for each client token',
  async ([name, request], { expect }) => {
    const served = SERVED.find(({ id }) => id === `bedrock-agentcore-control ${name}`)
    if (served === undefined) throw new Error(`${name} is not served`)
    const { input, other } = request(world)
    const clientToken = `a-token-that-is-long-enough-for-${name}`
    const ask = async (more: object = {}) =>
      withoutMetadata(
        await send(world.clients(), served, {
          ...plainInput(served),
          ...input,
          clientToken,
          ...more,
        }),
      )
    const [first, ...same] = await Promise.all([ask(), ask(), ask()])
    expect(same).toEqual([first, first])
    if (name === 'UpdateAgentRuntime') await world.settled()
    expect(await ask()).toEqual(first)
    await expect(ask(other)).rejects.toMatchObject({
      name: 'ValidationException',
      reason: 'IdempotentParameterMismatchException',
      $metadata: { httpStatusCode: 400 },
    })
  },
)

test('a token is another one in another account and in another Region', async ({ expect }) => {
  const create = SERVED.find(({ id }) => id.endsWith(' CreateGateway')) as ServedOperation
  const input = { ...GATEWAY, name: 'same', clientToken: 'a-token-that-is-the-same-for-everybody' }
  const callers = [{}, { accountId: '111122223333' }, { region: 'eu-west-1' }]
  const made = await Promise.all(
    callers.map(async (who) => (await send(world.clients(who), create, input))['gatewayId']),
  )
  expect(new Set(made).size).toBe(3)
})

test('a request that was refused may be made again with its token', async ({ expect }) => {
  const create = SERVED.find(({ id }) => id.endsWith(' CreateGateway')) as ServedOperation
  const remove = SERVED.find(({ id }) => id.endsWith(' DeleteGateway')) as ServedOperation
  const clients = world.clients({ accountId: '222233334444' })
  const taken = await send(clients, create, { ...GATEWAY, name: 'again' })
  const clientToken = 'a-token-that-is-used-again-after-a-refusal'
  const ask = () => send(clients, create, { ...GATEWAY, name: 'again', clientToken })
  await expect(ask()).rejects.toMatchObject({ name: 'ConflictException' })
  await send(clients, remove, { gatewayIdentifier: taken['gatewayId'] })
  expect((await ask())['status']).toBe('CREATING')
})
