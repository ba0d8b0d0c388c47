// Agent runtimes through the AWS SDK, from creation to deletion, as the service models and the developer
// guide tell them (bedrock-agentcore-control 2023-06-05, bedrock-agentcore 2024-02-28).
import {
  InvokeAgentRuntimeCommand,
  InvokeAgentRuntimeCommandCommand,
  StopRuntimeSessionCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  CreateAgentRuntimeCommand,
  CreateAgentRuntimeEndpointCommand,
  DeleteAgentRuntimeCommand,
  DeleteAgentRuntimeEndpointCommand,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  ListAgentRuntimeEndpointsCommand,
  ListAgentRuntimesCommand,
  ListAgentRuntimeVersionsCommand,
  ListTagsForResourceCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UpdateAgentRuntimeCommand,
  UpdateAgentRuntimeEndpointCommand,
  type CreateAgentRuntimeCommandInput,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect as expectLater, test } from 'vitest'
import { HTTP_AGENT, ROLE } from '../support/agent-runtime-world.ts'
import { startAwsHost, type AwsClients } from '../support/aws-host.ts'
import { SOON } from '../support/runtime-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { zipFiles } from '../support/zip.ts'

const MCP_SERVER = `import { createServer } from 'node:http'
createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    const { id, method } = JSON.parse(body)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { method, path: request.url } }))
  })
}).listen(8000)
`

const TOKEN = 'a-client-token-that-has-more-than-33-characters'
const SESSION = 'a-session-id-that-is-long-enough-00001'

async function prepare(dataDir: string, clients: AwsClients) {
  const folder = join(dataDir, 'buckets', 'artifacts')
  await mkdir(folder, { recursive: true })
  const archive = zipFiles({ 'main.mjs': HTTP_AGENT, 'server.mjs': MCP_SERVER })
  await writeFile(join(folder, 'agent.zip'), archive)
  return {
    settled: async (agentRuntimeId = '') => {
      const get = () => clients.control.send(new GetAgentRuntimeCommand({ agentRuntimeId }))
      const { poll } = expectLater
      await poll(async () => (await get()).status, SOON).toMatch(/READY|FAILED/)
      return get()
    },
    ask: async (agentRuntimeArn = '', qualifier?: string, session?: string, text = 'hello') => {
      const payload = Buffer.from(text)
      const request = { agentRuntimeArn, payload, qualifier, runtimeSessionId: session }
      const answer = await clients.data.send(new InvokeAgentRuntimeCommand(request))
      const body = JSON.parse((await answer.response?.transformToString()) ?? '') as {
        pid: number
        version: string
        body: string
      }
      return { ...answer, body }
    },
  }
}

function agent(
  name: string,
  changes: Partial<CreateAgentRuntimeCommandInput> = {},
  entryPoint = ['main.mjs'],
): CreateAgentRuntimeCommandInput {
  const code = { s3: { bucket: 'artifacts', prefix: 'agent.zip' } }
  return {
    agentRuntimeName: name,
    agentRuntimeArtifact: { codeConfiguration: { code, runtime: 'NODE_22', entryPoint } },
    roleArn: ROLE,
    networkConfiguration: { networkMode: 'PUBLIC' },
    ...changes,
  }
}

