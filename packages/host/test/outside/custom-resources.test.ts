// Custom resources of real CDK apps, with the handlers that the library brings and those that users
// write. The AWS SDKs come from the registries, as on a user's machine, into a cache of the tests.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  type Stack as StackDescription,
} from '@aws-sdk/client-cloudformation'
import { ListImagesCommand } from '@aws-sdk/client-ecr'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CfnOutput, CustomResource, Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import { UserPool } from 'aws-cdk-lib/aws-cognito'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Provider } from 'aws-cdk-lib/custom-resources'
import { ContainerImageBuild } from 'deploy-time-build'
import { test as base } from 'vitest'
import { announceSkip } from '../support/announce-skip.ts'
import { startAwsHost } from '../support/aws-host.ts'
import { synthesize } from '../support/synthesized-stack.ts'
import { lambdaPackages } from '../support/lambda-packages.ts'
import { createStack, settled, updateStack } from '../support/stack-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const packages = await lambdaPackages()
if (typeof packages === 'string') announceSkip('custom resources of CDK apps', packages)
const test = base.skipIf(typeof packages === 'string')

/** A host whose packages of Lambda's runtimes outlive it. */
async function startHost() {
  const folder = await temporaryFolder()
  if (typeof packages === 'object') await symlink(packages.dir, join(folder.path, 'packages'))
  const host = await startAwsHost({ dataDir: folder.path })
  const clients = host.clients()
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  const { url: endpoint } = host
  const s3 = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  return {
    clients,
    async deploy(build: (stack: Stack) => void): Promise<StackDescription> {
      await using app = await synthesize(build)
      await app.publish(s3)
      const { template } = app
      const more = { Capabilities: ['CAPABILITY_IAM' as const] }
      const known = await settled(clients.cloudformation, 'It').catch(() => undefined)
      const change = known === undefined ? createStack : updateStack
      return change(clients.cloudformation, 'It', template, more)
    },
    async reasons(): Promise<string[]> {
      const { StackEvents = [] } = await clients.cloudformation.send(
        new DescribeStackEventsCommand({ StackName: 'It' }),
      )
      return StackEvents.map((it) =>
        [it.LogicalResourceId, it.ResourceStatus, it.ResourceStatusReason].join(' '),
      )
    },
    async object(bucket: string, key: string): Promise<string> {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return (await Body?.transformToString()) ?? ''
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const output = (it: Stack, name: string, value: string) => new CfnOutput(it, name, { value })

const outputs = ({ Outputs = [] }: StackDescription) =>
  Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]))

test('AwsCustomResource reads a client secret, as the article does', async ({ expect }) => {
  await using host = await startHost()
  const stack = await host.deploy((it) => {
    const pool = new UserPool(it, 'Pool', { removalPolicy: RemovalPolicy.DESTROY })
    const client = pool.addClient('Client', { generateSecret: true })
    output(it, 'Secret', client.userPoolClientSecret.unsafeUnwrap())
    output(it, 'Client', client.userPoolClientId)
  })
  expect([stack.StackStatus, await host.reasons()]).toEqual(['CREATE_COMPLETE', expect.anything()])
  expect(outputs(stack)['Secret']).toMatch(/^[a-z0-9]{40,}$/)
}, 120_000)

const ON_EVENT = `
exports.handler = async (event) => {
  if (event.ResourceProperties.Fail === 'true') throw new Error('told to fail')
  if (event.RequestType === 'Delete') return {}
  const { Name } = event.ResourceProperties
  return { PhysicalResourceId: 'made-' + Name, Data: { Greeting: 'hello ' + Name, Type: event.RequestType } }
}`

function greeting(it: Stack, properties: Readonly<Record<string, unknown>>): void {
  const onEventHandler = new LambdaFunction(it, 'OnEvent', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(ON_EVENT),
  })
  const provider = new Provider(it, 'Provider', { onEventHandler })
  const { serviceToken } = provider
  const resource = new CustomResource(it, 'Greeting', { serviceToken, properties })
  output(it, 'Ref', resource.ref)
  output(it, 'Text', resource.getAttString('Greeting'))
  output(it, 'Type', resource.getAttString('Type'))
}

