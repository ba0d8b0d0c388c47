// Parameter Store through the AWS SDK.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm'
import { test } from 'vitest'
import { startAwsHost } from '../support/aws-host.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ARN = 'arn:aws:ssm:us-east-1:000000000000:parameter'

async function put(ssm: SSMClient, Name: string, Value: string, more: object = {}) {
  return ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', ...more }))
}

test('a parameter has versions, and may be named by its ARN', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ssm } = host.clients()
  const get = async (Name: string) =>
    (await ssm.send(new GetParameterCommand({ Name }))).Parameter ?? {}
  expect(await put(ssm, '/shop/region', 'north', { Description: 'Where' })).toMatchObject({
    Version: 1,
    Tier: 'Standard',
  })
  expect(await put(ssm, '/shop/region', 'south', { Overwrite: true })).toMatchObject({ Version: 2 })
  expect(await get('/shop/region')).toEqual({
    Name: '/shop/region',
    Type: 'String',
    Value: 'south',
    Version: 2,
    LastModifiedDate: expect.any(Date),
    ARN: `${ARN}/shop/region`,
    DataType: 'text',
  })
  expect(await get('/shop/region:1')).toMatchObject({ Value: 'north', Selector: ':1' })
  expect(await get(`${ARN}/shop/region`)).toMatchObject({ Value: 'south' })
  await put(ssm, 'plain', 'a,b', { Type: 'StringList' })
  expect(await get(`${ARN}/plain`)).toMatchObject({ Name: 'plain', Type: 'StringList' })
  await expect(get('/shop/region:3')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  await ssm.send(new DeleteParameterCommand({ Name: '/shop/region' }))
  await expect(get('/shop/region')).rejects.toMatchObject({
    name: 'ParameterNotFound',
    $metadata: { httpStatusCode: 400 },
  })
})

test('a parameter of another account or Region is not there', async ({ expect }) => {
  await using host = await startAwsHost()
  await put(host.clients().ssm, 'mine', 'a')
  for (const who of [{ accountId: '111122223333' }, { region: 'eu-west-1' }]) {
    const { ssm } = host.clients(who)
    for (const Name of ['mine', `${ARN}/mine`]) {
      await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
        name: 'ParameterNotFound',
      })
    }
  }
})

test('a SecureString is shown to those who ask for it to be decrypted', async ({ expect }) => {
  await using folder = await temporaryFolder()
  const secret = 'hunter2hunter2'
  {
    await using host = await startAwsHost({ dataDir: folder.path })
    const { ssm } = host.clients()
    await put(ssm, '/shop/key', secret, { Type: 'SecureString' })
    await put(ssm, '/shop/plain', `${secret}-plain`)
  }
  await using host = await startAwsHost({ dataDir: folder.path })
  const { ssm } = host.clients()
  const get = async (WithDecryption: boolean) => {
    const command = new GetParametersCommand({ Names: ['/shop/key', 'none'], WithDecryption })
    const { Parameters = [], InvalidParameters } = await ssm.send(command)
    expect(InvalidParameters).toEqual(['none'])
    return Parameters[0]?.Value
  }
  expect(await get(true)).toBe(secret)
  expect(await get(false)).not.toContain(secret)
  for (const file of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = await readFile(join(file.parentPath, file.name))
    expect(bytes.includes(secret), file.name).toBe(false)
  }
})

