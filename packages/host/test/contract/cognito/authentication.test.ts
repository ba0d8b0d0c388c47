// How people and machines get tokens from a Cognito user pool through its API.
import { createHmac } from 'node:crypto'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { test } from 'vitest'
import { PASSWORD, TOOLS, invalid, status400 } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

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

test('a temporary password is of no use to others, and once it is over', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const { ClientId } = await world.createClient(UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  })
  const other = await world.createClient(UserPoolId)
  const ada = { UserPoolId, Username: 'ada' }
  const setPassword = (Password: string, Permanent: boolean) =>
    cognito.send(new sdk.AdminSetUserPasswordCommand({ ...ada, Password, Permanent }))
  await cognito.send(new sdk.AdminCreateUserCommand(ada))
  const answerAfter = async (happens: () => Promise<unknown>, clientId = ClientId) => {
    await setPassword('Temporary-1', false)
    const { Session } = await cognito.send(
      new sdk.InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: 'Temporary-1' },
      }),
    )
    await happens()
    return cognito.send(
      new sdk.RespondToAuthChallengeCommand({
        ClientId: clientId,
        Session,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: PASSWORD },
      }),
    )
  }
  const refused = { message: 'Invalid session for the user, session is expired.', ...status400 }
  const nothing = () => Promise.resolve()
  await expect(answerAfter(nothing, other.ClientId)).rejects.toMatchObject(refused)
  const reset = () => setPassword(PASSWORD, true)
  await expect(answerAfter(reset)).rejects.toMatchObject(refused)
  const disable = () => cognito.send(new sdk.AdminDisableUserCommand(ada))
  await expect(answerAfter(disable)).rejects.toMatchObject(refused)
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
  // One that does not exist, and one that is not among the client's own.
  for (const scope of ['tools/none', 'tools/write']) {
    await expect(ask({ Scopes: [scope] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  }
})
