// What of Cognito is there again after a restart.
import { createHmac } from 'node:crypto'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { openStore } from '../../../src/store/store.ts'
import { MACHINE, PASSWORD, TOOLS } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

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
