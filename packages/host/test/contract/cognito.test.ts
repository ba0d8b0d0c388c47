// Amazon Cognito user pools, as the AWS SDK sees them (cognito-idp 2016-04-18).
import { createHmac } from 'node:crypto'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { test } from 'vitest'
import { openStore } from '../../src/store/store.ts'
import { startCognito } from '../support/cognito-world.ts'

const TOOLS = {
  Identifier: 'tools',
  Name: 'Tools',
  Scopes: [{ ScopeName: 'read', ScopeDescription: 'Look' }],
}
const MACHINE = {
  GenerateSecret: true,
  AllowedOAuthFlows: ['client_credentials' as const],
  AllowedOAuthScopes: ['tools/read'],
  AllowedOAuthFlowsUserPoolClient: true,
}
const PASSWORD = 'Lovelace-1815'

const invalid = (message: unknown) => ({ name: 'InvalidParameterException', message })
const status400 = { $metadata: { httpStatusCode: 400 } }

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

test('resource servers come, change and go', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const create = (change: object = {}) =>
    cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS, ...change }))
  const { ResourceServer } = await create()
  expect(ResourceServer).toEqual({ UserPoolId, ...TOOLS })
  await expect(create()).rejects.toMatchObject(
    invalid(`tools already exists in user pool ${UserPoolId}.`),
  )
  await expect(create({ Identifier: 'a b' })).rejects.toMatchObject(
    invalid(expect.stringContaining('1 validation error detected')),
  )
  for (const Identifier of ['b', 'c', 'd']) await create({ Identifier })
  const pages: number[] = []
  const paginated = sdk.paginateListResourceServers(
    { client: cognito, pageSize: 3 },
    { UserPoolId, MaxResults: 3 },
  )
  for await (const page of paginated) pages.push(page.ResourceServers?.length ?? 0)
  expect(pages).toEqual([3, 1])
  const changed = { UserPoolId, Identifier: 'tools', Name: 'More', Scopes: [] }
  await cognito.send(new sdk.UpdateResourceServerCommand(changed))
  const named = { UserPoolId, Identifier: 'tools' }
  const described = await cognito.send(new sdk.DescribeResourceServerCommand(named))
  expect(described.ResourceServer).toEqual(changed)
  await cognito.send(new sdk.DeleteResourceServerCommand(named))
  await expect(cognito.send(new sdk.DescribeResourceServerCommand(named))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    ...status400,
  })
})

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

test('people are made, found, changed and removed', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const create = (Username: string, more: Partial<sdk.AdminCreateUserCommandInput> = {}) =>
    cognito.send(new sdk.AdminCreateUserCommand({ UserPoolId, Username, ...more }))
  const { User } = await create('ada', {
    UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
  })
  expect(User).toEqual({
    Username: 'ada',
    Attributes: [
      { Name: 'sub', Value: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { Name: 'email', Value: 'ada@example.com' },
    ],
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    UserCreateDate: expect.any(Date),
    UserLastModifiedDate: expect.any(Date),
  })
  await expect(create('ada')).rejects.toMatchObject({
    name: 'UsernameExistsException',
    message: 'User account already exists',
    ...status400,
  })
  const bad = create('bob', { UserAttributes: [{ Name: 'custom:team', Value: 'x' }] })
  await expect(bad).rejects.toMatchObject(
    invalid(
      'Attributes did not conform to the schema: custom:team: Attribute does not exist in the schema.',
    ),
  )
  await expect(create('bob', { TemporaryPassword: 'short' })).rejects.toMatchObject({
    name: 'InvalidPasswordException',
    message: 'Password did not conform with policy: Password not long enough',
    ...status400,
  })
  await expect(create('ada', { MessageAction: 'RESEND' })).rejects.toMatchObject(
    invalid(expect.stringContaining('RESEND')),
  )
  const named = { UserPoolId, Username: 'ada' }
  const set = (Password: string) =>
    cognito.send(new sdk.AdminSetUserPasswordCommand({ ...named, Password, Permanent: true }))
  await expect(set('alllowercase-1')).rejects.toMatchObject({ name: 'InvalidPasswordException' })
  await set(PASSWORD)
  const get = () => cognito.send(new sdk.AdminGetUserCommand(named))
  expect(await get()).toMatchObject({ Username: 'ada', UserStatus: 'CONFIRMED', Enabled: true })
  const changes = [
    { Name: 'name', Value: 'Ada' },
    { Name: 'email', Value: '' },
  ]
  const update = { ...named, UserAttributes: changes }
  await cognito.send(new sdk.AdminUpdateUserAttributesCommand(update))
  await cognito.send(new sdk.AdminDisableUserCommand(named))
  const disabled = await get()
  expect(disabled.Enabled).toBe(false)
  expect(disabled.UserAttributes?.slice(1)).toEqual([{ Name: 'name', Value: 'Ada' }])
  await cognito.send(new sdk.AdminEnableUserCommand(named))
  for (const name of ['amy', 'bob']) await create(name)
  const list = (more: Partial<sdk.ListUsersCommandInput> = {}) =>
    cognito.send(new sdk.ListUsersCommand({ UserPoolId, ...more }))
  const names = async (Filter: string) =>
    (await list({ Filter })).Users?.map(({ Username }) => Username)
  expect(await names('username ^= "a"')).toEqual(['ada', 'amy'])
  expect(await names('name = "Ada"')).toEqual(['ada'])
  await expect(list({ Filter: 'name like x' })).rejects.toMatchObject(
    invalid('Error while parsing filter.'),
  )
  const pages: number[] = []
  for await (const page of sdk.paginateListUsers(
    { client: cognito, pageSize: 2 },
    { UserPoolId },
  )) {
    pages.push(page.Users?.length ?? 0)
  }
  expect(pages).toEqual([2, 1])
  await cognito.send(new sdk.AdminDeleteUserCommand(named))
  await expect(get()).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
    ...status400,
  })
})