test('parameters are listed by path and by filters', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ssm } = host.clients()
  for (const name of ['/shop/a', '/shop/b/c', '/shopping', 'plain']) await put(ssm, name, '1')
  await put(ssm, '/shop/secret', 'x', {
    Type: 'SecureString',
    Tags: [{ Key: 'team', Value: 'blue' }],
  })
  const below = async (Path: string, Recursive = false) => {
    const command = new GetParametersByPathCommand({ Path, Recursive, WithDecryption: true })
    return (await ssm.send(command)).Parameters?.map(({ Name }) => Name)
  }
  expect(await below('/shop')).toEqual(['/shop/a', '/shop/secret'])
  expect(await below('/shop/', true)).toEqual(['/shop/a', '/shop/b/c', '/shop/secret'])
  expect(await below('/')).toEqual(['/shopping', 'plain'])
  const filtered = async (filter: object) => {
    const ParameterFilters = [{ Key: 'Name', ...filter }]
    const answer = await ssm.send(new DescribeParametersCommand({ ParameterFilters }))
    return answer.Parameters?.map(({ Name }) => Name)
  }
  expect(await filtered({ Option: 'BeginsWith', Values: ['/shop'] })).toHaveLength(4)
  expect(await filtered({ Option: 'Contains', Values: ['ppi'] })).toEqual(['/shopping'])
  expect(await filtered({ Key: 'Type', Values: ['SecureString'] })).toEqual(['/shop/secret'])
  expect(await filtered({ Key: 'tag:team', Values: ['blue'] })).toEqual(['/shop/secret'])
  expect(await filtered({ Key: 'Path', Option: 'OneLevel', Values: ['/shop/b'] })).toEqual([
    '/shop/b/c',
  ])
  await expect(filtered({ Key: 'Label', Values: ['a'] })).rejects.toMatchObject({
    name: 'InvalidFilterKey',
  })
  await expect(filtered({ Option: 'Like', Values: ['a'] })).rejects.toMatchObject({
    name: 'InvalidFilterOption',
  })
  await expect(
    filtered({ Key: 'Path', Option: 'OneLevel', Values: ['shop'] }),
  ).rejects.toMatchObject({ name: 'InvalidFilterValue' })
  await expect(below('shop')).rejects.toMatchObject({ name: 'ValidationException' })
  const answer = await ssm.send(new DeleteParametersCommand({ Names: ['/shop/a', 'none'] }))
  expect(answer).toMatchObject({ DeletedParameters: ['/shop/a'], InvalidParameters: ['none'] })
})

test('tags come with a new parameter and change on their own', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ssm } = host.clients()
  const resource = { ResourceType: 'Parameter', ResourceId: 'tagged' } as const
  await put(ssm, 'tagged', 'a', { Tags: [{ Key: 'a', Value: '1' }] })
  const Tags = [{ Key: 'b', Value: '2' }]
  await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags }))
  await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['a'] }))
  const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource))
  expect(TagList).toEqual(Tags)
})

test('what is refused says why', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ssm } = host.clients()
  await put(ssm, 'taken', 'a', { AllowedPattern: '[a-z]+' })
  const refused = async (input: object) =>
    ssm.send(new PutParameterCommand({ Name: 'new', Value: 'a', Type: 'String', ...input })).then(
      () => 'accepted',
      ({ name, message }: Error) => `${name}: ${message}`,
    )
  const overwrite = { Name: 'taken', Overwrite: true }
  expect(await refused({ Name: 'taken' })).toMatch(/^ParameterAlreadyExists: The parameter/)
  expect(await refused({ Type: undefined })).toMatch(/^ValidationException: A parameter type is/)
  expect(await refused({ ...overwrite, Type: 'SecureString' })).toMatch(/^HierarchyTypeMismatch/)
  expect(await refused({ ...overwrite, Tags: [{ Key: 'a', Value: 'b' }] })).toMatch(
    /^ValidationException: Invalid request: tags and overwrite/,
  )
  expect(await refused({ ...overwrite, Value: '1', AllowedPattern: '[a-z]+' })).toMatch(
    /^ParameterPatternMismatchException/,
  )
  expect(await refused({ AllowedPattern: '[' })).toMatch(/^InvalidAllowedPatternException/)
  expect(await refused({ Name: '/aws/service/x' })).toMatch(/^AccessDeniedException: No access to/)
  expect(await refused({ Name: 'ssm-x' })).toMatch(/^ValidationException: Parameter name: can't/)
  expect(await refused({ Name: 'a/b' })).toMatch(/fully qualified name/)
  expect(await refused({ Name: '/a'.repeat(16) })).toMatch(/^HierarchyLevelLimitExceeded/)
  expect(await refused({ Value: 'x'.repeat(4_097) })).toMatch(/maximum parameter value of 4096/)
  expect(await refused({ Value: 'x'.repeat(4_097), Tier: 'Intelligent-Tiering' })).toBe('accepted')
  expect(await refused({ Type: 'SecureString', KeyId: 'alias/mine' })).toMatch(/^InvalidKeyId/)
  expect(await refused({ Policies: '[{}]' })).toMatch(/^ValidationException: Policies/)
  expect(await refused({ DataType: 'aws:ec2:image' })).toMatch(/^ValidationException: DataType/)
})

test('the version of the CDK’s bootstrap is there without one', async ({ expect }) => {
  await using host = await startAwsHost()
  const { ssm } = host.clients({ region: 'eu-west-1' })
  const Name = '/cdk-bootstrap/hnb659fds/version'
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
  expect(Number(Parameter?.Value)).toBeGreaterThanOrEqual(6)
  await put(ssm, Name, '14')
  const written = await ssm.send(new GetParameterCommand({ Name }))
  expect(written.Parameter?.Value).toBe('14')
})
