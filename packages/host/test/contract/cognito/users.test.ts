// The people of a Cognito user pool.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { PASSWORD, invalid, status400 } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

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
