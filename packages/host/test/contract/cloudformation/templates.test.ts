// What can be asked of templates, exports and events, through the AWS SDK.
import {
  DeleteStackCommand,
  DescribeEventsCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListImportsCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { test } from 'vitest'
import { startAwsHost } from '../../support/aws-host.ts'
import { createStack, parametersTemplate, settled } from '../../support/stack-world.ts'

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Roles
Metadata: { Team: blue }
Parameters:
  Name: { Type: String, Default: shop, Description: The name, AllowedValues: [shop, store] }
  Secret: { Type: String, NoEcho: true }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: { RoleName: !Ref Name, AssumeRolePolicyDocument: {} }
  Table: { Type: AWS::DynamoDB::Table }
`

test('a template says what it needs', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const summary = await client.send(
    new GetTemplateSummaryCommand({
      TemplateBody: TEMPLATE,
      TemplateSummaryConfig: { TreatUnrecognizedResourceTypesAsWarnings: true },
    }),
  )
  expect(summary).toMatchObject({
    Description: 'Roles',
    Version: '2010-09-09',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]',
    Parameters: [
      {
        ParameterKey: 'Name',
        ParameterType: 'String',
        DefaultValue: 'shop',
        Description: 'The name',
        NoEcho: false,
        ParameterConstraints: { AllowedValues: ['shop', 'store'] },
      },
      { ParameterKey: 'Secret', NoEcho: true },
    ],
    ResourceTypes: ['AWS::IAM::Role', 'AWS::DynamoDB::Table'],
    Warnings: { UnrecognizedResourceTypes: ['AWS::DynamoDB::Table'] },
  })
  const TemplateBody = TEMPLATE.replace(/ {2}Table.*\n/, '')
  expect(await client.send(new ValidateTemplateCommand({ TemplateBody }))).toMatchObject({
    Description: 'Roles',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: [{ ParameterKey: 'Name', DefaultValue: 'shop' }, { ParameterKey: 'Secret' }],
  })
  for (const Command of [ValidateTemplateCommand, GetTemplateSummaryCommand]) {
    await expect(
      client.send<object, { $metadata: object }>(new Command({ TemplateBody: TEMPLATE })),
    ).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Template format error: Unrecognized resource types: [AWS::DynamoDB::Table]',
    })
  }
  await expect(
    client.send(new GetTemplateSummaryCommand({ StackSetName: 'all' })),
  ).rejects.toMatchObject({ name: 'StackSetNotFoundException' })
  await expect(client.send(new GetTemplateSummaryCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
  })
})

test('a stack’s template comes back as it was sent', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const template = parametersTemplate({ A: 'one' })
  await createStack(client, 'shop', template)
  const { TemplateBody, StagesAvailable } = await client.send(
    new GetTemplateCommand({ StackName: 'shop' }),
  )
  expect(TemplateBody).toBe(template)
  expect(StagesAvailable).toEqual(['Original', 'Processed'])
  const { ResourceTypes } = await client.send(new GetTemplateSummaryCommand({ StackName: 'shop' }))
  expect(ResourceTypes).toEqual(['AWS::SSM::Parameter'])
})

test('an export is used by others, and stays while it is', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const Outputs = { A: { Value: { Ref: 'A' }, Export: { Name: 'a' } } }
  const { StackId } = await createStack(client, 'shop', parametersTemplate({ A: '1' }, { Outputs }))
  await createStack(client, 'user', parametersTemplate({ B: { 'Fn::ImportValue': 'a' } }))
  const { Exports } = await client.send(new ListExportsCommand({}))
  expect(Exports).toEqual([{ ExportingStackId: StackId, Name: 'a', Value: '/shop/A' }])
  const { Imports } = await client.send(new ListImportsCommand({ ExportName: 'a' }))
  expect(Imports).toEqual(['user'])
  await client.send(new DeleteStackCommand({ StackName: 'shop' }))
  expect(await settled(client, 'shop')).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    StackStatusReason: 'Delete canceled. Cannot delete export a as it is in use by user.',
  })
  await expect(client.send(new ListImportsCommand({ ExportName: 'b' }))).rejects.toMatchObject({
    name: 'ValidationError',
  })
})

test('the events of one operation can be asked for, all or the failures', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client, ssm } = host.clients()
  await ssm.send(new PutParameterCommand({ Name: '/shop/A', Value: 'mine', Type: 'String' }))
  const stack = await createStack(client, 'shop', parametersTemplate({ A: '1' }))
  const { OperationId } = stack.LastOperations?.[0] ?? {}
  const ask = async (input: object) =>
    (await client.send(new DescribeEventsCommand(input))).OperationEvents ?? []
  const events = await ask({ OperationId })
  expect(events[0]).toMatchObject({
    OperationId,
    StackId: stack.StackId,
    EventType: 'STACK_EVENT',
    OperationType: 'CREATE_STACK',
    OperationStatus: 'FAILED',
    ResourceStatus: 'ROLLBACK_COMPLETE',
  })
  const failures = await ask({ StackName: 'shop', Filters: { FailedEvents: true } })
  expect(failures).toMatchObject([{ EventType: 'PROVISIONING_ERROR', LogicalResourceId: 'A' }])
  await expect(ask({ OperationId: 'none' })).rejects.toMatchObject({ name: 'ValidationError' })
  await expect(ask({})).rejects.toMatchObject({ name: 'ValidationError' })
})
