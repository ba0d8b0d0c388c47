// The article's client programs, as printed: they know AWS's host names and nothing of this host.
import { cp, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { pythonEnvironment } from '../support/python-environment.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { zipFiles } from '../support/zip.ts'
import { lightMcpServer } from './agent-archives.ts'
import { startModelStandIn } from './model-stand-in.ts'
import {
  createGateway,
  createMachineClient,
  createMcpRuntime,
  type MachineClient,
} from './outside-resources.ts'
import { ARTICLE, RUN_LIMIT_MS, startOutsideWorld, type OutsideWorld } from './outside-world.ts'

const WITHOUT_PAUSES = fileURLToPath(new URL('without-pauses', import.meta.url))
const PROVIDER = 'cognito-for-gateway'
const MEASURED_ROUNDS = 50

/** Where the article asks OpenAI, which is not what these programs are about. */
const WEB_SEARCH = {
  code: 'def lambda_handler(event, context):\n    return {"statusCode": 200, "body": "Found: " + event["question"]}\n',
  tools: [
    {
      name: 'openai_web_search',
      description: 'An AI agent with advanced web search capabilities.',
      inputSchema: {
        type: 'object' as const,
        properties: {
          question: { type: 'string' as const, description: 'Question text to send to OpenAI o3.' },
        },
        required: ['question'],
      },
    },
  ],
}

const python = await pythonEnvironment('newest')
if (typeof python === 'string') announceSkip("the article's programs", python)

const options = { skip: typeof python === 'string', timeout: RUN_LIMIT_MS + 10_000 }

describe("the article's programs", options, () => {
  let world: OutsideWorld
  let client: MachineClient
  let folder: Awaited<ReturnType<typeof temporaryFolder>>

  beforeAll(async () => {
    world = await startOutsideWorld()
    folder = await temporaryFolder()
    await cp(ARTICLE, folder.path, { recursive: true })
    client = await createMachineClient(world)
    const created = await run('agentcore-identity', ['create_identity.py'])
    if (!created.stdout.includes('credentialProviderArn')) throw new Error(JSON.stringify(created))
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  /** Runs a program in its folder, with the `.env` that all of them read. */
  async function run(
    program: string,
    command: readonly string[],
    settings: { readonly gatewayUrl?: string; readonly runtimeArn?: string; pause?: boolean } = {},
    env: Readonly<Record<string, string>> = {},
  ) {
    if (typeof python === 'string') throw new Error(python)
    const [read, write] = client.scopes
    const variables = {
      OAUTH2_PROVIDER_NAME: PROVIDER,
      OAUTH2_CLIENT_ID: client.clientId,
      OAUTH2_CLIENT_SECRET: client.clientSecret,
      OAUTH2_DISCOVERY_URL: client.discoveryUrl,
      OAUTH2_SCOPE_READ: read,
      OAUTH2_SCOPE_WRITE: write,
      GATEWAY_ENDPOINT_URL: settings.gatewayUrl ?? '',
      RUNTIME_ARN: settings.runtimeArn ?? '',
      AWS_REGION: 'us-east-1',
    }
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
    await writeFile(join(folder.path, 'agentcore-identity/.env'), lines.join(''))
    return world.exec([python.python, ...command], {
      cwd: join(folder.path, program),
      env: { ...python.env, PYTHONIOENCODING: 'utf-8', ...env },
    })
  }

  const withoutPauses = () => ({
    PYTHONPATH: [WITHOUT_PAUSES, typeof python === 'string' ? '' : python.env['PYTHONPATH']].join(
      delimiter,
    ),
  })

  describe('for the gateway', () => {
    let gatewayUrl: string
    beforeAll(async () => {
      const target = { name: 'LambdaTarget', ...WEB_SEARCH }
      gatewayUrl = await createGateway(world, 'search', client, target)
    })

    test('list the tools', async ({ expect }) => {
      const result = await run('agentcore-gateway/mcp-client', ['get_tools.py'], { gatewayUrl })
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout).toMatch(
        /🔧 x_amz_bedrock_agentcore_search[^]*🔧 LambdaTarget___openai_web_search/,
      )
      expect(result.stdout).toContain("Parameters: ['question']")
    })

    test('give the tools to an agent, which calls one', async ({ expect }) => {
      await using model = await startModelStandIn()
      const result = await run(
        'agentcore-gateway/mcp-client',
        ['agent.py', 'Claude Skillsについて調べて。'],
        { gatewayUrl },
        { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: model.url },
      )
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout).toContain('Loaded tool: LambdaTarget___openai_web_search')
      expect(result.stdout).toContain('Found: Claude Skillsについて調べて。')
    })

    test('measure the latency', async ({ expect }) => {
      const path = join(ARTICLE, 'agentcore-gateway/measure_latency')
      const tool = JSON.parse(await readFile(join(path, 'inline_schema.json'), 'utf8'))
      const measured = await createGateway(world, 'greet', client, {
        name: 'LambdaTarget',
        code: await readFile(join(path, 'index.py'), 'utf8'),
        tools: [tool], // the program calls the second one listed: the first is the gateway's search
      })
      const result = await run(
        'agentcore-gateway/measure_latency',
        ['measure_latency.py'],
        { gatewayUrl: measured },
        withoutPauses(),
      )
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout.match(/Call Tool: {2}/g)).toHaveLength(MEASURED_ROUNDS)
      expect(result.stdout).toContain('LATENCY STATISTICS (ms)')
    })
  })

  describe('for the runtime', () => {
    let runtimeArn: string
    beforeAll(async () => {
      if (typeof python === 'string') throw new Error(python)
      const path = join(ARTICLE, 'agentcore-runtime-mcp/measure_latency/mcp_server.py')
      const [major, minor] = python.version.split('.')
      runtimeArn = await createMcpRuntime(world, 'greet_in_python', client, {
        runtime: `PYTHON_${major}_${minor}`,
        entryPoint: 'mcp_server.py',
        zip: zipFiles({ 'mcp_server.py': await readFile(path, 'utf8') }),
        environment: { PYTHONPATH: python.env['PYTHONPATH'] ?? '' },
      })
    })

    test('list the tools', async ({ expect }) => {
      const result = await run('agentcore-runtime-mcp/mcp-client', ['get_tools.py'], { runtimeArn })
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout).toContain('🔧 greet_user')
      expect(result.stdout).toContain("Parameters: ['name']")
    })

    test('give the tools to an agent, which calls one', async ({ expect }) => {
      await using model = await startModelStandIn()
      const result = await run(
        'agentcore-runtime-mcp/mcp-client',
        ['agent.py', 'Ada'],
        { runtimeArn },
        { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: model.url },
      )
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout).toContain('Loaded tool: greet_user')
      expect(result.stdout).toContain('The tool said: Hello, Ada! Nice to meet you.')
    })

    test('measure the latency', async ({ expect }) => {
      // Each round is a session, and each session a process: 50 of Python would need gigabytes.
      const measured = await createMcpRuntime(world, 'greet_lightly', client, {
        ...lightMcpServer,
        environment: {},
      })
      const result = await run(
        'agentcore-runtime-mcp/measure_latency',
        ['measure_latency.py'],
        { runtimeArn: measured },
        withoutPauses(),
      )
      expect(result, result.stderr).toMatchObject({ exitCode: 0 })
      expect(result.stdout.match(/Call Tool: {2}/g)).toHaveLength(MEASURED_ROUNDS)
      expect(result.stdout).toContain('LATENCY STATISTICS (ms)')
    })
  })
})
