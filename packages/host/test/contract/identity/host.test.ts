// Identity in a host, with the host's own user pools for an authorization server: both know each other
// by the addresses that AWS would give them, and by nothing else.
import {
  CompleteResourceTokenAuthCommand,
  GetResourceOauth2TokenCommand,
  GetWorkloadAccessTokenForUserIdCommand,
} from '@aws-sdk/client-bedrock-agentcore'
import {
  CreateOauth2CredentialProviderCommand,
  CreateWorkloadIdentityCommand,
  UpdateOauth2CredentialProviderCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { test } from 'vitest'
import { startAwsHost } from '../../support/aws-host.ts'
import { openBrowser } from '../../support/browser.ts'
import { PROVIDER, RETURN_URL, WORKLOAD } from '../../support/identity-fixtures.ts'

const SCOPES = ['files/read', 'files/write']
const ADA = { username: 'ada', password: 'Lovelace-1815' }

async function startWorld() {
  const host = await startAwsHost()
  const { control, data, cognito } = host.clients()
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'files' }))
  const UserPoolId = UserPool?.Id ?? ''
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: 'files',
      Name: 'Files',
      Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })),
    }),
  )
  return {
    host,
    control,
    cognito,
    UserPoolId,
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`,
    async createClient(settings: Partial<CreateUserPoolClientCommandInput>) {
      const { UserPoolClient } = await cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'agent',
          GenerateSecret: true,
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthScopes: SCOPES,
          ...settings,
        }),
      )
      const { ClientId: clientId, ClientSecret: clientSecret } = UserPoolClient ?? {}
      return { clientId, clientSecret }
    },
    async workloadToken() {
      const request = { workloadName: WORKLOAD, userId: 'ada' }
      const answer = await data.send(new GetWorkloadAccessTokenForUserIdCommand(request))
      return answer.workloadAccessToken
    },
    async ask(oauth2Flow: 'M2M' | 'USER_FEDERATION') {
      return data.send(
        new GetResourceOauth2TokenCommand({
          workloadIdentityToken: await this.workloadToken(),
          resourceCredentialProviderName: PROVIDER,
          scopes: SCOPES,
          oauth2Flow,
          resourceOauth2ReturnUrl: RETURN_URL,
        }),
      )
    },
    complete: (sessionUri: string | undefined) =>
      data.send(
        new CompleteResourceTokenAuthCommand({ sessionUri, userIdentifier: { userId: 'ada' } }),
      ),
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  }
}

test('a machine token of a pool here, by the discovery URL that the pool has in AWS', async ({
  expect,
}) => {
  await using it = await startWorld()
  const client = await it.createClient({ AllowedOAuthFlows: ['client_credentials'] })
  const discoveryUrl = `${it.issuer}/.well-known/openid-configuration`
  await it.control.send(
    new CreateOauth2CredentialProviderCommand({
      name: PROVIDER,
      credentialProviderVendor: 'CustomOauth2',
      oauth2ProviderConfigInput: {
        customOauth2ProviderConfig: { oauthDiscovery: { discoveryUrl }, ...client },
      },
    }),
  )
  const { accessToken = '' } = await it.ask('M2M')
  expect(decodeJwt(accessToken)).toMatchObject({
    client_id: client.clientId,
    scope: SCOPES.join(' '),
  })
  expect((await it.ask('M2M')).accessToken).toBe(accessToken)
})

test('a user signs in at a pool here, at the endpoints that its domain has in AWS', async ({
  expect,
}) => {
  await using it = await startWorld()
  const { UserPoolId, cognito, control, issuer } = it
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'my-files' }))
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: ADA.username }))
  const { username: Username, password: Password } = ADA
  const password = { UserPoolId, Username, Password, Permanent: true }
  await cognito.send(new AdminSetUserPasswordCommand(password))

  const domain = 'https://my-files.auth.us-east-1.amazoncognito.com/oauth2'
  const create = (client: { clientId: string | undefined; clientSecret: string | undefined }) =>
    new CreateOauth2CredentialProviderCommand({
      name: PROVIDER,
      credentialProviderVendor: 'CognitoOauth2',
      oauth2ProviderConfigInput: {
        includedOauth2ProviderConfig: {
          ...client,
          issuer,
          authorizationEndpoint: `${domain}/authorize`,
          tokenEndpoint: `${domain}/token`,
        },
      },
    })
  // The callback URL is known only with the provider, and the client only with the callback URL.
  const first = await control.send(create({ clientId: 'not-yet', clientSecret: 'not-yet' }))
  const client = await it.createClient({
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', ...SCOPES],
    CallbackURLs: [first.callbackUrl ?? ''],
    SupportedIdentityProviders: ['COGNITO'],
  })
  const updated = await control.send(
    new UpdateOauth2CredentialProviderCommand(create(client).input),
  )
  expect(updated.callbackUrl).toBe(first.callbackUrl)
  const allowedResourceOauth2ReturnUrls = [RETURN_URL]
  const workload = { name: WORKLOAD, allowedResourceOauth2ReturnUrls }
  await control.send(new CreateWorkloadIdentityCommand(workload))

  const { authorizationUrl = '', sessionUri } = await it.ask('USER_FEDERATION')
  const browser = openBrowser(it.host.url)
  const done = await browser.submit(await browser.open(authorizationUrl), 'sign-in', ADA)
  expect(done.leftFor?.origin).toBe('https://app.example')
  expect(done.leftFor?.searchParams.get('session_id')).toBe(sessionUri)
  await it.complete(sessionUri)
  const { accessToken = '' } = await it.ask('USER_FEDERATION')
  expect(decodeJwt(accessToken)).toMatchObject({ client_id: client.clientId, username: 'ada' })
})
