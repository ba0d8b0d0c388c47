// `catamaran deploy` takes the article's two stacks as they were printed and the same with the
// constructs: every tool is listed and called, and OpenAI is a stand-in.
import {
  CreateOauth2CredentialProviderCommand,
  CreateWorkloadIdentityCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { catamaran } from '../../../packages/cdk/test/support/catamaran.ts'
import { connect, identityToken } from '../../../packages/cdk/test/support/connect.ts'
import { announceSkip } from '../../../packages/host/test/support/announce-skip.ts'
import { startAwsHost, type AwsHost } from '../../../packages/host/test/support/aws-host.ts'
import { machinePython, pythonPackages } from '../../../packages/host/test/support/python.ts'
import { STAND_IN_KEY, startOpenAiStandIn, type OpenAiStandIn } from './openai-stand-in.ts'

const EXAMPLE = join(import.meta.dirname, '..')
const ARTICLE = join(EXAMPLE, 'article')
const ANSWER = 'カタマランは、二つの船体を一つの甲板でつないだ双胴船です。'
const QUESTION = { question: 'カタマランとは何ですか。' }
const SEARCH = 'x_amz_bedrock_agentcore_search'
/** A first installation of Python packages takes its time. */
const LIMIT_MS = 300_000

const reason = await whyNoPython()
if (reason !== undefined) announceSkip("the article's stacks", reason)

let world: AwsHost
let openAi: OpenAiStandIn

beforeAll(async () => {
  world = await startAwsHost()
  openAi = await startOpenAiStandIn({ kind: 'answer', text: ANSWER })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await openAi.stop()
})

describe(
  "the article's stacks, as printed",
  { skip: reason !== undefined, timeout: LIMIT_MS },
  () => {
    test('gateway', async ({ expect }) => {
      const outputs = await deploy(join(ARTICLE, 'cdk-gateway'))
      await using client = await connectAs(outputs, outputs['GatewayUrl'])
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual([SEARCH, 'LambdaTarget___openai_web_search'])
      const answer = await client.callTool({
        name: 'LambdaTarget___openai_web_search',
        arguments: QUESTION,
      })
      expect(JSON.stringify(answer.content)).toContain(ANSWER)
      await destroy('WebSearchGateway')
    })

    test('runtime', async ({ expect }) => {
      const outputs = await deploy(join(ARTICLE, 'cdk-runtime'))
      await using client = await connectAs(outputs, invocationUrl(outputs['RuntimeArn']))
      const { tools } = await client.listTools()
      expect(tools.map(({ name }) => name)).toEqual(['openai_web_search'])
      const answer = await client.callTool({ name: 'openai_web_search', arguments: QUESTION })
      expect(JSON.stringify(answer.content)).toContain(ANSWER)
      await destroy('WebSearchRuntime')
    })
  },
)

describe('the same with the constructs', { timeout: LIMIT_MS }, () => {
  test('all three stacks', async ({ expect }) => {
    const { secrets } = world.clients()
    const secret = { Name: 'openai-api-key', SecretString: STAND_IN_KEY }
    await secrets.send(new CreateSecretCommand(secret))
    const stacks = await deployAll(join(EXAMPLE, 'cdk'))
    const urls = {
      'WebSearch-Gateway': stacks['WebSearch-Gateway']?.['GatewayUrl'],
      'WebSearch-Runtime': invocationUrl(stacks['WebSearch-Runtime']?.['RuntimeArn']),
      WebSearch: stacks['WebSearch']?.['WebSearchGatewayUrl'],
    }
    for (const [stack, url] of Object.entries(urls)) {
      await using client = await connectThrough(stacks[stack] ?? {}, url)
      const { tools } = await client.listTools()
      const name = tools.map((tool) => tool.name).find((each) => each !== SEARCH) ?? ''
      expect(name).toMatch(/openai_web_search$/)
      const answer = await client.callTool({ name, arguments: QUESTION })
      expect(answer.content).toEqual([{ type: 'text', text: ANSWER }])
    }
    await destroy('WebSearch-Gateway', 'WebSearch-Runtime', 'WebSearch')
  })
})

type Outputs = Readonly<Record<string, string>>

async function deploy(path: string): Promise<Outputs> {
  return Object.values(await deployAll(path))[0] ?? {}
}

async function deployAll(path: string): Promise<Readonly<Record<string, Outputs>>> {
  const { exitCode, stdout, output } = await catamaran(
    ['deploy', path, '--all', '--url', world.url, '--json'],
    { OPENAI_API_KEY: STAND_IN_KEY, OPENAI_BASE_URL: openAi.baseUrl },
  )
  if (exitCode !== 0) throw new Error(output)
  const { stacks } = JSON.parse(stdout) as {
    readonly stacks: readonly { readonly stackName: string; readonly outputs: Outputs }[]
  }
  return Object.fromEntries(stacks.map(({ stackName, outputs }) => [stackName, outputs]))
}

async function destroy(...stacks: readonly string[]): Promise<void> {
  const { exitCode, output } = await catamaran(['destroy', ...stacks, '--url', world.url])
  if (exitCode !== 0) throw new Error(output)
}

/** What the article does after its deployment: a provider with the outputs of the stack. */
async function connectAs(outputs: Outputs, url: string | undefined) {
  const { control } = world.clients()
  const name = `article-${outputs['UserPoolClientId']}`
  await control.send(
    new CreateOauth2CredentialProviderCommand({
      name,
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: {
          clientId: outputs['UserPoolClientId'],
          clientSecret: outputs['UserPoolClientSecret'],
          oauthDiscovery: { discoveryUrl: outputs['CognitoDiscoveryUrl'] ?? '' },
        },
      },
    }),
  )
  await control.send(new CreateWorkloadIdentityCommand({ name }))
  const scopes = `${outputs['CustomScopeRead']} ${outputs['CustomScopeWrite']}`
  return connected(url, { workloadIdentity: name, credentialProvider: name, scopes })
}

/** With the constructs the identity is part of the stack. */
async function connectThrough(outputs: Outputs, url: string | undefined) {
  return connected(url, {
    workloadIdentity: output(outputs, 'WorkloadIdentity'),
    credentialProvider: output(outputs, 'CredentialProvider'),
    scopes: output(outputs, 'Scopes'),
  })
}

async function connected(url = '', identity: Parameters<typeof identityToken>[1]) {
  const token = await identityToken(world.clients(), identity)
  const client = await connect(url, token, world.url)
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() })
}

function output(outputs: Outputs, end: string): string {
  return Object.entries(outputs).find(([name]) => name.endsWith(end))?.[1] ?? ''
}

function invocationUrl(arn = ''): string {
  return `${world.url}/runtimes/${encodeURIComponent(arn)}/invocations?qualifier=DEFAULT`
}

/** Undefined, or why the article's Python cannot run here. */
async function whyNoPython(): Promise<string | undefined> {
  const python = await machinePython()
  if (typeof python === 'string') return python
  return pythonPackages(join(ARTICLE, 'cdk-gateway/lambda/layers/requirements.txt')).then(
    () => undefined,
    (error: unknown) => `openai cannot be installed: ${String(error).trim().split('\n').at(-1)}`,
  )
}
