// App clients of Cognito user pools and their secrets.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { MACHINE, TOOLS, status400 } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

test('a client shows its secret when it is described, and not in lists', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  await cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS }))
  const created = await world.createClient(UserPoolId, {
    ...MACHINE,
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
  })
  const { ClientId } = created
  const describe = async () => {
    const command = new sdk.DescribeUserPoolClientCommand({ UserPoolId, ClientId })
    return (await cognito.send(command)).UserPoolClient
  }
  expect(await describe()).toEqual(created)
  expect(created).toEqual({
    UserPoolId,
    ClientId: expect.stringMatching(/^[a-z0-9]{26}$/),
    ClientName: 'app',
    ClientSecret: expect.stringMatching(/^[a-z0-9]{51}$/),
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthScopes: ['tools/read'],
    AllowedOAuthFlowsUserPoolClient: true,
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
    RefreshTokenValidity: 30,
    AuthSessionValidity: 3,
    EnableTokenRevocation: true,
    EnablePropagateAdditionalUserContextData: false,
    PreventUserExistenceErrors: 'LEGACY',
    CreationDate: expect.any(Date),
    LastModifiedDate: expect.any(Date),
  })
  const list = await cognito.send(new sdk.ListUserPoolClientsCommand({ UserPoolId }))
  expect(list.UserPoolClients).toEqual([{ UserPoolId, ClientId, ClientName: 'app' }])
  await cognito.send(
    new sdk.UpdateUserPoolClientCommand({ UserPoolId, ClientId, ReadAttributes: ['email'] }),
  )
  const changed = await describe()
  expect(changed).toMatchObject({
    ClientName: 'app',
    ClientSecret: created.ClientSecret,
    AllowedOAuthFlowsUserPoolClient: false,
    ReadAttributes: ['email'],
  })
  expect(changed?.AllowedOAuthFlows).toBeUndefined()
  const named = { UserPoolId, ClientId }
  await cognito.send(new sdk.DeleteUserPoolClientCommand(named))
  await expect(cognito.send(new sdk.DeleteUserPoolClientCommand(named))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `User pool client ${ClientId} does not exist.`,
    ...status400,
  })
})

test.for<[name: string, input: Partial<sdk.CreateUserPoolClientCommandInput>]>([
  ['ScopeDoesNotExistException', { ...MACHINE, AllowedOAuthScopes: ['tools/none'] }],
  ['ScopeDoesNotExistException', { ...MACHINE, AllowedOAuthScopes: ['openid'] }],
  ['InvalidOAuthFlowException', { ...MACHINE, GenerateSecret: false }],
  ['InvalidOAuthFlowException', { ...MACHINE, AllowedOAuthFlows: ['client_credentials', 'code'] }],
  ['InvalidOAuthFlowException', { ...MACHINE, AllowedOAuthFlows: ['code'] }],
  ['InvalidParameterException', { ...MACHINE, AllowedOAuthScopes: [] }],
  ['InvalidParameterException', { ...MACHINE, ClientSecret: 'a'.repeat(24) }],
  ['InvalidParameterException', { ClientSecret: 'too short' }],
  ['InvalidParameterException', { ClientName: 'a/b' }],
  ['InvalidParameterException', { AccessTokenValidity: 25 }],
  ['InvalidParameterException', { CallbackURLs: ['http://app.example/'] }],
  ['InvalidParameterException', { CallbackURLs: ['https://app.example/#part'] }],
  ['InvalidParameterException', { DefaultRedirectURI: 'https://app.example/' }],
  ['InvalidParameterException', { SupportedIdentityProviders: ['Google'] }],
  [
    'InvalidParameterException',
    { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
  ],
  ['ResourceNotFoundException', { UserPoolId: 'us-east-1_000000000' }],
])('%s: %j', async ([name, input], { expect }) => {
  await using world = await startCognito()
  const UserPoolId = await world.createPool()
  await world.cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS }))
  await expect(world.createClient(UserPoolId, input)).rejects.toMatchObject({ name, ...status400 })
  expect(world.unexpected).toEqual([])
})

test('secrets are replaced without a pause', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const { ClientId, ClientSecret } = await world.createClient(UserPoolId, { GenerateSecret: true })
  const named = { UserPoolId, ClientId }
  const list = async () =>
    (await cognito.send(new sdk.ListUserPoolClientSecretsCommand(named))).ClientSecrets ?? []
  const [first] = await list()
  expect(first).toEqual({
    ClientSecretId: expect.stringMatching(new RegExp(`^${ClientId}--\\d+$`)),
    ClientSecretCreateDate: expect.any(Date),
  })
  const add = (more: { ClientSecret?: string } = {}) =>
    cognito.send(new sdk.AddUserPoolClientSecretCommand({ ...named, ...more }))
  const { ClientSecretDescriptor: second } = await add()
  const newest = await cognito.send(new sdk.DescribeUserPoolClientCommand(named))
  expect(newest.UserPoolClient?.ClientSecret).toBe(second?.ClientSecretValue)
  const { clients } = await world.userPools.open(UserPoolId)
  for (const secret of [ClientSecret, second?.ClientSecretValue]) {
    expect(clients.authenticate(ClientId, secret)).toMatchObject({ clientId: ClientId })
  }
  await expect(add()).rejects.toMatchObject({ name: 'LimitExceededException', ...status400 })
  const remove = (id = '') =>
    cognito.send(new sdk.DeleteUserPoolClientSecretCommand({ ...named, ClientSecretId: id }))
  await remove(first?.ClientSecretId)
  expect(clients.authenticate(ClientId, ClientSecret)).toBe('wrong secret')
  await expect(remove(first?.ClientSecretId)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(remove(second?.ClientSecretId)).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  const own = await add({ ClientSecret: 'own'.repeat(10) })
  expect(own.ClientSecretDescriptor?.ClientSecretValue).toBeUndefined()
  const open = await world.createClient(UserPoolId)
  await expect(
    cognito.send(new sdk.AddUserPoolClientSecretCommand({ UserPoolId, ClientId: open.ClientId })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' })
})