test('an agent runtime lives from CreateAgentRuntime to DeleteAgentRuntime', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { control, data } = clients
  const { settled, ask } = await prepare(folder.path, clients)

  const created = await control.send(
    new CreateAgentRuntimeCommand(
      agent('agent', {
        description: 'Answers.',
        environmentVariables: { AGENT_VERSION: 'one' },
        tags: { team: 'a' },
      }),
    ),
  )
  const { agentRuntimeArn, agentRuntimeId } = created
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 202 },
    agentRuntimeVersion: '1',
    status: 'CREATING',
    workloadIdentityDetails: {
      workloadIdentityArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:workload-identity-directory/default/workload-identity/${agentRuntimeId}`,
    },
  })
  expect(created.createdAt).toBeInstanceOf(Date)
  expect(agentRuntimeId).toMatch(/^agent-[a-zA-Z0-9]{10}$/)
  expect(await settled(agentRuntimeId)).toMatchObject({
    agentRuntimeName: 'agent',
    description: 'Answers.',
    status: 'READY',
    roleArn: ROLE,
    networkConfiguration: { networkMode: 'PUBLIC' },
    lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
    environmentVariables: { AGENT_VERSION: 'one' },
    protocolConfiguration: { serverProtocol: 'HTTP' },
    metadataConfiguration: { requireMMDSV2: true },
  })

  const first = await ask(agentRuntimeArn, undefined, SESSION)
  expect(first).toMatchObject({
    statusCode: 200,
    contentType: 'application/json',
    runtimeSessionId: SESSION,
    body: { version: 'one', body: 'hello' },
  })
  expect((await ask(agentRuntimeArn, 'DEFAULT', SESSION)).body.pid).toBe(first.body.pid)

  const { networkConfiguration, ...input } = agent('agent')
  const updated = await control.send(
    new UpdateAgentRuntimeCommand({
      ...input,
      networkConfiguration,
      agentRuntimeId,
      environmentVariables: { AGENT_VERSION: 'two' },
    }),
  )
  expect(updated).toMatchObject({ agentRuntimeVersion: '2', status: 'UPDATING' })
  const latest = await settled(agentRuntimeId)
  expect(latest).toMatchObject({ agentRuntimeVersion: '2', status: 'READY' })
  expect(latest.description).toBeUndefined() // an update replaces everything
  const versions = await control.send(new ListAgentRuntimeVersionsCommand({ agentRuntimeId }))
  expect(versions.agentRuntimes?.map((it) => it.agentRuntimeVersion)).toEqual(['1', '2'])

  const endpoint = await control.send(
    new CreateAgentRuntimeEndpointCommand({
      agentRuntimeId,
      name: 'prod',
      agentRuntimeVersion: '1',
    }),
  )
  expect(endpoint).toMatchObject({
    status: 'CREATING',
    targetVersion: '1',
    endpointName: 'prod',
    agentRuntimeEndpointArn: `${agentRuntimeArn}/runtime-endpoint/prod`,
  })
  expect((await ask(agentRuntimeArn, 'prod')).body.version).toBe('one')
  expect((await ask(agentRuntimeArn)).body.version).toBe('two')
  const moved = await control.send(
    new UpdateAgentRuntimeEndpointCommand({
      agentRuntimeId,
      endpointName: 'prod',
      agentRuntimeVersion: '2',
    }),
  )
  expect(moved).toMatchObject({ status: 'UPDATING', liveVersion: '1', targetVersion: '2' })
  const get = new GetAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName: 'prod' })
  expect(await control.send(get)).toMatchObject({
    status: 'READY',
    liveVersion: '2',
    targetVersion: '2',
    name: 'prod',
  })
  const endpoints = await control.send(new ListAgentRuntimeEndpointsCommand({ agentRuntimeId }))
  expect(endpoints.runtimeEndpoints?.map(({ name }) => name).toSorted()).toEqual([
    'DEFAULT',
    'prod',
  ])

  await control.send(new TagResourceCommand({ resourceArn: agentRuntimeArn, tags: { stage: 'b' } }))
  const tags = await control.send(new ListTagsForResourceCommand({ resourceArn: agentRuntimeArn }))
  expect(tags.tags).toEqual({ team: 'a', stage: 'b' })

  const stop = { agentRuntimeArn, runtimeSessionId: SESSION }
  expect(await data.send(new StopRuntimeSessionCommand(stop))).toMatchObject({
    statusCode: 200,
    runtimeSessionId: SESSION,
  })
  await expect(data.send(new StopRuntimeSessionCommand(stop))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  const gone = await control.send(
    new DeleteAgentRuntimeEndpointCommand({ agentRuntimeId, endpointName: 'prod' }),
  )
  expect(gone).toMatchObject({ status: 'DELETING', endpointName: 'prod' })
  await expect(control.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const deleted = await control.send(new DeleteAgentRuntimeCommand({ agentRuntimeId }))
  expect(deleted).toMatchObject({ status: 'DELETING', agentRuntimeId })
  await expect(control.send(new GetAgentRuntimeCommand({ agentRuntimeId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  })
  await expect(ask(agentRuntimeArn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a command streams its events', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { settled } = await prepare(folder.path, clients)
  const { agentRuntimeArn, agentRuntimeId } = await clients.control.send(
    new CreateAgentRuntimeCommand(agent('agent')),
  )
  await settled(agentRuntimeId)
  const body = { command: 'echo hi; echo no >&2; exit 2', timeout: 10 }
  const answer = await clients.data.send(
    new InvokeAgentRuntimeCommandCommand({ agentRuntimeArn, body }),
  )
  expect(answer.runtimeSessionId).toMatch(/^[0-9a-f-]{36}$/)
  const events = []
  for await (const event of answer.stream ?? []) events.push(event.chunk)
  expect(events[0]).toEqual({ contentStart: {} })
  expect(events).toContainEqual({ contentDelta: { stdout: 'hi\n' } })
  expect(events).toContainEqual({ contentDelta: { stderr: 'no\n' } })
  expect(events.at(-1)).toEqual({ contentStop: { exitCode: 2, status: 'COMPLETED' } })
})

test('an MCP server is invoked by AWS clients, too', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { settled } = await prepare(folder.path, clients)
  const { agentRuntimeArn, agentRuntimeId } = await clients.control.send(
    new CreateAgentRuntimeCommand(
      agent('server', { protocolConfiguration: { serverProtocol: 'MCP' } }, ['server.mjs']),
    ),
  )
  await settled(agentRuntimeId)
  const answer = await clients.data.send(
    new InvokeAgentRuntimeCommand({
      agentRuntimeArn,
      accept: 'application/json, text/event-stream',
      contentType: 'application/json',
      payload: Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })),
    }),
  )
  expect(answer.mcpSessionId).toBe(answer.runtimeSessionId)
  expect(JSON.parse((await answer.response?.transformToString()) ?? '')).toMatchObject({
    result: { method: 'tools/list', path: '/mcp' },
  })
})

test('creation is idempotent, names are taken once, lists come in pages', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { control } = clients
  const { settled } = await prepare(folder.path, clients)
  const input = agent('agent', { clientToken: TOKEN })
  const [first, second] = [
    await control.send(new CreateAgentRuntimeCommand(input)),
    await control.send(new CreateAgentRuntimeCommand(input)),
  ]
  expect(second.agentRuntimeId).toBe(first.agentRuntimeId)
  await expect(
    control.send(new CreateAgentRuntimeCommand({ ...input, description: 'other' })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    reason: 'IdempotentParameterMismatchException',
  })
  await expect(control.send(new CreateAgentRuntimeCommand(agent('agent')))).rejects.toMatchObject({
    name: 'ConflictException',
    $metadata: { httpStatusCode: 409 },
  })
  await settled(first.agentRuntimeId)
  const other = host.clients({ accountId: '111122223333' }).control
  await other.send(new CreateAgentRuntimeCommand(agent('agent'))) // a name of another account
  for (const name of ['b', 'c']) await control.send(new CreateAgentRuntimeCommand(agent(name)))

  const page = await control.send(new ListAgentRuntimesCommand({ maxResults: 2 }))
  const rest = await control.send(new ListAgentRuntimesCommand({ nextToken: page.nextToken }))
  const names = [page, rest].map(({ agentRuntimes = [] }) =>
    agentRuntimes.map(({ agentRuntimeName, description }) => [agentRuntimeName, description]),
  )
  expect(names).toEqual([
    [
      ['agent', ''],
      ['b', ''],
    ],
    [['c', '']],
  ])
  expect(rest.nextToken).toBeUndefined()
})

test('what is wrong, or not here, is refused before anything is made', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const { control } = host.clients()
  const refused = async (changes: object, entryPoint?: string[]) =>
    control.send(new CreateAgentRuntimeCommand(agent('agent', changes, entryPoint))).then(
      () => 'created',
      ({ name, message }: Error) => `${name}: ${message}`,
    )
  const lifecycle = { idleRuntimeSessionTimeout: 900, maxLifetime: 600 }
  expect(await refused({ lifecycleConfiguration: lifecycle })).toBe(
    'ValidationException: idleRuntimeSessionTimeout must be less than or equal to maxLifetime',
  )
  expect(await refused({ agentRuntimeName: 'with-hyphen' })).toContain(
    "ValidationException: 1 validation error detected: Value 'with-hyphen' at 'agentRuntimeName'",
  )
  const vpc = {
    networkMode: 'VPC',
    networkModeConfig: {
      subnets: ['subnet-0123456789abcdef0'],
      securityGroups: ['sg-0123456789abcdef0'],
    },
  }
  expect(await refused({ networkConfiguration: vpc })).toContain(
    'networkMode VPC is not served here',
  )
  expect(await refused({ protocolConfiguration: { serverProtocol: 'A2A' } })).toBe(
    'ValidationException: serverProtocol A2A is not served here yet: use MCP or HTTP',
  )
  const allowlist = { requestHeaderAllowlist: ['Cookie'] }
  expect(await refused({ requestHeaderConfiguration: allowlist })).toContain('"Cookie"')
  expect(await refused({}, ['main.py'])).toContain('entryPoint must end with a .js')
  expect((await control.send(new ListAgentRuntimesCommand({}))).agentRuntimes).toEqual([])
})

test('a container needs an engine; without one the runtime says so', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { settled } = await prepare(folder.path, clients)
  const containerUri = '000000000000.dkr.ecr.us-east-1.amazonaws.com/agent:1'
  const agentRuntimeArtifact = { containerConfiguration: { containerUri } }
  const { agentRuntimeId } = await clients.control.send(
    new CreateAgentRuntimeCommand(agent('container', { agentRuntimeArtifact })),
  )
  const { status, failureReason } = await settled(agentRuntimeId)
  expect(status).toBe('CREATE_FAILED')
  // On a machine with an engine the image is what is missing.
  expect(failureReason).toMatch(
    /^No deployment has handed over what the image is built from, and (?:no OCI engine answers: .*; use codeConfiguration, or start Docker|The image .* cannot be pulled: .*)$/s,
  )
})

test('a resource policy that denies is enforced', async ({ expect }) => {
  await using folder = await temporaryFolder()
  await using host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const { settled, ask } = await prepare(folder.path, clients)
  const { agentRuntimeArn, agentRuntimeId } = await clients.control.send(
    new CreateAgentRuntimeCommand(agent('agent')),
  )
  await settled(agentRuntimeId)
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'bedrock-agentcore:InvokeAgentRuntime',
        Resource: agentRuntimeArn,
      },
    ],
  })
  await clients.control.send(new PutResourcePolicyCommand({ resourceArn: agentRuntimeArn, policy }))
  await expect(ask(agentRuntimeArn)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  })
})
