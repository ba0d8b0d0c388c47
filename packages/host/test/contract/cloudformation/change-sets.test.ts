// Change sets through the AWS SDK, as `aws cloudformation deploy` and the CDK use them.
import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
  type ChangeSetType,
  type CloudFormationClient,
} from '@aws-sdk/client-cloudformation'
import { test } from 'vitest'
import { startAwsHost } from '../../support/aws-host.ts'
import { parametersTemplate } from '../../support/stack-world.ts'

const StackName = 'shop'
const PATIENCE = { maxWaitTime: 30, minDelay: 1, maxDelay: 1 }

async function propose(
  client: CloudFormationClient,
  ChangeSetName: string,
  TemplateBody: string,
  ChangeSetType: ChangeSetType,
) {
  const name = { StackName, ChangeSetName }
  await client.send(new CreateChangeSetCommand({ ...name, TemplateBody, ChangeSetType }))
  await waitUntilChangeSetCreateComplete({ client, ...PATIENCE }, name)
  return client.send(new DescribeChangeSetCommand({ ...name, IncludePropertyValues: true }))
}

test('a stack is made and changed by change sets', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const first = await propose(client, 'first', parametersTemplate({ A: 'one' }), 'CREATE')
  expect(first).toMatchObject({
    ChangeSetName: 'first',
    ChangeSetId: expect.stringMatching(
      /^arn:aws:cloudformation:us-east-1:000000000000:changeSet\/first\//,
    ),
    StackName,
    Status: 'CREATE_COMPLETE',
    ExecutionStatus: 'AVAILABLE',
    CreationTime: expect.any(Date),
    Changes: [
      {
        Type: 'Resource',
        ResourceChange: {
          Action: 'Add',
          LogicalResourceId: 'A',
          ResourceType: 'AWS::SSM::Parameter',
        },
      },
    ],
  })
  const described = async () =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]
  expect(await described()).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' })
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'first' }))
  await waitUntilStackCreateComplete({ client, ...PATIENCE }, { StackName })

  const second = parametersTemplate({ A: 'two', B: 'new' })
  const { Changes = [], ChangeSetId } = await propose(client, 'second', second, 'UPDATE')
  expect(Changes.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
    {
      Action: 'Modify',
      LogicalResourceId: 'A',
      PhysicalResourceId: '/shop/A',
      Replacement: 'False',
      Scope: ['Properties'],
      Details: [
        {
          Target: {
            Attribute: 'Properties',
            Name: 'Value',
            RequiresRecreation: 'Never',
            BeforeValue: 'one',
            AfterValue: 'two',
          },
        },
      ],
      BeforeContext: expect.stringContaining('one'),
      AfterContext: expect.stringContaining('two'),
    },
    { Action: 'Add', LogicalResourceId: 'B' },
  ])
  const { Summaries } = await client.send(new ListChangeSetsCommand({ StackName }))
  expect(Summaries).toMatchObject([
    { ChangeSetName: 'first', ExecutionStatus: 'EXECUTE_COMPLETE' },
    { ChangeSetName: 'second', ExecutionStatus: 'AVAILABLE' },
  ])
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }))
  await waitUntilStackUpdateComplete({ client, ...PATIENCE }, { StackName })
  expect(await described()).toMatchObject({ ChangeSetId, StackStatus: 'UPDATE_COMPLETE' })
})

test('a change set without changes fails, and says so', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const template = parametersTemplate({ A: 'one' })
  await propose(client, 'first', template, 'CREATE')
  await client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'first' }))
  await waitUntilStackCreateComplete({ client, ...PATIENCE }, { StackName })
  await expect(propose(client, 'again', template, 'UPDATE')).rejects.toThrow()
  const again = { StackName, ChangeSetName: 'again' }
  expect(await client.send(new DescribeChangeSetCommand(again))).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  })
  await expect(client.send(new ExecuteChangeSetCommand(again))).rejects.toMatchObject({
    name: 'InvalidChangeSetStatusException',
    $metadata: { httpStatusCode: 400 },
  })
  await client.send(new DeleteChangeSetCommand(again))
  await expect(client.send(new DescribeChangeSetCommand(again))).rejects.toMatchObject({
    name: 'ChangeSetNotFoundException',
    message: 'ChangeSet [again] does not exist',
    $metadata: { httpStatusCode: 404 },
  })
})
