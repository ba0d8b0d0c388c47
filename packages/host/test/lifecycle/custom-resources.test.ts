// Custom resources over a whole host, without CDK and without a network.
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation'
import { test } from 'vitest'
import { startAwsHost } from '../support/aws-host.ts'
import { until } from '../support/function-world.ts'
import { createStack, settled } from '../support/stack-world.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A template with one custom resource whose function is this source. */
function templateOf(source: string, properties: object = {}): string {
  return JSON.stringify({
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Role: 'arn:aws:iam::000000000000:role/it',
          Code: { ZipFile: source },
          Timeout: 30,
        },
      },
      It: {
        Type: 'Custom::It',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties },
      },
    },
    Outputs: {
      Answer: { Value: { 'Fn::GetAtt': ['It', 'Answer'] } },
    },
  })
}

async function reasons(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }))
  return StackEvents.filter((it) => it.LogicalResourceId === 'It').map((it) =>
    [it.ResourceStatus, it.ResourceStatusReason ?? ''].join(' '),
  )
}

/** Notes each request in a file, and answers once there is another file. */
const PATIENT = `
const response = require('cfn-response')
const { appendFileSync, existsSync } = require('node:fs')
exports.handler = (event, context) => {
  const { Folder } = event.ResourceProperties
  appendFileSync(Folder + '/requests', event.RequestType + ' ' + event.RequestId + '\\n')
  const answer = () => existsSync(Folder + '/go')
    ? response.send(event, context, response.SUCCESS, { Answer: 'after all' }, 'it')
    : setTimeout(answer, 20)
  answer()
}`

test('a host that stops in the middle asks again when it is back', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const requests = join(folder.path, 'requests')
  await appendFile(requests, '')
  const read = async () => (await readFile(requests, 'utf8')).trim().split('\n')
  const template = templateOf(PATIENT, { Folder: folder.path })
  const dataDir = join(folder.path, 'data')
  {
    await using host = await startAwsHost({ dataDir })
    const { cloudformation } = host.clients()
    await cloudformation.send(new CreateStackCommand({ StackName: 'it', TemplateBody: template }))
    await until(async () => ((await read())[0] === '' ? undefined : true))
  }
  await writeFile(join(folder.path, 'go'), '')
  await using host = await startAwsHost({ dataDir })
  const stack = await settled(host.clients().cloudformation, 'it')
  expect([stack.StackStatus, stack.Outputs?.[0]?.OutputValue]).toEqual([
    'CREATE_COMPLETE',
    'after all',
  ])
  const [first, second] = await read()
  expect(first).toMatch(/^Create /)
  expect(second).toBe(first) // the same request: its function can tell
})

test('a function that throws fails the stack with its reason', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation } = host.clients()
  const source = `
const response = require('cfn-response')
exports.handler = async (event, context) => {
  if (event.RequestType === 'Create') throw new Error('oh no')
  await response.send(event, { ...context, done() {} }, response.SUCCESS)
}`
  const stack = await createStack(cloudformation, 'it', templateOf(source))
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE')
  const events = await reasons(cloudformation, 'it')
  expect(events).toContainEqual(
    expect.stringMatching(/^CREATE_FAILED .*The function failed\. Error: oh no \(RequestId: /),
  )
  expect(events[0]).toMatch(/^DELETE_COMPLETE/)
})

test('code that does not start fails the stack, and is not asked to delete', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation } = host.clients()
  const template = templateOf("require('left-pad')")
  const stack = await createStack(cloudformation, 'it', template)
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE')
  const events = await reasons(cloudformation, 'it')
  expect(events.find((it) => it.startsWith('CREATE_FAILED'))).toContain('left-pad')
})

test('a response without the port of its URL arrives', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation } = host.clients()
  const source = `
const { request } = require('node:https')
exports.handler = (event) => new Promise((resolve, reject) => {
  const { hostname, pathname } = new URL(event.ResponseURL)
  const { StackId, RequestId, LogicalResourceId } = event
  const body = JSON.stringify({
    Status: 'SUCCESS', PhysicalResourceId: 'it', StackId, RequestId, LogicalResourceId,
    Data: { Answer: 'here' }, NoEcho: true,
  })
  const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) }
  request({ hostname, path: pathname, method: 'PUT', headers }, resolve).on('error', reject).end(body)
})`
  const stack = await createStack(cloudformation, 'it', templateOf(source))
  expect(stack.StackStatus).toBe('CREATE_COMPLETE')
  await cloudformation.send(new DeleteStackCommand({ StackName: 'it' }))
  const gone = await settled(cloudformation, stack.StackId ?? '')
  expect(gone.StackStatus).toBe('DELETE_COMPLETE')
})