test('where people sign in with an address, it is an attribute and taken once', async ({
  expect,
}) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool({ UsernameAttributes: ['email'] })
  const create = (Username: string) =>
    cognito.send(new sdk.AdminCreateUserCommand({ UserPoolId, Username }))
  const { User } = await create('ada@example.com')
  expect(User?.Username).toMatch(/^[0-9a-f-]{36}$/)
  const named = { UserPoolId, Username: 'ada@example.com' }
  expect(await cognito.send(new sdk.AdminGetUserCommand(named))).toMatchObject({
    Username: User?.Username,
    UserAttributes: expect.arrayContaining([{ Name: 'email', Value: 'ada@example.com' }]),
  })
  await expect(create('ada@example.com')).rejects.toMatchObject({ name: 'UsernameExistsException' })
  await expect(create('ada')).rejects.toMatchObject(invalid('Username should be an email.'))
})

test('a password gives tokens, and wrong ones give less and less', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const flows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const
  const { ClientId } = await world.createClient(UserPoolId, { ExplicitAuthFlows: [...flows] })
  const named = { UserPoolId, Username: 'ada' }
  await cognito.send(new sdk.AdminCreateUserCommand(named))
  const password = { ...named, Password: PASSWORD, Permanent: true }
  await cognito.send(new sdk.AdminSetUserPasswordCommand(password))
  const initiate = (AuthFlow: sdk.AuthFlowType, AuthParameters: Record<string, string>) =>
    cognito.send(new sdk.InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }))
  const signIn = (PASSWORD: string, USERNAME = 'ada') =>
    initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD })

  const { AuthenticationResult: result } = await signIn(PASSWORD)
  expect(result).toMatchObject({ ExpiresIn: 3_600, TokenType: 'Bearer' })
  expect(decodeJwt(result?.AccessToken ?? '')).toMatchObject({
    client_id: ClientId,
    username: 'ada',
    scope: 'aws.cognito.signin.user.admin',
    token_use: 'access',
  })
  expect(decodeJwt(result?.IdToken ?? '')).toMatchObject({ aud: ClientId, token_use: 'id' })
  const refresh = { REFRESH_TOKEN: result?.RefreshToken ?? '' }
  const again = (await initiate('REFRESH_TOKEN_AUTH', refresh)).AuthenticationResult
  expect(again?.AccessToken).toBeTruthy()
  expect(again?.RefreshToken).toBeUndefined()
  await expect(initiate('REFRESH_TOKEN', { REFRESH_TOKEN: 'x' })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Invalid Refresh Token',
    ...status400,
  })

  await expect(signIn(PASSWORD, 'nobody')).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  })
  await expect(initiate('USER_PASSWORD_AUTH', { USERNAME: 'ada' })).rejects.toMatchObject(
    invalid('Missing required parameter PASSWORD'),
  )
  await expect(initiate('USER_SRP_AUTH', {})).rejects.toMatchObject(
    invalid('USER_SRP_AUTH is not served here'),
  )
  await expect(initiate('ADMIN_USER_PASSWORD_AUTH', {})).rejects.toMatchObject(
    invalid('Initiate Auth method not supported.'),
  )
  const wrong = async () => signIn('wrong').catch((error: Error) => error.message)
  for (let attempt = 0; attempt < 5; attempt++) {
    expect(await wrong()).toBe('Incorrect username or password.')
  }
  expect(await wrong()).toBe('Password attempts exceeded')
  await expect(signIn(PASSWORD)).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  world.clock.offset += 1_001
  await expect(signIn(PASSWORD)).resolves.toBeTruthy()
  await cognito.send(new sdk.AdminDisableUserCommand(named))
  await expect(signIn(PASSWORD)).rejects.toMatchObject({ message: 'User is disabled.' })
  const unknown = new sdk.InitiateAuthCommand({
    ClientId: 'unknown',
    AuthFlow: 'USER_PASSWORD_AUTH',
  })
  await expect(cognito.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a client with a secret proves it, and hides who there is', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const { ClientId, ClientSecret = '' } = await world.createClient(UserPoolId, {
    GenerateSecret: true,
    PreventUserExistenceErrors: 'ENABLED',
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })
  const named = { UserPoolId, Username: 'ada' }
  await cognito.send(new sdk.AdminCreateUserCommand(named))
  const password = { ...named, Password: PASSWORD, Permanent: true }
  await cognito.send(new sdk.AdminSetUserPasswordCommand(password))
  const hash = (username: string) =>
    createHmac('sha256', ClientSecret).update(`${username}${ClientId}`).digest('base64')
  const initiate = (
    AuthParameters: Record<string, string>,
    AuthFlow: sdk.AuthFlowType = 'ADMIN_USER_PASSWORD_AUTH',
  ) =>
    cognito.send(
      new sdk.AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow, AuthParameters }),
    )
  const ada = { USERNAME: 'ada', PASSWORD }
  await expect(initiate(ada)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  })
  await expect(initiate({ ...ada, SECRET_HASH: hash('bob') })).rejects.toMatchObject({
    message: `Unable to verify secret hash for client ${ClientId}`,
  })
  const { AuthenticationResult } = await initiate({ ...ada, SECRET_HASH: hash('ada') })
  expect(AuthenticationResult?.AccessToken).toBeTruthy()
  const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? ''
  const refreshed = await initiate(
    { REFRESH_TOKEN, SECRET_HASH: hash('ada') },
    'REFRESH_TOKEN_AUTH',
  )
  expect(refreshed.AuthenticationResult?.IdToken).toBeTruthy()
  const nobody = { USERNAME: 'nobody', PASSWORD, SECRET_HASH: hash('nobody') }
  await expect(initiate(nobody)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  })
  await expect(initiate(ada, 'USER_PASSWORD_AUTH')).rejects.toMatchObject(
    invalid('Auth flow not enabled for this client'),
  )
})

