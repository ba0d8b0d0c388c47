// Tags and resource policies over resources of the test's own; the features bring theirs.
import {
  BedrockAgentCoreControlClient,
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  ListTagsForResourceCommand,
  PutResourcePolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { test } from 'vitest'
import { resourcePolicyOperations } from '../../src/api/bedrock-agentcore-control/resource-policies.ts'
import { createAgentCoreControlService } from '../../src/api/bedrock-agentcore-control/service.ts'
import { tagOperations } from '../../src/api/bedrock-agentcore-control/tags.ts'
import type { PolicedResources, TaggedResources } from '../../src/api/tagged-resources.ts'
import { ACCOUNT_ID, startAwsApi } from '../support/aws-api.ts'

const arnOf = (name: string, account = ACCOUNT_ID, region = 'us-east-1') =>
  `arn:aws:bedrock-agentcore:${region}:${account}:gateway/${name}-0123456789`
const resourceArn = arnOf('weather')

/** A feature with one resource. */
function memoryResources(arn: string): TaggedResources & PolicedResources {
  let tags: Readonly<Record<string, string>> = { made: 'here' }
  let policy: string | undefined
  return {
    hasResource: (asked) => asked === arn,
    readTags: () => tags,
    async writeTags(_, next) {
      tags = next
    },
    readPolicy: () => policy,
    async writePolicy(_, next) {
      policy = next
    },
  }
}

async function startControl() {
  const features = [memoryResources(arnOf('other')), memoryResources(resourceArn)]
  const tables = [tagOperations(features), resourcePolicyOperations(features)]
  const api = await startAwsApi({ services: [createAgentCoreControlService(tables)] })
  return { ...api, control: new BedrockAgentCoreControlClient(api.client) }
}

test('tags are added, replaced, listed and taken away', async ({ expect }) => {
  await using api = await startControl()
  const list = async () =>
    (await api.control.send(new ListTagsForResourceCommand({ resourceArn }))).tags
  await api.control.send(new TagResourceCommand({ resourceArn, tags: { team: 'a b', stage: '' } }))
  await api.control.send(new TagResourceCommand({ resourceArn, tags: { team: 'c' } }))
  expect(await list()).toEqual({ made: 'here', team: 'c', stage: '' })
  await api.control.send(new UntagResourceCommand({ resourceArn, tagKeys: ['made', 'nobody'] }))
  expect(await list()).toEqual({ team: 'c', stage: '' })
})

test('a resource carries fifty tags and no more', async ({ expect }) => {
  await using api = await startControl()
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 'x']))
  const tag = new TagResourceCommand({ resourceArn, tags })
  await expect(api.control.send(tag)).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
    $metadata: { httpStatusCode: 402 },
  })
})

test('a resource policy is put, read and removed', async ({ expect }) => {
  await using api = await startControl()
  const get = async () =>
    (await api.control.send(new GetResourcePolicyCommand({ resourceArn }))).policy
  const remove = () => api.control.send(new DeleteResourcePolicyCommand({ resourceArn }))
  expect(await get()).toBeUndefined()
  const statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: resourceArn }
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await api.control.send(new PutResourcePolicyCommand({ resourceArn, policy }))
  expect(await get()).toBe(policy)
  await remove()
  await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a policy that could not be evaluated is refused', async ({ expect }) => {
  await using api = await startControl()
  const put = new PutResourcePolicyCommand({
    resourceArn,
    policy: '{"Statement":{"Effect":"Maybe"}}',
  })
  await expect(api.control.send(put)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The policy document is invalid: Statement 1: Effect must be Allow or Deny',
  })
})

test.for([
  ['nothing has', arnOf('nothing'), 'ResourceNotFoundException'],
  ['another Region has', arnOf('weather', ACCOUNT_ID, 'eu-west-1'), 'ResourceNotFoundException'],
  ['another account has', arnOf('weather', '444455556666'), 'AccessDeniedException'],
] as const)('an ARN that %s is refused', async ([, arn, name], { expect }) => {
  await using api = await startControl()
  const tags = new ListTagsForResourceCommand({ resourceArn: arn })
  await expect(api.control.send(tags)).rejects.toMatchObject({ name })
  const policy = new GetResourcePolicyCommand({ resourceArn: arn })
  await expect(api.control.send(policy)).rejects.toMatchObject({ name })
})
