// Public CDK examples for AgentCore (docs/third-party.md), reduced to types and structure: each deploys,
// or is refused before anything is made, with every type named that this host does not have.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  waitUntilStackDeleteComplete,
  type CloudFormationClient,
  type CreateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test } from 'vitest'
import { HTTP_AGENT } from '../../support/agent-runtime-world.ts'
import { startAwsHost } from '../../support/aws-host.ts'
import { settled } from '../../support/stack-world.ts'
import { zipFiles } from '../../support/zip.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/third-party/', import.meta.url))

interface Example {
  readonly repository: string
  readonly commit: string
  readonly stacks: Readonly<Record<string, object>>
}

/** What comes of each: its stacks are made, or one is refused for what this host does not have. */
const RESULTS: Readonly<Record<string, 'deployed' | RegExp>> = {
  '3dw1np-agentcore': 'deployed',
  'basic-runtime': /AWS::CodeBuild::Project\): no builds run on this host/,
  'cdk-steps': unrecognized(
    'AWS::BedrockAgentCore::Memory',
    'AWS::Cognito::IdentityPool',
    'AWS::Cognito::IdentityPoolRoleAttachment',
  ),
  'cdk-template': 'deployed',
  fast: unrecognized(
    'AWS::Amplify::App',
    'AWS::Amplify::Branch',
    'AWS::BedrockAgentCore::Memory',
    'AWS::DynamoDB::Table',
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Account',
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGateway::Method',
    'AWS::ApiGateway::Resource',
    'AWS::ApiGateway::RequestValidator',
    'AWS::ApiGateway::Authorizer',
  ),
  'fullstack-webapp': /AWS::CodeBuild::Project\): no builds run on this host/,
  'gateway-kit': unrecognized(
    'AWS::S3Vectors::VectorBucket',
    'AWS::S3Vectors::Index',
    'AWS::Bedrock::KnowledgeBase',
    'AWS::Bedrock::DataSource',
  ),
  'mcp-gateway': /AdvancedSecurityMode ENFORCED cannot be had/,
  'mcp-server': /AWS::CodeBuild::Project\): no builds run on this host/,
  'multi-agent': /AWS::CodeBuild::Project\): no builds run on this host/,
  'strands-example': unrecognized(
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::Distribution',
  ),
  'strands-starter': unrecognized('AWS::Cognito::UserPoolGroup', 'AWS::DynamoDB::Table'),
  'strands-template': 'deployed',
  'ts-strands': 'deployed',
  typescript: unrecognized('AWS::Lambda::Url'),
  'weather-agent': unrecognized(
    'AWS::BedrockAgentCore::BrowserCustom',
    'AWS::BedrockAgentCore::CodeInterpreterCustom',
    'AWS::BedrockAgentCore::Memory',
  ),
}
/** Where an author chose one. */
const REGIONS: Readonly<Record<string, string>> = { 'cdk-template': 'us-west-2' }
const ACCOUNT_ID = '000000000000'

function unrecognized(...types: readonly string[]): RegExp {
  return new RegExp(`Unrecognized resource types: \\[${types.join(', ')}\\]`)
}

async function readExample(name: string): Promise<{ text: string; example: Example }> {
  const text = await readFile(join(FIXTURES, `${name}.json`), 'utf8')
  return { text, example: JSON.parse(text) as Example }
}

test('every example has a result and a line on the page', async ({ expect }) => {
  const files = await readdir(FIXTURES)
  const page = await readFile(
    new URL('../../../../../docs/third-party.md', import.meta.url),
    'utf8',
  )
  for (const name of Object.keys(RESULTS)) {
    const { repository, commit } = (await readExample(name)).example
    const line = page.split('\n').find((each) => each.includes(`github.com/${repository})`))
    expect(line, name).toContain(commit.slice(0, 7))
  }
  expect(files.map((file) => file.replace(/\.json$/, '')).sort()).toEqual(
    Object.keys(RESULTS).sort(),
  )
  expect(files.length).toBeGreaterThanOrEqual(12)
})

/** One archive stands for every asset: a function, a layer, the folder of an image, an agent. */
const ASSET = zipFiles({
  'index.js': 'exports.handler = async () => ({})',
  'index.py': 'def handler(event, context):\n    return {}\n',
  Dockerfile: 'FROM node:24\nCOPY . /app\nWORKDIR /app\nCMD ["node", "main.mjs"]\n',
  'main.mjs': HTTP_AGENT,
})

function assetsBucket(region: string): string {
  return `cdk-hnb659fds-assets-${ACCOUNT_ID}-${region}`
}

/** Puts the archive wherever a template looks for an asset or an image. */
async function putAssets(endpoint: string, region: string, text: string): Promise<S3Client> {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const images = `catamaran-image-builds-${ACCOUNT_ID}-${region}`
  await s3.send(new CreateBucketCommand({ Bucket: images }))
  const repository = `cdk-hnb659fds-container-assets-${ACCOUNT_ID}-${region}`
  const objects = [
    ...[...text.matchAll(/\b(w\d+\.zip)"/g)].map(([, Key = '']) => ({
      Bucket: assetsBucket(region),
      Key,
    })),
    ...[...text.matchAll(/:(w\d+)"/g)].map(([, tag = '']) => ({
      Bucket: images,
      Key: `${repository}/${tag}.zip`,
      Metadata: { dockerfile: 'Dockerfile' },
    })),
  ]
  for (const object of objects) await s3.send(new PutObjectCommand({ ...object, Body: ASSET }))
  return s3
}

/** Makes a stack; says why when it is refused, and fails when it is made in part. */
async function create(
  client: CloudFormationClient,
  StackName: string,
  source: Pick<CreateStackCommandInput, 'TemplateBody' | 'TemplateURL'>,
): Promise<string | undefined> {
  const Capabilities = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const
  try {
    const input = { StackName, ...source, Capabilities: [...Capabilities] }
    await client.send(new CreateStackCommand(input))
  } catch (error) {
    return String(error)
  }
  const { StackStatus } = await settled(client, StackName)
  if (StackStatus === 'CREATE_COMPLETE') return undefined
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }))
  const failures = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('FAILED'))
  const reasons = failures.map(
    (event) => event.LogicalResourceId + ' ' + event.ResourceStatusReason,
  )
  throw new Error(reasons.join('\n'))
}

test.for(Object.entries(RESULTS))(
  '$0',
  { timeout: 120_000 },
  async ([name, result], { expect }) => {
    const { text, example } = await readExample(name)
    const region = REGIONS[name] ?? 'us-east-1'
    await using host = await startAwsHost()
    const s3 = await putAssets(host.url, region, text)
    const { cloudformation: client } = host.clients({ region })
    const made: string[] = []
    const refused: string[] = []
    for (const [stackName, template] of Object.entries(example.stacks)) {
      const Key = `${stackName}.template.json`
      const Body = JSON.stringify(template)
      await s3.send(new PutObjectCommand({ Bucket: assetsBucket(region), Key, Body }))
      const TemplateURL = `https://s3.${region}.amazonaws.com/${assetsBucket(region)}/${Key}`
      const refusal = await create(client, stackName, { TemplateURL })
      if (refusal === undefined) made.push(stackName)
      else refused.push(refusal)
    }
    if (result === 'deployed') expect(refused.join('\n')).toBe('')
    else expect(refused.join('\n')).toMatch(result)
    for (const StackName of made.toReversed()) {
      await client.send(new DeleteStackCommand({ StackName }))
      const waiting = { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }
      await waitUntilStackDeleteComplete(waiting, { StackName })
    }
  },
)
