// Buckets through the AWS SDK for JavaScript, every signature verified.
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'vitest'
import { openObjects } from '../../../src/code/object-store.ts'
import { startS3World } from '../../support/s3-world.ts'

const OTHER = '111122223333'
const DENIED = { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }
const MISSING = { name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } }

const names = async (client: S3Client) =>
  (await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name) ?? []

test('a bucket is made, described, and deleted when it is empty', async ({ expect }) => {
  await using it = await startS3World()
  const Bucket = 'a-bucket'
  expect(await it.client.send(new CreateBucketCommand({ Bucket }))).toMatchObject({
    Location: `/${Bucket}`,
  })
  const found = await it.client.send(new ListBucketsCommand({}))
  expect(found.Buckets).toEqual([
    { Name: Bucket, CreationDate: expect.any(Date), BucketRegion: 'eu-central-1' },
  ])
  expect(await it.client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({
    BucketRegion: 'eu-central-1',
  })
  expect(await it.client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
    LocationConstraint: 'eu-central-1',
  })
  await it.client.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: 'x' }))
  const full = it.client.send(new DeleteBucketCommand({ Bucket }))
  await expect(full).rejects.toMatchObject({
    name: 'BucketNotEmpty',
    $metadata: { httpStatusCode: 409 },
  })
  await it.store.objects.remove({ bucket: Bucket, key: 'a/b' })
  await it.client.send(new DeleteBucketCommand({ Bucket }))
  expect(await names(it.client)).toEqual([])
  expect(await readdir(it.bucketsDir)).toEqual(['.catamaran'])
  const gone = it.client.send(new ListObjectsV2Command({ Bucket }))
  await expect(gone).rejects.toMatchObject(MISSING)
})

test('a name belongs to the account that took it', async ({ expect }) => {
  await using it = await startS3World()
  const other = it.clientOf(OTHER)
  const Bucket = 'first'
  await it.client.send(new CreateBucketCommand({ Bucket }))
  await it.client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))
  await expect(it.client.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketAlreadyOwnedByYou',
  })
  await expect(other.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
    name: 'BucketAlreadyExists',
  })
  const first = it.clientOf('000000000000', { region: 'us-east-1' })
  await first.send(new CreateBucketCommand({ Bucket })) // as there, and nowhere else
  const reading = other.send(new GetObjectCommand({ Bucket, Key: 'a' }))
  await expect(reading).rejects.toMatchObject(DENIED)
  await expect(other.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(DENIED)
  const writing = other.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'y' }))
  await expect(writing).rejects.toMatchObject(DENIED)
  await expect(other.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject(DENIED)
  expect(await names(other)).toEqual([])
  const ExpectedBucketOwner = OTHER
  const mistaken = it.client.send(new GetBucketLocationCommand({ Bucket, ExpectedBucketOwner }))
  await expect(mistaken).rejects.toMatchObject(DENIED)

  const objects = openObjects({ bucketsDir: it.bucketsDir, allowFiles: false })
  const code = { bucket: Bucket, key: 'a' }
  expect(await objects.resolve(code, { accountId: '000000000000' })).toMatch(/first\/a$/)
  await expect(objects.resolve(code, { accountId: OTHER })).rejects.toMatchObject({
    code: 'ERR_FORBIDDEN',
  })
})

test('a folder made by hand is a bucket that everybody reads', async ({ expect }) => {
  await using it = await startS3World()
  const other = it.clientOf(OTHER)
  await mkdir(join(it.bucketsDir, 'by-hand'), { recursive: true })
  await writeFile(join(it.bucketsDir, 'by-hand/a'), 'x')
  const read = new GetObjectCommand({ Bucket: 'by-hand', Key: 'a' })
  expect(await (await other.send(read)).Body?.transformToString()).toBe('x')
  const write = new PutObjectCommand({ Bucket: 'by-hand', Key: 'b', Body: 'y' })
  await expect(other.send(write)).rejects.toMatchObject(DENIED)
  await it.client.send(write)
  expect(await names(other)).toEqual(['by-hand'])
})

