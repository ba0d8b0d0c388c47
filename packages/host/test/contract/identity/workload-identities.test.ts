import {
  GetWorkloadAccessTokenCommand,
  GetWorkloadAccessTokenForJWTCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  CreateWorkloadIdentityCommand,
  DeleteWorkloadIdentityCommand,
  GetTokenVaultCommand,
  GetWorkloadIdentityCommand,
  ListTagsForResourceCommand,
  ListWorkloadIdentitiesCommand,
  paginateListWorkloadIdentities,
  SetTokenVaultCMKCommand,
  TagResourceCommand,
  UpdateWorkloadIdentityCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { test } from 'vitest'
import { DEFAULT_SCOPE } from '../../../src/kernel/scope.ts'
import { startAuthorizationServer } from '../../support/authorization-server.ts'
import {
  createWorkload,
  RETURN_URL,
  WORKLOAD,
  workloadToken,
} from '../../support/identity-fixtures.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'

const ARN = `arn:aws:bedrock-agentcore:us-east-1:000000000000:workload-identity-directory/default/workload-identity/${WORKLOAD}`

test('a workload identity is created, read, changed, listed and deleted', async ({ expect }) => {
  await using world = await startIdentityWorld({ startAtMs: 1_790_000_000_123 })
  const { control } = world.clients()
  const created = await createWorkload(world.clients())
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    name: WORKLOAD,
    workloadIdentityArn: ARN,
    allowedResourceOauth2ReturnUrls: [RETURN_URL],
  })
  expect(created).not.toHaveProperty('createdTime')
  const createdTime = new Date(1_790_000_000_123)
  const read = await control.send(new GetWorkloadIdentityCommand({ name: WORKLOAD }))
  expect(read).toMatchObject({
    createdTime,
    lastUpdatedTime: createdTime,
    workloadIdentityArn: ARN,
  })

  world.clock.nowMs += 5_000
  const change = { name: WORKLOAD, allowedResourceOauth2ReturnUrls: [] }
  const updated = await control.send(new UpdateWorkloadIdentityCommand(change))
  expect(updated).toMatchObject({
    allowedResourceOauth2ReturnUrls: [],
    createdTime,
    lastUpdatedTime: new Date(1_790_000_005_123),
  })
  const { workloadIdentities } = await control.send(new ListWorkloadIdentitiesCommand({}))
  expect(workloadIdentities).toEqual([{ name: WORKLOAD, workloadIdentityArn: ARN }])

  const deleted = await control.send(new DeleteWorkloadIdentityCommand({ name: WORKLOAD }))
  expect(deleted.$metadata.httpStatusCode).toBe(204)
  await expect(
    control.send(new GetWorkloadIdentityCommand({ name: WORKLOAD })),
  ).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  })
})

