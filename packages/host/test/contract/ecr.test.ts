// Repositories of container images through the AWS SDK; images get into them with deployments.
import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetAuthorizationTokenCommand,
  ListImagesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { test } from 'vitest'
import { startAwsHost } from '../support/aws-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const repositoryName = 'team/agent'

test('a repository is made, found after a restart, and removed', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const settings = {
    imageTagMutability: 'IMMUTABLE',
    imageScanningConfiguration: { scanOnPush: true },
  } as const
  const described = {
    repositoryArn: 'arn:aws:ecr:us-east-1:000000000000:repository/team/agent',
    registryId: '000000000000',
    repositoryName,
    repositoryUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/team/agent',
    encryptionConfiguration: { encryptionType: 'AES256' },
    ...settings,
  }
  {
    await using host = await startAwsHost({ dataDir: folder.path })
    const { ecr } = host.clients()
    const { repository } = await ecr.send(
      new CreateRepositoryCommand({
        repositoryName,
        ...settings,
        tags: [{ Key: 'a', Value: '1' }],
      }),
    )
    expect(repository).toEqual({ ...described, createdAt: expect.any(Date) })
  }
  await using host = await startAwsHost({ dataDir: folder.path })
  const { ecr } = host.clients()
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}))
  expect(repositories).toEqual([{ ...described, createdAt: expect.any(Date) }])
  const resourceArn = described.repositoryArn
  await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'b', Value: '2' }] }))
  await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }))
  const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(tags).toEqual([{ Key: 'b', Value: '2' }])
  await ecr.send(new DeleteRepositoryCommand({ repositoryName }))
  await expect(
    ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] })),
  ).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
    message: `The repository with name '${repositoryName}' does not exist in the registry with id '000000000000'`,
    $metadata: { httpStatusCode: 400 },
  })
})

test('an empty repository has no images, and there is no registry to push one to', async ({
  expect,
}) => {
  await using host = await startAwsHost()
  const { ecr } = host.clients()
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  expect((await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds).toEqual([])
  const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
  expect(imageDetails).toEqual([])
  const imageIds = [{ imageTag: 'latest' }]
  await expect(
    ecr.send(new DescribeImagesCommand({ repositoryName, imageIds })),
  ).rejects.toMatchObject({ name: 'ImageNotFoundException' })
  await expect(ecr.send(new GetAuthorizationTokenCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('GetAuthorizationToken is not served by this host'),
  })
})

test('an image is the build folder that a deployment has handed over', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ecr } = host.clients()
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  // as `catamaran deploy` does it
  const Bucket = 'catamaran-image-builds-000000000000-us-east-1'
  const s3 = new S3Client({
    endpoint: host.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    forcePathStyle: true,
  })
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const tag of ['one', 'two']) {
    const Key = `${repositoryName}/${tag}.zip`
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(tag) }))
  }
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName, maxResults: 1 }))
  expect(imageIds).toEqual([
    { imageTag: 'one', imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
  ])
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'two' }] }),
  )
  expect(imageDetails).toMatchObject([
    { imageTags: ['two'], imageSizeInBytes: 3, imagePushedAt: expect.any(Date) },
  ])
  await expect(ecr.send(new DeleteRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
    name: 'RepositoryNotEmptyException',
  })
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
})