test('a temporary password leads to a new one', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const flows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const
  const { ClientId } = await world.createClient(UserPoolId, { ExplicitAuthFlows: [...flows] })
  const TemporaryPassword = 'Temporary-1'
  const ada = { UserPoolId, Username: 'ada', TemporaryPassword }
  await cognito.send(new sdk.AdminCreateUserCommand(ada))
  const signIn = (PASSWORD: string) =>
    cognito.send(
      new sdk.InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD },
      }),
    )
  const { ChallengeName, Session, AuthenticationResult } = await signIn(TemporaryPassword)
  expect([ChallengeName, AuthenticationResult]).toEqual(['NEW_PASSWORD_REQUIRED', undefined])
  const answer = (NEW_PASSWORD: string, USERNAME = 'ada') =>
    cognito.send(
      new sdk.RespondToAuthChallengeCommand({
        ClientId,
        Session,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME, NEW_PASSWORD },
      }),
    )
  await expect(answer('short')).rejects.toMatchObject({ name: 'InvalidPasswordException' })
  await expect(answer(PASSWORD, 'bob')).rejects.toMatchObject({ name: 'NotAuthorizedException' })
  expect((await answer(PASSWORD)).AuthenticationResult?.AccessToken).toBeTruthy()
  await expect(answer(PASSWORD)).rejects.toMatchObject({
    message: 'Invalid session for the user, session is expired.',
  })
  expect((await signIn(PASSWORD)).AuthenticationResult?.AccessToken).toBeTruthy()
  const late = { UserPoolId, Username: 'bob', TemporaryPassword }
  await cognito.send(new sdk.AdminCreateUserCommand(late))
  world.clock.offset += 8 * 86_400_000
  const bob = { USERNAME: 'bob', PASSWORD: TemporaryPassword }
  const expired = { ClientId, AuthFlow: 'USER_PASSWORD_AUTH' as const, AuthParameters: bob }
  await expect(cognito.send(new sdk.InitiateAuthCommand(expired))).rejects.toMatchObject({
    message: 'Temporary password has expired and must be reset by an administrator.',
  })
})

