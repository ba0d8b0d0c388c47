// Cognito user pools, as the AWS SDK sees them (cognito-idp 2016-04-18).
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { invalid, status400 } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

test('a pool is created, described, listed, changed and deleted', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const created = await cognito.send(
    new sdk.CreateUserPoolCommand({
      PoolName: 'shop',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireNumbers: true } },
      Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }],
      EmailVerificationSubject: 'Hello',
      UserPoolTags: { owner: 'ada' },
    }),
  )
  const Id = created.UserPool?.Id ?? ''
  expect(Id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/)
  const { UserPool: pool } = await cognito.send(new sdk.DescribeUserPoolCommand({ UserPoolId: Id }))
  expect(pool).toEqual(created.UserPool)
  expect(pool).toMatchObject({
    Name: 'shop',
    Arn: `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${Id}`,
    Policies: { PasswordPolicy: { MinimumLength: 12, RequireUppercase: false } },
    MfaConfiguration: 'OFF',
    DeletionProtection: 'INACTIVE',
    EstimatedNumberOfUsers: 0,
    EmailVerificationSubject: 'Hello',
    UserPoolTags: { owner: 'ada' },
    CreationDate: expect.any(Date),
  })
  expect(pool?.SchemaAttributes?.map(({ Name }) => Name)).toEqual(
    expect.arrayContaining(['sub', 'email', 'custom:team']),
  )
  const update = { UserPoolId: Id, PoolName: 'store', DeletionProtection: 'ACTIVE' } as const
  await cognito.send(new sdk.UpdateUserPoolCommand(update))
  const changed = await cognito.send(new sdk.DescribeUserPoolCommand({ UserPoolId: Id }))
  expect(changed.UserPool).toMatchObject({
    Name: 'store',
    DeletionProtection: 'ACTIVE',
    UserPoolTags: { owner: 'ada' },
    // What an update leaves out is as in a new pool; what cannot be changed stays.
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
    SchemaAttributes: pool?.SchemaAttributes,
  })
  expect(changed.UserPool?.EmailVerificationSubject).toBeUndefined()
  const remove = () => cognito.send(new sdk.DeleteUserPoolCommand({ UserPoolId: Id }))
  await expect(remove()).rejects.toMatchObject(
    invalid(expect.stringContaining('deletion protection is activated')),
  )
  await cognito.send(new sdk.UpdateUserPoolCommand({ UserPoolId: Id }))
  const domain = { UserPoolId: Id, Domain: 'shop-of-ada' }
  await cognito.send(new sdk.CreateUserPoolDomainCommand(domain))
  await expect(remove()).rejects.toMatchObject(
    invalid(
      'User pool cannot be deleted. It has a domain configured that should be deleted first.',
    ),
  )
  await cognito.send(new sdk.DeleteUserPoolDomainCommand(domain))
  await remove()
  await expect(remove()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `User pool ${Id} does not exist.`,
    ...status400,
  })
})

test('pools are listed page by page, each account and Region its own', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito, clientIn } = world
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const PoolName of names) await world.createPool({ PoolName })
  const found: (string | undefined)[] = []
  for await (const page of sdk.paginateListUserPools(
    { client: cognito, pageSize: 2 },
    {} as never,
  )) {
    found.push(...(page.UserPools ?? []).map(({ Name }) => Name))
  }
  expect(found.map(String).toSorted((left, right) => left.localeCompare(right))).toEqual(names)
  const frankfurt = clientIn('eu-central-1')
  const list = await frankfurt.send(new sdk.ListUserPoolsCommand({ MaxResults: 60 }))
  expect(list.UserPools).toEqual([])
  const UserPoolId = await world.createPool()
  await expect(
    frankfurt.send(new sdk.DescribeUserPoolCommand({ UserPoolId })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const forged = new sdk.ListUserPoolsCommand({ MaxResults: 2, NextToken: 'forged' })
  await expect(cognito.send(forged)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test.for<[what: string, input: Partial<sdk.CreateUserPoolCommandInput>]>([
  [
    'LambdaConfig.PreSignUp',
    { LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:1:function:f' } },
  ],
  ['MfaConfiguration', { MfaConfiguration: 'ON' }],
  ['UserPoolAddOns', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }],
  ['KeyConfiguration', { KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY' } }],
  ['PasswordHistorySize', { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } }],
  ['1 validation error detected', { PoolName: '' }],
  ['1 validation error detected', { PoolName: 'no/slash' }],
])('a pool with %s is refused', async ([what, input], { expect }) => {
  await using world = await startCognito()
  await expect(world.createPool(input)).rejects.toMatchObject({
    ...invalid(expect.stringContaining(what)),
    ...status400,
  })
})

test('pools have tags', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const Id = await world.createPool({ UserPoolTags: { a: '1' } })
  const ResourceArn = `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${Id}`
  await cognito.send(new sdk.TagResourceCommand({ ResourceArn, Tags: { b: '2' } }))
  await cognito.send(new sdk.UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }))
  const { Tags } = await cognito.send(new sdk.ListTagsForResourceCommand({ ResourceArn }))
  expect(Tags).toEqual({ b: '2' })
  const other = `${ResourceArn}x`
  await expect(
    cognito.send(new sdk.ListTagsForResourceCommand({ ResourceArn: other })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', ...status400 })
})