test('a name that is taken is a validation error, in its own account and Region only', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  await createWorkload(world.clients())
  await expect(createWorkload(world.clients())).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Workload identity with name: ${WORKLOAD} already exists`,
    $metadata: { httpStatusCode: 400 },
  })
  await createWorkload(world.clients({ region: 'eu-west-1' }))
  const other = world.clients({ accountId: '123456789012' })
  await createWorkload(other)
  const { workloadIdentities } = await other.control.send(new ListWorkloadIdentitiesCommand({}))
  expect(workloadIdentities?.map(({ workloadIdentityArn }) => workloadIdentityArn)).toEqual([
    ARN.replace('000000000000', '123456789012'),
  ])
})

test('of many creates of one name at once, one succeeds', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, () => createWorkload(world.clients())),
  )
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a list comes in pages of at most twenty', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const { control } = world.clients()
  const names = Array.from({ length: 45 }, (_, index) => `agent-${String(index).padStart(2, '0')}`)
  for (const name of names) await control.send(new CreateWorkloadIdentityCommand({ name }))
  const pages = []
  for await (const page of paginateListWorkloadIdentities({ client: control }, {})) pages.push(page)
  expect(pages.map(({ workloadIdentities }) => workloadIdentities?.length)).toEqual([20, 20, 5])
  expect(pages.flatMap((page) => page.workloadIdentities ?? []).map(({ name }) => name)).toEqual(
    names,
  )
  await expect(
    control.send(new ListWorkloadIdentitiesCommand({ maxResults: 21 })),
  ).rejects.toMatchObject({ name: 'ValidationException' })
})

test('tags are kept with the identity', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const { control } = world.clients()
  const tagged = { name: WORKLOAD, tags: { team: 'blue' } }
  await control.send(new CreateWorkloadIdentityCommand(tagged))
  await control.send(new TagResourceCommand({ resourceArn: ARN, tags: { stage: 'test' } }))
  const { tags } = await control.send(new ListTagsForResourceCommand({ resourceArn: ARN }))
  expect(tags).toEqual({ team: 'blue', stage: 'test' })
})

test('an identity of a service gives its caller no token and is not deleted by itself', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  const { control, data } = world.clients()
  const name = 'gateway-abcde01234'
  const linked = world.prepared.linked.describe(DEFAULT_SCOPE, name, world.clock.nowMs)
  linked.commit()
  await expect(
    data.send(new GetWorkloadAccessTokenCommand({ workloadName: name })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'WorkloadIdentity is linked to a service and cannot retrieve an access token by the caller',
    $metadata: { httpStatusCode: 400 },
  })
  await expect(control.send(new DeleteWorkloadIdentityCommand({ name }))).rejects.toMatchObject({
    name: 'ValidationException',
  })
  const urls = { name, allowedResourceOauth2ReturnUrls: [RETURN_URL] }
  expect(await control.send(new UpdateWorkloadIdentityCommand(urls))).toMatchObject(urls)
  linked.uncommit()
  await expect(control.send(new GetWorkloadIdentityCommand({ name }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('a workload that is not there gets a token only where that is switched on', async ({
  expect,
}) => {
  await using strict = await startIdentityWorld()
  await expect(workloadToken(strict.clients(), 'alice')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await using lenient = await startIdentityWorld({ createMissingWorkloadIdentities: true })
  const tokens = await Promise.all([1, 2, 3].map(() => workloadToken(lenient.clients(), 'alice')))
  expect(new Set(tokens).size).toBe(3)
  const { control } = lenient.clients()
  expect(await control.send(new GetWorkloadIdentityCommand({ name: WORKLOAD }))).toMatchObject({
    allowedResourceOauth2ReturnUrls: [],
  })
})

test('a user token counts with the signature of the issuer it names, and no other', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  await using issuer = await startAuthorizationServer()
  await using stranger = await startAuthorizationServer()
  const { data } = world.clients()
  await createWorkload(world.clients())
  const ask = (userToken: string) =>
    data.send(new GetWorkloadAccessTokenForJWTCommand({ workloadName: WORKLOAD, userToken }))

  const { workloadAccessToken } = await ask(await issuer.signUserToken('alice'))
  expect(workloadAccessToken?.split('.')).not.toHaveLength(3)
  const forged = await stranger.signUserToken('alice', { issuer: issuer.url })
  await expect(ask(forged)).rejects.toMatchObject({
    name: 'UnauthorizedException',
    $metadata: { httpStatusCode: 401 },
  })
  await expect(ask('a.b.c')).rejects.toMatchObject({ name: 'UnauthorizedException' })
  const nowhere = await stranger.signUserToken('alice', { issuer: 'http://169.254.169.254' })
  await expect(ask(nowhere)).rejects.toMatchObject({ name: 'UnauthorizedException' })
})

test('the token vault is there, under the key of the host and no other', async ({ expect }) => {
  await using world = await startIdentityWorld({ startAtMs: 1_790_000_000_000 })
  const { control } = world.clients()
  expect(await control.send(new GetTokenVaultCommand({}))).toMatchObject({
    tokenVaultId: 'default',
    kmsConfiguration: { keyType: 'ServiceManagedKey' },
    lastModifiedDate: new Date(1_790_000_000_000),
  })
  world.clock.nowMs += 1_000
  const own = { kmsConfiguration: { keyType: 'ServiceManagedKey' as const } }
  expect(await control.send(new SetTokenVaultCMKCommand(own))).toMatchObject({
    lastModifiedDate: new Date(1_790_000_001_000),
  })
  const kmsKeyArn = 'arn:aws:kms:us-east-1:000000000000:key/12345678-1234-1234-1234-123456789012'
  const foreign = { kmsConfiguration: { keyType: 'CustomerManagedKey' as const, kmsKeyArn } }
  await expect(control.send(new SetTokenVaultCMKCommand(foreign))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('not supported') as string,
  })
  await expect(
    control.send(new GetTokenVaultCommand({ tokenVaultId: 'other' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
