// Who else may call a Lambda function, and what it is labelled with.
import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  ListTagsCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { test } from 'vitest'
import { ARN, create, invoke, startWorld } from '../../support/lambda-functions.ts'

test('another account needs a permission', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  const other = world.clientOf({ accountId: '111122223333' })
  await create(client)
  const denied = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } }
  await expect(invoke(other, {}, { FunctionName: ARN })).rejects.toMatchObject(denied)
  await expect(invoke(other, {}, { FunctionName: 'it' })).rejects.toMatchObject({
    message: `Function not found: ${ARN.replace('000000000000', '111122223333')}`,
  })
  const permission = {
    FunctionName: 'it',
    StatementId: 'friends',
    Action: 'lambda:InvokeFunction',
    Principal: '111122223333',
  }
  const added = await client.send(new AddPermissionCommand(permission))
  expect(JSON.parse(added.Statement ?? '')).toEqual({
    Sid: 'friends',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'lambda:InvokeFunction',
    Resource: ARN,
  })
  expect((await invoke(other, {}, { FunctionName: ARN })).StatusCode).toBe(200)
  await expect(client.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  await client.send(
    new AddPermissionCommand({
      ...permission,
      StatementId: 'gateway',
      Principal: 'bedrock-agentcore.amazonaws.com',
      SourceAccount: '000000000000',
      SourceArn: 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/*',
    }),
  )
  const policy = await client.send(new GetPolicyCommand({ FunctionName: 'it' }))
  expect(JSON.parse(policy.Policy ?? '')).toMatchObject({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'friends' },
      {
        Sid: 'gateway',
        Principal: { Service: 'bedrock-agentcore.amazonaws.com' },
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '000000000000' },
          ArnLike: {
            'AWS:SourceArn': 'arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/*',
          },
        },
      },
    ],
  })
  const remove = { FunctionName: 'it', StatementId: 'friends' }
  await expect(
    client.send(new RemovePermissionCommand({ ...remove, RevisionId: 'stale' })),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await client.send(new RemovePermissionCommand({ ...remove, RevisionId: policy.RevisionId }))
  await expect(client.send(new RemovePermissionCommand(remove))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(invoke(other, {}, { FunctionName: ARN })).rejects.toMatchObject(denied)
  const gone = new GetPolicyCommand({ FunctionName: 'it', Qualifier: '1' })
  await expect(client.send(gone)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const foreign = new GetFunctionCommand({ FunctionName: ARN })
  await expect(other.send(foreign)).rejects.toMatchObject(denied)
})

test('tags belong to functions', async ({ expect }) => {
  await using world = await startWorld()
  const { client } = world
  await create(client, { Tags: { a: '1' } })
  await client.send(new TagResourceCommand({ Resource: ARN, Tags: { b: '2', c: '3' } }))
  await client.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['a', 'b'] }))
  expect((await client.send(new ListTagsCommand({ Resource: ARN }))).Tags).toEqual({ c: '3' })
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, '']))
  for (const [Resource, Tags] of [
    [ARN, many],
    [ARN, { 'aws:x': '1' }],
    [`${ARN}:1`, { x: '1' }],
  ] as const) {
    const tagged = client.send(new TagResourceCommand({ Resource, Tags }))
    await expect(tagged).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
  const missing = new ListTagsCommand({ Resource: `${ARN}x` })
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
