import {
  CompleteResourceTokenAuthCommand,
  GetResourceOauth2TokenCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import { CreateOauth2CredentialProviderCommand } from '@aws-sdk/client-bedrock-agentcore-control'
import { test } from 'vitest'
import {
  createWorkload,
  PROVIDER,
  RETURN_URL,
  workloadToken,
} from '../../support/identity-fixtures.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'
import { OIDC_CLIENT, startOidcProvider } from '../../support/oidc-provider.ts'

test('an authorization server that we did not write gives and refreshes tokens', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  await using server = await startOidcProvider()
  const clients = world.clients()
  await createWorkload(clients)
  const { discoveryUrl } = server
  const { callbackUrl = '' } = await clients.control.send(
    new CreateOauth2CredentialProviderCommand({
      name: PROVIDER,
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl }, ...OIDC_CLIENT },
      },
    }),
  )
  server.allowCallback(callbackUrl)
  const ask = async (oauth2Flow: 'M2M' | 'USER_FEDERATION', scopes: string[]) =>
    clients.data.send(
      new GetResourceOauth2TokenCommand({
        workloadIdentityToken: await workloadToken(clients, 'alice'),
        resourceCredentialProviderName: PROVIDER,
        scopes,
        oauth2Flow,
        resourceOauth2ReturnUrl: RETURN_URL,
        customParameters: oauth2Flow === 'M2M' ? {} : { prompt: 'consent' },
      }),
    )
  const askUser = () => ask('USER_FEDERATION', ['openid', 'offline_access', 'files'])

  expect((await ask('M2M', ['files'])).accessToken).toMatch(/^\S{20,}$/)
  const { authorizationUrl = '', sessionUri } = await askUser()
  const returned = await server.signIn(authorizationUrl)
  expect(returned.searchParams.get('session_id')).toBe(sessionUri)
  expect(returned.searchParams.get('error')).toBeNull()
  const userIdentifier = { userId: 'alice' }
  await clients.data.send(new CompleteResourceTokenAuthCommand({ sessionUri, userIdentifier }))
  const first = await askUser()
  expect(first.accessToken).toMatch(/^\S{20,}$/)
  expect((await askUser()).accessToken).toBe(first.accessToken)
  world.clock.nowMs += 3_600_000
  const second = await askUser()
  expect(second.accessToken).toMatch(/^\S{20,}$/)
  expect(second.accessToken).not.toBe(first.accessToken)
})