test('the provider framework makes, changes, replaces, fails and deletes', async ({ expect }) => {
  await using host = await startHost()
  const made = await host.deploy((it) => greeting(it, { Name: 'you' }))
  expect([made.StackStatus, outputs(made)]).toEqual([
    'CREATE_COMPLETE',
    { Ref: 'made-you', Text: 'hello you', Type: 'Create' },
  ])
  const changed = await host.deploy((it) => greeting(it, { Name: 'you', More: 1 }))
  expect(outputs(changed)).toMatchObject({ Ref: 'made-you', Type: 'Update' })
  const replaced = await host.deploy((it) => greeting(it, { Name: 'all' }))
  expect(outputs(replaced)).toEqual({ Ref: 'made-all', Text: 'hello all', Type: 'Update' })
  const failed = await host.deploy((it) => greeting(it, { Name: 'none', Fail: true }))
  expect(failed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(outputs(failed)).toMatchObject({ Ref: 'made-all' })
  expect((await host.reasons()).join('\n')).toContain('told to fail')
  const { cloudformation } = host.clients
  await cloudformation.send(new DeleteStackCommand({ StackName: 'It' }))
  expect((await settled(cloudformation, failed.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE')
}, 120_000)

const IS_COMPLETE = `
let asked = 0
exports.handler = async () => ++asked < 3 ? { IsComplete: false } : { IsComplete: true, Data: { Asked: asked } }`

test('the provider framework waits until a resource is complete', async ({ expect }) => {
  await using host = await startHost()
  const inline = (it: Stack, name: string, code: string) =>
    new LambdaFunction(it, name, {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(code),
    })
  const build = (isCompleteCode: string) => (it: Stack) => {
    const provider = new Provider(it, 'Provider', {
      onEventHandler: inline(it, 'OnEvent', ON_EVENT),
      isCompleteHandler: inline(it, 'IsComplete', isCompleteCode),
      queryInterval: Duration.seconds(1),
      totalTimeout: Duration.seconds(2),
    })
    const { serviceToken } = provider
    const properties = { Name: 'patience', Version: isCompleteCode.length }
    const resource = new CustomResource(it, 'Slow', { serviceToken, properties })
    output(it, 'Asked', resource.getAttString('Asked'))
  }
  const made = await host.deploy(build(IS_COMPLETE))
  expect([made.StackStatus, outputs(made), await host.reasons()]).toEqual([
    'CREATE_COMPLETE',
    { Asked: '3' },
    expect.anything(),
  ])
  const late = await host.deploy(build(IS_COMPLETE.replace('< 3', '< 3000')))
  expect(late.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect((await host.reasons()).join('\n')).toContain('Operation timed out')
}, 120_000)

const NODE_INLINE = `
const response = require('cfn-response')
exports.handler = (event, context) => {
  response.send(event, context, response.SUCCESS, { Answer: event.ResourceProperties.Question + '!' }, 'node-id')
}`
const PYTHON_INLINE = `
import boto3, cfnresponse
def handler(event, context):
    account = boto3.client("sts").get_caller_identity()["Account"]
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Account": account}, "python-id")`

test('functions in the template answer with cfn-response', async ({ expect }) => {
  await using host = await startHost()
  const stack = await host.deploy((it) => {
    const node = new LambdaFunction(it, 'Node', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline(NODE_INLINE),
    })
    const answer = new CustomResource(it, 'Answer', {
      serviceToken: node.functionArn,
      properties: { Question: 'why' },
    })
    output(it, 'Text', answer.getAttString('Answer'))
    const python = new LambdaFunction(it, 'Python', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline(PYTHON_INLINE),
      timeout: Duration.seconds(30),
    })
    const identity = new CustomResource(it, 'Identity', { serviceToken: python.functionArn })
    output(it, 'Account', identity.getAttString('Account'))
    output(it, 'Id', identity.ref)
  })
  expect([stack.StackStatus, outputs(stack)]).toEqual([
    'CREATE_COMPLETE',
    { Text: 'why!', Account: '000000000000', Id: 'python-id' },
  ])
}, 120_000)

test("the library's own handlers run as they are", async ({ expect }) => {
  await using host = await startHost()
  const build = (text: string) => (it: Stack) => {
    const bucket = new Bucket(it, 'Bucket', {
      autoDeleteObjects: true,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const files = new BucketDeployment(it, 'Files', {
      destinationBucket: bucket as IBucket,
      sources: [
        Source.data('hello.txt', text),
        Source.jsonData('it.json', { bucket: bucket.bucketArn }),
      ],
      logRetention: RetentionDays.ONE_DAY,
    })
    output(it, 'Name', files.deployedBucket.bucketName)
  }
  const made = await host.deploy(build('one'))
  expect([made.StackStatus, await host.reasons()]).toEqual(['CREATE_COMPLETE', expect.anything()])
  const { Name: bucket = '' } = outputs(made)
  expect(await host.object(bucket, 'hello.txt')).toBe('one')
  expect(await host.object(bucket, 'it.json')).toBe(`{"bucket":"arn:aws:s3:::${bucket}"}`)
  const changed = await host.deploy(build('two'))
  expect(changed.StackStatus).toBe('UPDATE_COMPLETE')
  expect(await host.object(bucket, 'hello.txt')).toBe('two')
  const { cloudformation } = host.clients
  await cloudformation.send(new DeleteStackCommand({ StackName: 'It' }))
  const gone = await settled(cloudformation, made.StackId ?? '')
  expect([gone.StackStatus, gone.StackStatusReason]).toEqual(['DELETE_COMPLETE', undefined])
  await expect(host.object(bucket, 'hello.txt')).rejects.toMatchObject({ name: 'NoSuchBucket' })
}, 180_000)

test('deploy-time-build hands its folder over instead of starting CodeBuild', async ({
  expect,
}) => {
  await using host = await startHost()
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'image'))
  await writeFile(join(folder.path, 'image', 'Dockerfile'), 'FROM scratch\n')
  const stack = await host.deploy((it) => {
    const image = new ContainerImageBuild(it, 'Image', {
      directory: join(folder.path, 'image'),
      buildArgs: { MODE: 'fast' },
    })
    output(it, 'Uri', image.imageUri)
    output(it, 'Repository', image.repository.repositoryName)
  })
  expect([stack.StackStatus, await host.reasons()]).toEqual(['CREATE_COMPLETE', expect.anything()])
  const { Uri = '', Repository = '' } = outputs(stack)
  const { imageIds = [] } = await host.clients.ecr.send(
    new ListImagesCommand({ repositoryName: Repository }),
  )
  expect(imageIds.map(({ imageTag }) => imageTag)).toEqual([Uri.split(':')[1]])
}, 60_000)