test("the CDK's own bucket is there for its account without a bootstrap", async ({ expect }) => {
  await using it = await startS3World()
  const Bucket = `cdk-hnb659fds-assets-${OTHER}-us-east-1`
  const look = new GetBucketLocationCommand({ Bucket })
  await expect(it.client.send(look)).rejects.toMatchObject(MISSING)
  await it.clientOf(OTHER).send(look)
  await expect(it.client.send(look)).rejects.toMatchObject(DENIED)
})

test('nobody takes the names under which another account deploys', async ({ expect }) => {
  await using it = await startS3World()
  for (const name of ['cdk-hnb659fds-assets', 'catamaran-image-builds']) {
    const make = new CreateBucketCommand({ Bucket: `${name}-${OTHER}-us-east-1` })
    await expect(it.client.send(make), name).rejects.toMatchObject(DENIED)
    await it.clientOf(OTHER).send(make)
  }
  const foreign = { region: 'us-east-1', accountId: '000000000000' }
  const bootstrap = `cdk-other-assets-${OTHER}-us-east-1`
  await expect(it.store.buckets.create(foreign, bootstrap)).rejects.toMatchObject({
    code: 'ERR_FORBIDDEN',
  })
})

test('names that no bucket can have are refused', async ({ expect }) => {
  await using it = await startS3World()
  for (const Bucket of ['ab', 'Upper', 'under_score', 'double..dot', '-begin']) {
    const made = it.client.send(new CreateBucketCommand({ Bucket }))
    await expect(made, Bucket).rejects.toMatchObject({ name: 'InvalidBucketName' })
  }
})

test('tags and a policy are kept', async ({ expect }) => {
  await using it = await startS3World()
  const Bucket = 'described'
  await it.client.send(new CreateBucketCommand({ Bucket }))
  const send = it.client.send.bind(it.client)
  await expect(send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchTagSet',
  })
  const TagSet = [
    { Key: 'aws-cdk:auto-delete-objects', Value: 'true' },
    { Key: 'a', Value: '' },
  ]
  await send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
  expect((await send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet)
  await send(new DeleteBucketTaggingCommand({ Bucket }))
  await expect(send(new GetBucketTaggingCommand({ Bucket }))).rejects.toThrow()

  const policy = new GetBucketPolicyCommand({ Bucket })
  await expect(send(policy)).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' })
  const Policy = '{"Version":"2012-10-17","Statement":[]}'
  await send(new PutBucketPolicyCommand({ Bucket, Policy }))
  expect((await send(policy)).Policy).toBe(Policy)
  const broken = send(new PutBucketPolicyCommand({ Bucket, Policy: 'no policy' }))
  await expect(broken).rejects.toMatchObject({ name: 'MalformedPolicy' })
  await send(new DeleteBucketPolicyCommand({ Bucket }))
  await expect(send(policy)).rejects.toThrow()
})

test('what a bucket is not configured with is said, and cannot be configured', async ({
  expect,
}) => {
  await using it = await startS3World()
  const Bucket = 'plain'
  await it.client.send(new CreateBucketCommand({ Bucket }))
  await expect(it.client.send(new GetBucketEncryptionCommand({ Bucket }))).rejects.toMatchObject({
    name: 'ServerSideEncryptionConfigurationNotFoundError',
  })
  const versioning = await it.client.send(new GetBucketVersioningCommand({ Bucket }))
  expect(versioning.Status).toBeUndefined()
  const access = await it.client.send(new GetPublicAccessBlockCommand({ Bucket }))
  expect(access.PublicAccessBlockConfiguration).toMatchObject({ BlockPublicAcls: true })
  const acl = await it.client.send(new GetBucketAclCommand({ Bucket }))
  expect(acl.Grants).toMatchObject([
    { Grantee: { ID: acl.Owner?.ID, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' },
  ])
  for (const command of [
    new PutBucketVersioningCommand({
      Bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
    new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [] } }),
  ]) {
    await expect(it.client.send(command as PutBucketCorsCommand)).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    })
  }
})
