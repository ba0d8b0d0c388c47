// Challenges that a server answers for a person (cognito-idp 2016-04-18, AdminRespondToAuthChallenge).
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { startCognito } from '../../support/cognito-world.ts'

const TEMPORARY = 'Temporary-1815'
const PASSWORD = 'Lovelace-1815'

test('a server sets a new person’s password by answering the challenge', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const { ClientId } = await world.createClient(UserPoolId, {
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  })
  await cognito.send(
    new sdk.AdminCreateUserCommand({ UserPoolId, Username: 'ada', TemporaryPassword: TEMPORARY }),
  )
  const login = (PASSWORD_: string) =>
    cognito.send(
      new sdk.AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: PASSWORD_ },
      }),
    )
  const { ChallengeName, Session } = await login(TEMPORARY)
  expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
  const answer = (NEW_PASSWORD: string) =>
    cognito.send(
      new sdk.AdminRespondToAuthChallengeCommand({
        UserPoolId,
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD },
      }),
    )
  await expect(answer('weak')).rejects.toMatchObject({
    name: 'InvalidPasswordException',
    $metadata: { httpStatusCode: 400 },
  })
  const { AuthenticationResult } = await answer(PASSWORD)
  expect(AuthenticationResult).toMatchObject({
    TokenType: 'Bearer',
    AccessToken: expect.any(String),
    RefreshToken: expect.any(String),
  })
  expect(await login(PASSWORD)).toHaveProperty('AuthenticationResult.AccessToken')
})