test('GetClientToken gives a machine its token without a form', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  await cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS }))
  const { ClientId, ClientSecret } = await world.createClient(UserPoolId, {
    GenerateSecret: true,
    AllowedOAuthScopes: ['tools/read'],
    ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as never], // newer than the SDK's types,
  })
  const ask = (more: Partial<sdk.GetClientTokenCommandInput> = {}) =>
    cognito.send(new sdk.GetClientTokenCommand({ ClientId, Secret: ClientSecret, ...more }))
  const { ClientAuthenticationResult: result } = await ask()
  expect(result).toMatchObject({ ExpiresIn: 3_600, TokenType: 'Bearer' })
  expect(decodeJwt(result?.AccessToken ?? '')).toMatchObject({
    sub: ClientId,
    scope: 'tools/read',
    token_use: 'access',
  })
  await expect(ask({ Secret: 'a'.repeat(24) })).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    ...status400,
  })
  await expect(ask({ Scopes: ['tools/none'] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
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

test('after a restart everything is there, and no secret stands in the rows', async ({
  expect,
}) => {
  await using store = openStore(':memory:')
  const before = await startCognito({ store })
  const UserPoolId = await before.createPool()
  await before.cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS }))
  const { ClientId, ClientSecret = '' } = await before.createClient(UserPoolId, {
    ...MACHINE,
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  })
  const ada = { UserPoolId, Username: 'ada' }
  await before.cognito.send(new sdk.AdminCreateUserCommand(ada))
  const password = { ...ada, Password: PASSWORD, Permanent: true }
  await before.cognito.send(new sdk.AdminSetUserPasswordCommand(password))
  const SECRET_HASH = createHmac('sha256', ClientSecret).update(`ada${ClientId}`).digest('base64')
  const signIn = {
    UserPoolId,
    ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const,
    AuthParameters: { USERNAME: 'ada', PASSWORD, SECRET_HASH },
  }
  const { AuthenticationResult } = await before.cognito.send(
    new sdk.AdminInitiateAuthCommand(signIn),
  )
  const kinds = ['client', 'user', 'refresh-token'].map((kind) => `issuer/${UserPoolId}/${kind}`)
  const rows = JSON.stringify(
    await Promise.all([...kinds, 'issuer-keys', 'user-pool'].map((kind) => store.list(kind))),
  )
  expect(rows).toContain(ClientId)
  const refreshToken = AuthenticationResult?.RefreshToken?.split('.')[1] ?? ''
  for (const secret of [ClientSecret, PASSWORD, refreshToken]) {
    expect(secret.length).toBeGreaterThan(10)
    expect(rows).not.toContain(secret)
  }
  await before[Symbol.asyncDispose]()
  await using after = await startCognito({ store })
  const { UserPoolClient } = await after.cognito.send(
    new sdk.DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
  )
  expect(UserPoolClient?.ClientSecret).toBe(ClientSecret)
  await expect(after.cognito.send(new sdk.AdminInitiateAuthCommand(signIn))).resolves.toBeTruthy()
  expect(after.unexpected).toEqual([])
})
