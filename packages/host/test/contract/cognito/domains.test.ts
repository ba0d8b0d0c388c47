// Domains of Cognito user pools.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { invalid } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

test('a domain is one pool’s, in the whole Region', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const other = await world.createPool()
  const create = (Domain: string, pool = UserPoolId) =>
    cognito.send(new sdk.CreateUserPoolDomainCommand({ Domain, UserPoolId: pool }))
  const describe = async (Domain: string) => {
    const command = new sdk.DescribeUserPoolDomainCommand({ Domain })
    return (await cognito.send(command)).DomainDescription
  }
  expect(await create('shop')).toMatchObject({ ManagedLoginVersion: 1 })
  expect(await describe('shop')).toEqual({
    AWSAccountId: '111122223333',
    Domain: 'shop',
    ManagedLoginVersion: 1,
    Status: 'ACTIVE',
    UserPoolId,
  })
  expect(await describe('nothing-here')).toEqual({})
  const { UserPool } = await cognito.send(new sdk.DescribeUserPoolCommand({ UserPoolId }))
  expect(UserPool?.Domain).toBe('shop')
  await expect(create('shop', other)).rejects.toMatchObject(
    invalid('Domain already associated with another user pool.'),
  )
  await expect(create('more')).rejects.toMatchObject(
    invalid('User pool already has a domain configured.'),
  )
  await expect(create('my-cognito', other)).rejects.toMatchObject(
    invalid('Domain cannot contain reserved word: cognito'),
  )
  await expect(create('No_Good', other)).rejects.toMatchObject(
    invalid(expect.stringContaining('1 validation error detected')),
  )
  const custom = { CustomDomainConfig: { CertificateArn: `arn:aws:acm:us-east-1:1:certificate/a` } }
  const command = { Domain: 'login.example', UserPoolId: other, ...custom }
  await expect(cognito.send(new sdk.CreateUserPoolDomainCommand(command))).rejects.toThrow()
  const update = { Domain: 'shop', UserPoolId, ManagedLoginVersion: 2 }
  await cognito.send(new sdk.UpdateUserPoolDomainCommand(update))
  expect(await describe('shop')).toMatchObject({ ManagedLoginVersion: 2 })
  expect(world.userPools.findByDomain('shop', 'us-east-1')).toBe(UserPoolId)
  const remove = (pool: string) =>
    cognito.send(new sdk.DeleteUserPoolDomainCommand({ Domain: 'shop', UserPoolId: pool }))
  await expect(remove(other)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await remove(UserPoolId)
  expect(await describe('shop')).toEqual({})
})
