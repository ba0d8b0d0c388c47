import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { startResponseServer } from '../../../test/support/response-server.ts'
import type { JsonObject } from '../json.ts'
import type { ResourceContext } from '../resource-type.ts'
import { customResourceType } from './custom-resource-type.ts'
import type { FunctionEnding, InvokeFunction } from './ports.ts'

const TOKEN = 'arn:aws:lambda:us-east-1:000000000000:function:provider'
const STACK = 'arn:aws:cloudformation:us-east-1:000000000000:stack/s/1'

interface World {
  /** What the provider does with an event; default: it says that all is well. */
  readonly answer?: (event: JsonObject) => object | undefined
  readonly ending?: FunctionEnding
}

async function world({ answer = succeed, ending = { kind: 'returned' } }: World = {}) {
  const server = await startResponseServer()
  const events: JsonObject[] = []
  const initiated: string[] = []
  const reports: string[] = []
  const invokeFunction: InvokeFunction = async (_arn, event) => {
    const { ResponseURL, ...rest } = event
    events.push(rest)
    const body = answer(event)
    if (body === undefined) return ending
    await fetch(ResponseURL as string, { method: 'PUT', body: JSON.stringify(body) })
    return ending
  }
  const context: ResourceContext = {
    stackId: STACK,
    stackName: 's',
    scope: { accountId: '000000000000', region: 'us-east-1' },
    tags: {},
    logicalId: 'It',
    type: 'Custom::It',
    clientToken: 'a'.repeat(32),
    isRetry: false,
    initiated: async (physicalId) => void initiated.push(physicalId),
    generateName: () => 's-It-GENERATED',
    aws: () => Promise.reject(new Error('nothing is called')),
    signal: new AbortController().signal,
    report: (progress) => reports.push(progress),
  }
  return {
    type: customResourceType({ invokeFunction, responses: server.responses }),
    context,
    events,
    initiated,
    reports,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function succeed(event: JsonObject): object {
  const PhysicalResourceId = event['PhysicalResourceId'] ?? 'made'
  return { Status: 'SUCCESS', PhysicalResourceId, Data: { 'A.B': 'c' } }
}

test('a resource is made by its function, which gets texts', async ({ expect }) => {
  await using it = await world()
  const properties = { ServiceToken: TOKEN, Flag: true, Count: [1, { Half: 0.5 }], Nothing: null }
  expect(await it.type.create({ ...it.context, properties })).toEqual({
    physicalId: 'made',
    attributes: { 'A.B': 'c' },
  })
  expect(it.events).toEqual([
    {
      RequestType: 'Create',
      ServiceToken: TOKEN,
      StackId: STACK,
      RequestId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-/),
      LogicalResourceId: 'It',
      ResourceType: 'Custom::It',
      ResourceProperties: {
        ServiceToken: TOKEN,
        Flag: 'true',
        Count: ['1', { Half: '0.5' }],
        Nothing: null,
      },
    },
  ])
  expect(it.initiated).toEqual(['made'])
})

test('an AwsCustomResource finds the newest SDK without installing it', async ({ expect }) => {
  await using it = await world()
  const Create = JSON.stringify({ service: 'S3', action: 'listBuckets' })
  const properties = { ServiceToken: TOKEN, Create, InstallLatestAwsSdk: true }
  await it.type.create({ ...it.context, properties })
  expect(it.events[0]).toMatchObject({
    ResourceProperties: { ServiceToken: TOKEN, Create, InstallLatestAwsSdk: 'false' },
  })
})

test('an update carries both sets of properties, and may replace', async ({ expect }) => {
  await using it = await world({
    answer: () => ({ Status: 'SUCCESS', PhysicalResourceId: 'other', NoEcho: true }),
  })
  const before = {
    physicalId: 'made',
    attributes: {},
    properties: { ServiceToken: TOKEN, Old: 1 },
  }
  const properties = { ServiceToken: TOKEN, New: 1 }
  expect(await it.type.update?.({ ...it.context, properties, before })).toEqual({
    physicalId: 'other',
    attributes: {},
    isSecret: true,
  })
  expect(it.events[0]).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'made',
    ResourceProperties: { ServiceToken: TOKEN, New: '1' },
    OldResourceProperties: { ServiceToken: TOKEN, Old: '1' },
  })
  const elsewhere = { ServiceToken: `${TOKEN}2` }
  await expect(it.type.update?.({ ...it.context, properties: elsewhere, before })).rejects.toThrow(
    'Modifying service token is not allowed.',
  )
})

