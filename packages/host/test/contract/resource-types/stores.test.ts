import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr'
import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ssm'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const SECRET = 'AWS::SecretsManager::Secret'
const PARAMETER = 'AWS::SSM::Parameter'
const REPOSITORY = 'AWS::ECR::Repository'
const BUCKET = 'AWS::S3::Bucket'

test('a secret has the value of its template, or one that is drawn', async () => {
  await using world = await startResourceWorld()
  const read = async ({ physicalId }: { physicalId: string }) => {
    const { SecretString } = await world.clients.secrets.send(
      new GetSecretValueCommand({ SecretId: physicalId }),
    )
    return SecretString ?? ''
  }
  const made = await world.create(SECRET, {
    SecretString: 'one',
    Description: 'it',
    Tags: [{ Key: 'team', Value: 'deck' }],
  })
  expect(made.physicalId).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:it-It-/)
  expect(made.attributes).toEqual({ Id: made.physicalId })
  expect(await read(made)).toBe('one')
  const changed = await world.update(made, { SecretString: 'two' })
  expect(await read(changed)).toBe('two')
  const described = await world.clients.secrets.send(
    new DescribeSecretCommand({ SecretId: made.physicalId }),
  )
  expect(described.Description ?? '').toBe('')
  expect(described.Tags).toContainEqual({ Key: 'team', Value: 'deck' })

  const options: JsonObject = {
    PasswordLength: '40',
    ExcludePunctuation: 'true',
    ExcludeCharacters: 'abc',
    SecretStringTemplate: '{"user":"ann"}',
    GenerateStringKey: 'password',
  }
  const drawn = await world.create(SECRET, {
    Name: 'drawn',
    GenerateSecretString: options,
    KmsKeyId: 'alias/it',
  })
  const value = JSON.parse(await read(drawn)) as Record<string, string>
  expect(value).toEqual({ user: 'ann', password: expect.stringMatching(/^[A-Zd-z0-9]{40}$/) })
  expect(world.reports).toEqual([
    'Tags stay as they were when this was created',
    'Without effect here: KmsKeyId (values are encrypted under the master key of this host)',
  ])
  const kept = await world.update(drawn, { ...drawn.properties, Description: 'still that one' })
  expect(JSON.parse(await read(kept))).toEqual(value)
  const redrawn = await world.update(kept, {
    ...kept.properties,
    GenerateSecretString: { ...options, PasswordLength: 8 },
  })
  expect(JSON.parse(await read(redrawn))).toMatchObject({
    password: expect.stringMatching(/^.{8}$/),
  })
  for (const live of [changed, redrawn, changed, redrawn]) await world.delete(live)
  await world.delete(await world.create(SECRET, { Name: 'drawn', SecretString: 'again' }))
})

test('a parameter', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(PARAMETER, {
    Name: '/it/url',
    Type: 'String',
    Value: 'one',
    Tags: { team: 'deck' },
  })
  expect(made).toMatchObject({
    physicalId: '/it/url',
    attributes: {
      Type: 'String',
      Value: 'one',
      Arn: expect.stringMatching(/:parameter\/it\/url$/),
    },
  })
  const changed = await world.update(made, {
    Name: '/it/url',
    Type: 'String',
    Value: 'two',
    Tags: { stage: 'test' },
  })
  expect(changed.attributes['Value']).toBe('two')
  const { Parameter } = await world.clients.ssm.send(new GetParameterCommand({ Name: '/it/url' }))
  expect(Parameter).toMatchObject({ Value: 'two', Version: 2 })
  const { TagList } = await world.clients.ssm.send(
    new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/it/url' }),
  )
  expect(TagList).toContainEqual({ Key: 'stage', Value: 'test' })
  expect(TagList).not.toContainEqual({ Key: 'team', Value: 'deck' })
  await expect(world.create(PARAMETER, made.properties)).rejects.toThrow(/exists/i)
  await world.delete(changed)
  await world.delete(changed)
  const named = await world.create(PARAMETER, { Type: 'StringList', Value: 'a,b' })
  expect(named.physicalId).toMatch(/^it-It-[A-Z0-9]{12}$/)
})

test('a repository', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(REPOSITORY, {
    EmptyOnDelete: true,
    ImageScanningConfiguration: { ScanOnPush: 'true' },
    LifecyclePolicy: { LifecyclePolicyText: '{}' },
    Tags: [{ Key: 'team', Value: 'deck' }],
  })
  expect(made.physicalId).toMatch(/^it-it-[a-z0-9]{12}$/)
  expect(made.attributes).toEqual({
    Arn: `arn:aws:ecr:us-east-1:000000000000:repository/${made.physicalId}`,
    RepositoryUri: expect.stringMatching(new RegExp(`/${made.physicalId}$`)),
  })
  const repositories = new DescribeRepositoriesCommand({ repositoryNames: [made.physicalId] })
  expect(await world.clients.ecr.send(repositories)).toMatchObject({
    repositories: [{ imageScanningConfiguration: { scanOnPush: true } }],
  })
  const changed = await world.update(made, { EmptyOnDelete: true, Tags: [] })
  expect(world.reports.at(-1)).toMatch(/^ImageScanningConfiguration.*stay as they were/)
  await world.delete(changed)
  await world.delete(changed)
})

test('a bucket and its policy', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(BUCKET, {
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    VersioningConfiguration: { Status: 'Enabled' },
  })
  const { physicalId: name } = made
  expect(name).toMatch(/^it-it-[a-z0-9]{12}$/)
  expect(made.attributes).toMatchObject({
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: `${name}.s3.us-east-1.amazonaws.com`,
  })
  expect(world.reports).toEqual([
    expect.stringMatching(/VersioningConfiguration\/Status Enabled \(/),
  ])
  expect((await stat(join(world.bucketsDir, name))).isDirectory()).toBe(true)
  const policy = await world.create('AWS::S3::BucketPolicy', {
    Bucket: name,
    PolicyDocument: { Version: '2012-10-17', Statement: [] },
  })
  await world.update(policy, { Bucket: name, PolicyDocument: { Statement: [] } })
  const changed = await world.update(made, { Tags: [{ Key: 'team', Value: 'deck' }] })
  expect(world.type(BUCKET).check?.({ BucketName: 'UPPER' }, 'It')).toEqual([
    expect.stringMatching(/^UPPER cannot be the name of a bucket/),
  ])
  for (const live of [policy, changed, policy, changed]) await world.delete(live)
  await expect(stat(join(world.bucketsDir, name))).rejects.toThrow(/ENOENT/)
})
