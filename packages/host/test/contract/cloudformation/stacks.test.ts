// Stacks from their creation to their end, through the AWS SDK and its waiters.
import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackExists,
  waitUntilStackRollbackComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation'
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { test } from 'vitest'
import { startAwsHost } from '../../support/aws-host.ts'
import { createStack, parametersTemplate, settled, updateStack } from '../../support/stack-world.ts'

const StackName = 'shop'
const PATIENCE = { maxWaitTime: 30, minDelay: 1, maxDelay: 1 }
const ONE = parametersTemplate(
  { A: 'one', B: { 'Fn::Sub': '${A}-${Word}' } },
  {
    Description: 'A shop',
    Parameters: { Word: { Type: 'String', Default: 'two' } },
    Outputs: {
      B: { Value: { Ref: 'B' }, Description: 'Its name', Export: { Name: 'shop-b' } },
      Value: { Value: { 'Fn::GetAtt': ['B', 'Value'] } },
    },
  },
)

test('a stack is made, changed and removed, and the SDK’s waiters see it', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client, ssm } = host.clients()
  const waiting = { client, ...PATIENCE }
  const created = await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: ONE,
      Parameters: [{ ParameterKey: 'Word', ParameterValue: 'three' }],
      Tags: [{ Key: 'team', Value: 'blue' }],
      ClientRequestToken: 'first',
    }),
  )
  expect(created.StackId).toMatch(
    /^arn:aws:cloudformation:us-east-1:000000000000:stack\/shop\/[0-9a-f-]{36}$/,
  )
  await waitUntilStackExists(waiting, { StackName })
  expect(await waitUntilStackCreateComplete(waiting, { StackName })).toMatchObject({
    state: 'SUCCESS',
  })
  const stack = await settled(client, StackName)
  expect(stack).toMatchObject({
    StackId: created.StackId,
    StackStatus: 'CREATE_COMPLETE',
    Description: 'A shop',
    CreationTime: expect.any(Date),
    Parameters: [{ ParameterKey: 'Word', ParameterValue: 'three' }],
    Tags: [{ Key: 'team', Value: 'blue' }],
    EnableTerminationProtection: false,
    DisableRollback: false,
  })
  expect(
    stack.Outputs?.toSorted((a, b) => `${a.OutputKey}`.localeCompare(`${b.OutputKey}`)),
  ).toEqual([
    { OutputKey: 'B', OutputValue: '/shop/B', Description: 'Its name', ExportName: 'shop-b' },
    { OutputKey: 'Value', OutputValue: '/shop/A-three' },
  ])

  await client.send(
    new UpdateStackCommand({
      StackName,
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: 'Word', ParameterValue: 'four' }],
    }),
  )
  expect(await waitUntilStackUpdateComplete(waiting, { StackName })).toMatchObject({
    state: 'SUCCESS',
  })
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/shop/B' }))
  expect(Parameter?.Value).toBe('/shop/A-four')

  await client.send(new DeleteStackCommand({ StackName }))
  await waitUntilStackDeleteComplete(waiting, { StackName: created.StackId ?? '' })
  const gone = { name: 'ValidationError', message: 'Stack with id shop does not exist' }
  await expect(client.send(new DescribeStacksCommand({ StackName }))).rejects.toMatchObject(gone)
  const { StackSummaries = [] } = await client.send(
    new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }),
  )
  expect(StackSummaries).toMatchObject([
    { StackId: created.StackId, StackStatus: 'DELETE_COMPLETE', DeletionTime: expect.any(Date) },
  ])
  await expect(ssm.send(new GetParameterCommand({ Name: '/shop/A' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  })
  // what is gone is gone: no error
  await client.send(new DeleteStackCommand({ StackName }))
})

test('events and resources tell what happened', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const { StackId } = await createStack(client, StackName, ONE, { ClientRequestToken: 'first' })
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }))
  expect(StackEvents[0]).toMatchObject({
    StackId,
    StackName,
    LogicalResourceId: StackName,
    PhysicalResourceId: StackId,
    ResourceType: 'AWS::CloudFormation::Stack',
    ResourceStatus: 'CREATE_COMPLETE',
    ClientRequestToken: 'first',
    Timestamp: expect.any(Date),
  })
  expect(StackEvents.at(-1)).toMatchObject({
    ResourceStatus: 'CREATE_IN_PROGRESS',
    ResourceStatusReason: 'User Initiated',
  })
  const ofA = StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId === 'A')
  expect(ofA.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
    'CREATE_COMPLETE',
    'CREATE_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ])
  const resource = {
    LogicalResourceId: 'A',
    PhysicalResourceId: '/shop/A',
    ResourceType: 'AWS::SSM::Parameter',
    ResourceStatus: 'CREATE_COMPLETE',
  }
  const listed = await client.send(new ListStackResourcesCommand({ StackName }))
  expect(listed.StackResourceSummaries?.[0]).toMatchObject(resource)
  const one = { StackName, LogicalResourceId: 'A' }
  const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand(one))
  expect(StackResourceDetail).toMatchObject({ StackId, ...resource })
  const byId = await client.send(
    new DescribeStackResourcesCommand({ PhysicalResourceId: '/shop/A' }),
  )
  expect(byId.StackResources).toHaveLength(2)
  await expect(
    client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'C' })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Resource C does not exist for stack shop',
  })
})