test('a creation that failed names what has to be deleted', async ({ expect }) => {
  await using it = await world({
    answer: () => ({ Status: 'FAILED', Reason: 'too blue', PhysicalResourceId: 'half' }),
  })
  await expect(
    it.type.create({ ...it.context, properties: { ServiceToken: TOKEN } }),
  ).rejects.toThrow(
    'Received response status [FAILED] from custom resource. Message returned: too blue (RequestId: ',
  )
  expect(it.initiated).toEqual(['half'])
})

test('a function that fails without a response fails the resource at once', async ({ expect }) => {
  await using it = await world({
    answer: () => undefined,
    ending: { kind: 'failed', reason: 'The function failed. Error: oh' },
  })
  await expect(
    it.type.create({ ...it.context, properties: { ServiceToken: TOKEN } }),
  ).rejects.toThrow(/^The function failed\. Error: oh \(RequestId: /)
  expect(it.initiated).toEqual(['s-It-GENERATED']) // what it has made before nobody knows
})

test('a function that never saw the event has made nothing', async ({ expect }) => {
  await using it = await world({
    answer: () => undefined,
    ending: { kind: 'not-started', reason: 'The function does not start' },
  })
  await expect(
    it.type.create({ ...it.context, properties: { ServiceToken: TOKEN } }),
  ).rejects.toThrow('The function does not start')
  expect(it.initiated).toEqual([])
})

test('a response may come long after the function has returned', async ({ expect }) => {
  await using it = await world({
    answer(event) {
      void delay(50).then(() =>
        fetch(event['ResponseURL'] as string, {
          method: 'PUT',
          body: JSON.stringify(succeed(event)),
        }),
      )
      return undefined
    },
  })
  const state = await it.type.create({ ...it.context, properties: { ServiceToken: TOKEN } })
  expect(state.physicalId).toBe('made')
  expect(it.reports).toEqual([
    'The function has returned; its response is waited for, 3600 seconds in all',
  ])
})

test('the wait ends with the ServiceTimeout, and when the operation is called off', async ({
  expect,
}) => {
  await using it = await world({ answer: () => undefined })
  const properties = { ServiceToken: TOKEN, ServiceTimeout: '1' }
  await expect(it.type.create({ ...it.context, properties })).rejects.toThrow(
    'CloudFormation did not receive a response from your Custom Resource.',
  )
  const signal = AbortSignal.abort(new Error('called off'))
  const deletion = { ...it.context, properties, signal, physicalId: 'p', attributes: {} }
  await expect(it.type.delete(deletion)).rejects.toThrow('called off')
})

test('what can be seen to be wrong is said before anything is made', async ({ expect }) => {
  await using it = await world()
  const check = (properties: JsonObject) => it.type.check?.(properties, 'It')
  expect(check({ ServiceToken: TOKEN, ServiceTimeout: 3_600 })).toEqual([])
  expect(check({ ServiceToken: '\u0000unknown' })).toEqual([])
  expect(check({ ServiceToken: 'arn:aws:sns:us-east-1:000000000000:topic' })).toEqual([
    'The ServiceToken names an Amazon SNS topic, which is not served here; a Lambda function is',
  ])
  const Create = JSON.stringify({ service: 'CloudWatchLogs', action: 'putResourcePolicy' })
  const Delete = JSON.stringify({ service: '@aws-sdk/client-ssm', action: 'DeleteParameter' })
  expect(check({ ServiceToken: TOKEN, Create, Update: Create, Delete })).toEqual([
    'It calls the service CloudWatchLogs, which this host does not serve',
  ])
  expect(check({ ServiceToken: 'provider', ServiceTimeout: 0 })).toEqual([
    'The ServiceToken is not the ARN of a Lambda function',
    'ServiceTimeout is not an integer from 1 to 3600',
  ])
})
