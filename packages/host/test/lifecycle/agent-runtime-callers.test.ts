// Who may call an agent runtime, and what its server learns of them (AgentCore developer guide, inbound
// authorization, resource-based policies, workload access tokens).
import { createHash } from 'node:crypto'
import {
  BedrockAgentCoreClient,
  InvokeAgentRuntimeCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import { test } from 'vitest'
import { createAwsAuthenticator } from '../../src/aws/authenticate.ts'
import { DEFAULT_SCOPE } from '../../src/kernel/scope.ts'
import type { Caller } from '../../src/oauth/caller.ts'
import type { WorkloadTokens } from '../../src/runtime/ports.ts'
import type { CreateRuntimeInput } from '../../src/runtime/runtime-operations.ts'
import type { RuntimesOptions } from '../../src/runtime/start-runtimes.ts'
import {
  codeRuntime,
  HTTP_AGENT,
  SESSION_HEADER,
  startAgentRuntimeWorld,
  type AgentRuntimeWorld,
} from '../support/agent-runtime-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SESSION = 'a-session-id-that-is-long-enough-00001'
const USER_HEADER = 'x-amzn-bedrock-agentcore-runtime-user-id'
const MISMATCH = 'Authorization method mismatch.'
const WITH_TOKEN = {
  authorizerConfiguration: {
    customJWTAuthorizer: {
      discoveryUrl: 'https://issuer.test/.well-known/openid-configuration',
      allowedClients: ['me'],
    },
  },
}

/** `Bearer alice` is alice. */
const byName = {
  authorize(authorization: string | undefined): Caller {
    const subject = authorization?.replace('Bearer ', '') ?? 'nobody'
    return { issuer: 'https://issuer.test', subject, scopes: [], claims: {} }
  },
  scopes: [],
  authorizationServers: () => ['https://issuer.test'],
}

const tokens: WorkloadTokens = {
  forCaller: async ({ workloadName, user }) => `${JSON.stringify(user)} of ${workloadName}`,
}

interface SignedRequest {
  readonly request: { body: unknown; readonly headers: Record<string, string> }
}

type Next = (args: SignedRequest) => Promise<never>

type Middleware = Parameters<BedrockAgentCoreClient['middlewareStack']['addRelativeTo']>[0]

async function withAgent(
  options: Partial<RuntimesOptions>,
  changes: Partial<CreateRuntimeInput>,
  body: (world: AgentRuntimeWorld, created: Awaited<ReturnType<typeof create>>) => Promise<void>,
) {
  await using folder = await temporaryFolder()
  await using world = await startAgentRuntimeWorld(folder.path, options)
  await world.putArchive('agent.zip', { 'main.mjs': HTTP_AGENT })
  await body(world, await create(world, changes))
}

async function create(world: AgentRuntimeWorld, changes: object) {
  const input = codeRuntime('agent', 'agent.zip', changes)
  const { record } = await world.operations.createRuntime(DEFAULT_SCOPE, input)
  return world.settled(record.agentRuntimeId)
}

const nameOf = async (response: Response) => {
  const { message } = (await response.json()) as { message: string }
  return [response.status, response.headers.get('x-amzn-errortype'), message] as const
}

test('without an authorizer callers sign, and a token is the wrong way', async ({ expect }) => {
  await withAgent({}, {}, async (world, created) => {
    expect((await world.call(created, { body: '' })).status).toBe(200)
    const unsigned = await world.call(created, { body: '', headers: { authorization: '' } })
    expect(unsigned.status).toBe(403)
    const bearer = await world.call(created, { body: '', headers: { authorization: 'Bearer t' } })
    const [status, name, message] = await nameOf(bearer)
    expect([status, name]).toEqual([403, 'AccessDeniedException'])
    expect(message).toContain(MISMATCH)
    const elsewhere = await world.call(created, { body: '', region: 'eu-west-1' })
    expect((await nameOf(elsewhere)).slice(0, 2)).toEqual([403, 'AccessDeniedException'])
  })
})

test('with an authorizer a signature is the wrong way', async ({ expect }) => {
  const options = { authorizerFor: () => byName, workloadTokens: tokens }
  await withAgent(options, WITH_TOKEN, async (world, created) => {
    const [status, , message] = await nameOf(await world.call(created, { body: '' }))
    expect([status, message.slice(0, MISMATCH.length)]).toEqual([403, MISMATCH])
    const headers = { authorization: 'Bearer alice', [USER_HEADER]: 'somebody else' }
    const answer = await world.call(created, { body: '', headers })
    const { headers: told } = (await answer.json()) as { headers: Record<string, string> }
    const { agentRuntimeId } = created.record
    expect(told['workloadaccesstoken']).toBe(`{"token":"alice"} of ${agentRuntimeId}`)
    expect(told['x-amz-bedrock-agentcore-identity-wat']).toBe(told['workloadaccesstoken'])
    expect(told).not.toHaveProperty('authorization')
  })
})

test('an AWS caller names the user that the server works for; nobody gives a token away', async ({
  expect,
}) => {
  await withAgent({ workloadTokens: tokens }, {}, async (world, created) => {
    const told = async (headers: Record<string, string>) =>
      ((await (await world.call(created, { body: '', headers })).json()) as { headers: object })
        .headers
    expect(await told({ [USER_HEADER]: 'bob' })).toMatchObject({
      workloadaccesstoken: `{"userId":"bob"} of ${created.record.agentRuntimeId}`,
    })
    const forged = { workloadaccesstoken: 'mine', 'x-amz-bedrock-agentcore-identity-wat': 'mine' }
    expect(await told(forged)).not.toHaveProperty('workloadaccesstoken')
    expect(await told(forged)).not.toHaveProperty('x-amz-bedrock-agentcore-identity-wat')
  })
})

test('sessions of two accounts are two sessions', async ({ expect }) => {
  await withAgent({}, {}, async (world, created) => {
    const { agentRuntimeArn } = created.record
    await world.host.runtimes.writePolicy(agentRuntimeArn, allow('arn:aws:iam::111122223333:root'))
    const pidOf = async (accountId: string) => {
      const headers = { [SESSION_HEADER]: SESSION }
      const answer = await world.call(created, { body: '', headers, accountId })
      return ((await answer.json()) as { pid: number }).pid
    }
    expect(await pidOf('111122223333')).not.toBe(await pidOf(DEFAULT_SCOPE.accountId))
  })
})

test('a resource policy lets another account in, and shuts its own out', async ({ expect }) => {
  await withAgent({}, {}, async (world, created) => {
    const { agentRuntimeArn } = created.record
    const { runtimes } = world.host
    const stranger = { body: '', accountId: '111122223333' }
    expect((await nameOf(await world.call(created, stranger))).slice(0, 2)).toEqual([
      403,
      'AccessDeniedException',
    ])
    await runtimes.writePolicy(agentRuntimeArn, allow('arn:aws:iam::111122223333:root'))
    expect((await world.call(created, stranger)).status).toBe(200)
    await runtimes.writePolicy(agentRuntimeArn, policy('Deny', '*'))
    const [status, , message] = await nameOf(await world.call(created, { body: '' }))
    expect([status, message]).toEqual([
      403,
      `User: arn:aws:iam::000000000000:root is not authorized to perform: bedrock-agentcore:InvokeAgentRuntime on resource: ${agentRuntimeArn}`,
    ])
    await runtimes.writePolicy(agentRuntimeArn, undefined)
    expect((await world.call(created, { body: '' })).status).toBe(200)
  })
})

test('what is denied to everybody is denied to a caller with a token', async ({ expect }) => {
  await withAgent({ authorizerFor: () => byName }, WITH_TOKEN, async (world, created) => {
    const alice = { body: '', headers: { authorization: 'Bearer alice' } }
    expect((await world.call(created, alice)).status).toBe(200)
    await world.host.runtimes.writePolicy(created.record.agentRuntimeArn, policy('Deny', '*'))
    expect((await world.call(created, alice)).status).toBe(403)
  })
})

test('where keys are known, a signature covers the body, however long it is', async ({
  expect,
}) => {
  const key = { secretAccessKey: 'of the caller', accountId: '000000000000', arn: 'a', userId: 'u' }
  const accessKeys = { find: (id: string) => (id === 'AKIDKNOWN' ? key : undefined) }
  const aws = createAwsAuthenticator({ mode: 'verify', accessKeys, defaultAccountId: '0' })
  await withAgent({ aws }, {}, async (world, created) => {
    const { record } = created
    const send = async (body: string, sentInstead = body, secret = key.secretAccessKey) => {
      const client = new BedrockAgentCoreClient({
        endpoint: world.host.baseUrl,
        region: 'us-east-1',
        credentials: { accessKeyId: 'AKIDKNOWN', secretAccessKey: secret },
        maxAttempts: 1,
      })
      const changeBody = (next: Next) => (args: SignedRequest) => {
        args.request.body = sentInstead
        args.request.headers['content-length'] = String(sentInstead.length)
        return next(args)
      }
      const place = { relation: 'after', toMiddleware: 'httpSigningMiddleware' } as const
      client.middlewareStack.addRelativeTo(changeBody as unknown as Middleware, {
        name: 'changeBody',
        ...place,
      })
      const { agentRuntimeArn } = record
      const payload = Buffer.from(body)
      const { response } = await client.send(
        new InvokeAgentRuntimeCommand({ agentRuntimeArn, payload }),
      )
      return JSON.parse((await response?.transformToString()) ?? '') as { body: string }
    }
    const long = 'x'.repeat(1_000_000)
    const denied = { $metadata: { httpStatusCode: 403 }, name: 'InvalidSignatureException' }
    expect(hashOf((await send(long)).body)).toBe(hashOf(long))
    await expect(send('one', 'two')).rejects.toMatchObject(denied)
    await expect(send(long, `${long}!`)).rejects.toMatchObject(denied)
    await expect(send('one', 'one', 'another secret')).rejects.toMatchObject(denied)
    expect((await world.call(created, { body: '' })).status).toBe(403)
  })
})

function policy(Effect: string, principal: string): string {
  const Principal = principal === '*' ? '*' : { AWS: principal }
  const Statement = [{ Effect, Principal, Action: 'bedrock-agentcore:*', Resource: '*' }]
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

function allow(principal: string): string {
  return policy('Allow', principal)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