test('what fails goes back to how it was, with the reason', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client, ssm } = host.clients()
  await ssm.send(new PutParameterCommand({ Name: '/shop/B', Value: 'mine', Type: 'String' }))
  const failed = await createStack(client, StackName, ONE)
  expect(failed.StackStatus).toBe('ROLLBACK_COMPLETE')
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }))
  const failure = StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')
  expect(failure).toMatchObject({
    LogicalResourceId: 'B',
    ResourceStatusReason: expect.stringContaining('already exists'),
  })
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/shop/B' }))
  expect(Parameter?.Value).toBe('mine')
  await expect(
    client.send(new UpdateStackCommand({ StackName, TemplateBody: ONE })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('is in ROLLBACK_COMPLETE state and can not be updated'),
  })
  await client.send(new DeleteStackCommand({ StackName }))
})

test('a failed update can be left as it is, and rolled back later', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client, ssm } = host.clients()
  await createStack(client, StackName, parametersTemplate({ A: 'one' }))
  await ssm.send(new PutParameterCommand({ Name: '/shop/B', Value: 'mine', Type: 'String' }))
  const next = parametersTemplate({ A: 'two', B: { 'Fn::Sub': '${A}' } })
  expect(await updateStack(client, StackName, next, { DisableRollback: true })).toMatchObject({
    StackStatus: 'UPDATE_FAILED',
  })
  const value = async () =>
    (await ssm.send(new GetParameterCommand({ Name: '/shop/A' }))).Parameter?.Value
  expect(await value()).toBe('two')
  await client.send(new RollbackStackCommand({ StackName }))
  await waitUntilStackRollbackComplete({ client, ...PATIENCE }, { StackName })
  expect(await settled(client, StackName)).toMatchObject({
    StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
  })
  expect(await value()).toBe('one')
  const refusal = { name: 'ValidationError' }
  await expect(client.send(new ContinueUpdateRollbackCommand({ StackName }))).rejects.toMatchObject(
    refusal,
  )
  await expect(client.send(new CancelUpdateStackCommand({ StackName }))).rejects.toMatchObject(
    refusal,
  )
})

test('a protected stack is not deleted', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const template = parametersTemplate({ A: 'one' })
  await createStack(client, StackName, template, { EnableTerminationProtection: true })
  await expect(client.send(new DeleteStackCommand({ StackName }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Stack [${StackName}] cannot be deleted while TerminationProtection is enabled`,
  })
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }),
  )
  await client.send(new DeleteStackCommand({ StackName }))
})

test('refusals are in CloudFormation’s words', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  await createStack(client, StackName, ONE)
  const refusal = async (sent: Promise<unknown>) =>
    sent.then(
      () => 'accepted',
      ({ name, message }: Error) => `${name}: ${message}`,
    )
  const create = async (input: object) =>
    refusal(client.send(new CreateStackCommand({ StackName: 'new', ...input })))
  expect(await create({ StackName, TemplateBody: ONE })).toBe(
    'AlreadyExistsException: Stack [shop] already exists',
  )
  expect(await refusal(client.send(new UpdateStackCommand({ StackName, TemplateBody: ONE })))).toBe(
    'ValidationError: No updates are to be performed.',
  )
  expect(
    await refusal(client.send(new UpdateStackCommand({ StackName: 'none', TemplateBody: ONE }))),
  ).toBe('ValidationError: Stack [none] does not exist')
  expect(await create({ TemplateBody: '{' })).toMatch(/^ValidationError: Template format error: /)
  const unknown = {
    Resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Topic: { Type: 'AWS::SNS::Topic' } },
  }
  expect(await create({ TemplateBody: JSON.stringify(unknown) })).toContain(
    'ValidationError: Template format error: Unrecognized resource types: [AWS::DynamoDB::Table, AWS::SNS::Topic]',
  )
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } }
  expect(await create({ TemplateBody: JSON.stringify({ Resources: { Role: role } }) })).toBe(
    'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]',
  )
  expect(await create({ TemplateBody: ONE, StackPolicyBody: '{}' })).toBe(
    'ValidationError: StackPolicyBody is not supported by this host.',
  )
  expect(await create({ TemplateBody: ONE, ResourceTypes: ['AWS::*'] })).toMatch(/ResourceTypes/)
  expect(await create({ TemplateBody: ONE, DeploymentConfig: { Mode: 'EXPRESS' } })).toMatch(
    /EXPRESS is not supported/,
  )
  expect(await create({ StackName: '1x', TemplateBody: ONE })).toMatch(/^ValidationError: 1 valid/)
  expect((await client.send(new DescribeStacksCommand({}))).Stacks).toHaveLength(1)
})
