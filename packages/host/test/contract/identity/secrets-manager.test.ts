import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import { join } from 'node:path'
import { test } from 'vitest'
import { findSecrets } from '../../support/find-secret.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const SecretId = 'team/database'
const MISSING = {
  name: 'ResourceNotFoundException',
  message: "Secrets Manager can't find the specified secret.",
  $metadata: { httpStatusCode: 400 },
}

test('a secret has a current value and the one before', async ({ expect }) => {
  await using world = await startIdentityWorld({ startAtMs: 1_790_000_000_000 })
  const { secrets } = world.clients()
  const created = await secrets.send(
    new CreateSecretCommand({
      Name: SecretId,
      SecretString: 'one',
      Description: 'For the team',
      Tags: [{ Key: 'team', Value: 'blue' }],
    }),
  )
  expect(created.ARN).toMatch(
    /^arn:aws:secretsmanager:us-east-1:000000000000:secret:team\/database-[A-Za-z0-9]{6}$/,
  )
  const read = async (choice: object = {}) =>
    (await secrets.send(new GetSecretValueCommand({ SecretId, ...choice }))).SecretString
  expect(await read()).toBe('one')
  const put = await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'two' }))
  expect(put).toMatchObject({ ARN: created.ARN, Name: SecretId, VersionStages: ['AWSCURRENT'] })
  const { VersionId: third } = await secrets.send(
    new UpdateSecretCommand({ SecretId, SecretString: 'three', Description: 'Changed' }),
  )
  expect(await read()).toBe('three')
  expect(await read({ VersionStage: 'AWSPREVIOUS' })).toBe('two')
  expect(await read({ VersionId: created.VersionId })).toBe('one')
  expect(await read({ SecretId: created.ARN })).toBe('three')
  expect(await read({ SecretId: created.ARN?.slice(0, -7) })).toBe('three')
  await expect(read({ VersionStage: 'NEXT' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret value for staging label: NEXT",
  })

  const described = await secrets.send(new DescribeSecretCommand({ SecretId }))
  expect(described).toMatchObject({
    ARN: created.ARN,
    Description: 'Changed',
    CreatedDate: new Date(1_790_000_000_000),
    Tags: [{ Key: 'team', Value: 'blue' }],
    VersionIdsToStages: {
      [put.VersionId ?? '']: ['AWSPREVIOUS'],
      [third ?? '']: ['AWSCURRENT'],
    },
  })
  const bytes = Uint8Array.from([0, 255, 10])
  await secrets.send(new PutSecretValueCommand({ SecretId, SecretBinary: bytes }))
  const binary = await secrets.send(new GetSecretValueCommand({ SecretId }))
  expect(Uint8Array.from(binary.SecretBinary ?? [])).toEqual(bytes)
  expect(binary.SecretString).toBeUndefined()
})

test('the same request twice is one; another value under its token is refused', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  const { secrets } = world.clients()
  const ClientRequestToken = '12345678-1234-1234-1234-123456789012'
  const create = (SecretString: string, token = ClientRequestToken) =>
    secrets.send(
      new CreateSecretCommand({ Name: SecretId, SecretString, ClientRequestToken: token }),
    )
  const first = await create('one')
  expect(first.VersionId).toBe(ClientRequestToken)
  expect((await create('one')).ARN).toBe(first.ARN)
  const refused = { name: 'ResourceExistsException', $metadata: { httpStatusCode: 400 } }
  await expect(create('two')).rejects.toMatchObject(refused)
  await expect(create('one', 'x'.repeat(40))).rejects.toMatchObject(refused)
  const put = (SecretString: string) =>
    secrets.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken }))
  expect((await put('one')).VersionId).toBe(ClientRequestToken)
  await expect(put('two')).rejects.toMatchObject(refused)
})

test('a deleted secret waits, unreadable, until its time is over', async ({ expect }) => {
  await using world = await startIdentityWorld({ startAtMs: 1_790_000_000_000 })
  const { secrets } = world.clients()
  const create = () => secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 's1' }))
  const read = () => secrets.send(new GetSecretValueCommand({ SecretId }))
  await create()
  for (const RecoveryWindowInDays of [6, 31]) {
    await expect(
      secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
  }
  const deleted = await secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }))
  expect(deleted.DeletionDate).toEqual(new Date(1_790_000_000_000 + 7 * 86_400_000))
  await expect(read()).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' })
  const { DeletedDate } = await secrets.send(new DescribeSecretCommand({ SecretId }))
  expect(DeletedDate).toEqual(new Date(1_790_000_000_000))
  world.clock.nowMs += 7 * 86_400_000
  await expect(read()).rejects.toMatchObject(MISSING)
  const { ARN } = await create()
  await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }))
  await expect(read()).rejects.toMatchObject(MISSING)
  expect((await create()).ARN).not.toBe(ARN)
})

test('what is not done here is refused, and so is what belongs to another', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const { secrets } = world.clients()
  const secret = { Name: SecretId, SecretString: 'one' }
  for (const odd of [
    { Name: 'with space' },
    { Name: 'bedrock-agentcore-identity!default/oauth2/x' },
    { KmsKeyId: 'alias/mine' },
    { AddReplicaRegions: [{ Region: 'eu-west-1' }] },
    { SecretBinary: Uint8Array.from([1]) },
  ]) {
    await expect(
      secrets.send(new CreateSecretCommand({ ...secret, ...odd })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
  }
  const { ARN } = await secrets.send(new CreateSecretCommand(secret))
  const other = world.clients({ accountId: '123456789012' }).secrets
  for (const id of [SecretId, ARN]) {
    await expect(other.send(new GetSecretValueCommand({ SecretId: id }))).rejects.toMatchObject(
      MISSING,
    )
  }
})

test('values are sealed where they are kept, and survive', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const database = join(folder.path, 'catamaran.db')
  const SecretString = 'correct horse battery staple'
  {
    await using world = await startIdentityWorld({ database })
    await world.clients().secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString }))
    const secrets = { 'the value': SecretString }
    const outputs = { logged: world.logged() }
    expect(await findSecrets({ secrets, folders: [folder.path], outputs })).toEqual([])
  }
  await using world = await startIdentityWorld({ database })
  const read = await world.clients().secrets.send(new GetSecretValueCommand({ SecretId }))
  expect(read.SecretString).toBe(SecretString)
})
