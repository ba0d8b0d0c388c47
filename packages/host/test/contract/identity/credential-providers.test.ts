import { GetResourceApiKeyCommand } from '@aws-sdk/client-bedrock-agentcore'
import {
  CreateApiKeyCredentialProviderCommand,
  CreateOauth2CredentialProviderCommand,
  DeleteApiKeyCredentialProviderCommand,
  DeleteOauth2CredentialProviderCommand,
  GetApiKeyCredentialProviderCommand,
  GetOauth2CredentialProviderCommand,
  ListOauth2CredentialProvidersCommand,
  paginateListApiKeyCredentialProviders,
  paginateListOauth2CredentialProviders,
  UpdateApiKeyCredentialProviderCommand,
  UpdateOauth2CredentialProviderCommand,
  type CredentialProviderVendorType,
  type Oauth2ProviderConfigInput,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from '@aws-sdk/client-secrets-manager'
import { describe, test } from 'vitest'
import { OAUTH2_VENDORS } from '../../../src/identity/oauth2-vendors.ts'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startAuthorizationServer,
} from '../../support/authorization-server.ts'
import {
  createProvider,
  createWorkload,
  PROVIDER,
  workloadToken,
} from '../../support/identity-fixtures.ts'
import { startIdentityWorld } from '../../support/identity-world.ts'

test('an OAuth2 provider is described without its secret, which has a place of its own', async ({
  expect,
}) => {
  await using world = await startIdentityWorld({ startAtMs: 1_790_000_000_000 })
  await using server = await startAuthorizationServer()
  const { control, secrets } = world.clients()
  const created = await createProvider(world.clients(), server)
  const output = {
    customOauth2ProviderConfig: {
      oauthDiscovery: { discoveryUrl: server.discoveryUrl },
      clientId: CLIENT_ID,
    },
  }
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    name: PROVIDER,
    status: 'READY',
    clientSecretSource: 'MANAGED',
    credentialProviderArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:token-vault/default/oauth2credentialprovider/${PROVIDER}`,
  })
  expect(created.oauth2ProviderConfigOutput).toEqual(output)
  const secretArn = created.clientSecretArn?.secretArn
  expect(secretArn).toMatch(
    /^arn:aws:secretsmanager:us-east-1:000000000000:secret:bedrock-agentcore-identity!default\/oauth2\/my-provider-\w{6}$/,
  )
  expect(created.callbackUrl).toMatch(/\/identities\/oauth2\/callback\/[0-9a-f-]{36}$/)

  const read = await control.send(new GetOauth2CredentialProviderCommand({ name: PROVIDER }))
  const time = new Date(1_790_000_000_000)
  expect(read).toMatchObject({ createdTime: time, lastUpdatedTime: time })
  expect(JSON.stringify(read)).not.toContain(CLIENT_SECRET.slice(0, 6))
  const { SecretString = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  )
  expect(JSON.parse(SecretString)).toEqual({
    [created.clientSecretJsonKey ?? '']: CLIENT_SECRET,
  })
  await expect(
    secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: 'mine' })),
  ).rejects.toMatchObject({ name: 'InvalidRequestException' })
})

test('an update takes the whole configuration, and keeps a secret that it does not name', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  await using server = await startAuthorizationServer()
  const { control, secrets } = world.clients()
  const { clientSecretArn, callbackUrl } = await createProvider(world.clients(), server)
  const update = (clientSecret?: string) =>
    control.send(
      new UpdateOauth2CredentialProviderCommand({
        name: PROVIDER,
        credentialProviderVendor: 'GithubOauth2',
        oauth2ProviderConfigInput: {
          githubOauth2ProviderConfig: { clientId: 'other', clientSecret },
        },
      }),
    )
  expect(await update()).toMatchObject({
    credentialProviderVendor: 'GithubOauth2',
    clientSecretArn,
    callbackUrl,
    oauth2ProviderConfigOutput: { githubOauth2ProviderConfig: { clientId: 'other' } },
  })
  const readSecret = async () => {
    const { SecretString = '' } = await secrets.send(
      new GetSecretValueCommand({ SecretId: clientSecretArn?.secretArn }),
    )
    return Object.values(JSON.parse(SecretString) as object)
  }
  expect(await readSecret()).toEqual([CLIENT_SECRET])
  await update('another secret')
  expect(await readSecret()).toEqual(['another secret'])

  await control.send(new DeleteOauth2CredentialProviderCommand({ name: PROVIDER }))
  await expect(readSecret()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(update()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a name that is taken is a validation error with the words that tools look for', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  await using server = await startAuthorizationServer()
  const { control } = world.clients()
  await createProvider(world.clients(), server)
  const refusal = {
    name: 'ValidationException',
    message: `Credential provider with name: ${PROVIDER} already exists`,
    $metadata: { httpStatusCode: 400 },
  }
  await expect(createProvider(world.clients(), server)).rejects.toMatchObject(refusal)
  const key = { name: PROVIDER, apiKey: 'key-1' }
  await control.send(new CreateApiKeyCredentialProviderCommand(key))
  await expect(control.send(new CreateApiKeyCredentialProviderCommand(key))).rejects.toMatchObject(
    refusal,
  )
})

test('there are fifty providers of a kind and no more; lists have pages of 20 and 100', async ({
  expect,
}) => {
  await using world = await startIdentityWorld()
  const { control } = world.clients()
  const createKey = (index: number) =>
    control.send(new CreateApiKeyCredentialProviderCommand({ name: `key-${index}`, apiKey: 'k' }))
  const createClient = (index: number) =>
    control.send(
      new CreateOauth2CredentialProviderCommand({
        name: `client-${index}`,
        credentialProviderVendor: 'GoogleOauth2',
        oauth2ProviderConfigInput: {
          googleOauth2ProviderConfig: { clientId: 'id', clientSecret: 'secret' },
        },
      }),
    )
  for (let index = 0; index < 50; index++)
    await Promise.all([createKey(index), createClient(index)])
  const refusal = {
    name: 'ServiceQuotaExceededException',
    $metadata: { httpStatusCode: 402 },
  }
  await expect(createKey(50)).rejects.toMatchObject(refusal)
  await expect(createClient(50)).rejects.toMatchObject(refusal)

  const sizes = []
  for await (const page of paginateListOauth2CredentialProviders({ client: control }, {})) {
    sizes.push(page.credentialProviders?.length)
  }
  expect(sizes).toEqual([20, 20, 10])
  const keySizes = []
  const paging = { client: control, pageSize: 30 }
  for await (const page of paginateListApiKeyCredentialProviders(paging, {})) {
    keySizes.push(page.credentialProviders?.length)
  }
  expect(keySizes).toEqual([30, 20])
})

describe('vendors', () => {
  /** The least that each vendor's configuration needs. */
  const inputs: Record<CredentialProviderVendorType, Oauth2ProviderConfigInput> = {
    GoogleOauth2: { googleOauth2ProviderConfig: known() },
    GithubOauth2: { githubOauth2ProviderConfig: known() },
    SlackOauth2: { slackOauth2ProviderConfig: known() },
    SalesforceOauth2: { salesforceOauth2ProviderConfig: known() },
    MicrosoftOauth2: { microsoftOauth2ProviderConfig: { ...known(), tenantId: 'my-tenant' } },
    CustomOauth2: {
      customOauth2ProviderConfig: {
        ...known(),
        oauthDiscovery: {
          discoveryUrl: 'https://idp.example/.well-known/oauth-authorization-server',
        },
      },
    },
    AtlassianOauth2: { atlassianOauth2ProviderConfig: known() },
    LinkedinOauth2: { linkedinOauth2ProviderConfig: known() },
    XOauth2: { includedOauth2ProviderConfig: known() },
    OktaOauth2: { includedOauth2ProviderConfig: tenant() },
    OneLoginOauth2: { includedOauth2ProviderConfig: tenant() },
    PingOneOauth2: { includedOauth2ProviderConfig: tenant() },
    FacebookOauth2: { includedOauth2ProviderConfig: known() },
    YandexOauth2: { includedOauth2ProviderConfig: known() },
    RedditOauth2: { includedOauth2ProviderConfig: known() },
    ZoomOauth2: { includedOauth2ProviderConfig: known() },
    TwitchOauth2: { includedOauth2ProviderConfig: known() },
    SpotifyOauth2: { includedOauth2ProviderConfig: known() },
    DropboxOauth2: { includedOauth2ProviderConfig: known() },
    NotionOauth2: { includedOauth2ProviderConfig: known() },
    HubspotOauth2: { includedOauth2ProviderConfig: known() },
    CyberArkOauth2: { includedOauth2ProviderConfig: tenant() },
    FusionAuthOauth2: { includedOauth2ProviderConfig: tenant() },
    Auth0Oauth2: { includedOauth2ProviderConfig: tenant() },
    CognitoOauth2: { includedOauth2ProviderConfig: tenant() },
  }

  function known() {
    return { clientId: 'id', clientSecret: 'secret' }
  }
  function tenant() {
    const issuer = 'https://tenant.example'
    const endpoints = {
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
    }
    return { ...known(), issuer, ...endpoints }
  }

  test('every vendor of the service model is known, with the address of its server', async ({
    expect,
  }) => {
    await using world = await startIdentityWorld()
    const { control } = world.clients()
    expect(Object.keys(OAUTH2_VENDORS).toSorted()).toEqual(Object.keys(inputs).toSorted())
    for (const [vendor, oauth2ProviderConfigInput] of Object.entries(inputs)) {
      const name = vendor
      const credentialProviderVendor = vendor as CredentialProviderVendorType
      const { oauth2ProviderConfigOutput } = await control.send(
        new CreateOauth2CredentialProviderCommand({
          name,
          credentialProviderVendor,
          oauth2ProviderConfigInput,
        }),
      )
      const [arm] = Object.keys(oauth2ProviderConfigInput)
      expect(Object.keys(oauth2ProviderConfigOutput ?? {})).toEqual([arm])
      const [described] = Object.values(oauth2ProviderConfigOutput ?? {}) as object[]
      expect(described).toMatchObject({ clientId: 'id' })
      expect(JSON.stringify(described)).toMatch(/"https:\/\/[\w.-]+\//)
      expect(JSON.stringify(described)).not.toContain('"secret"')
    }
    const { credentialProviders } = await control.send(
      new ListOauth2CredentialProvidersCommand({ maxResults: 1 }),
    )
    expect(credentialProviders).toMatchObject([
      { name: 'AtlassianOauth2', credentialProviderVendor: 'AtlassianOauth2' },
    ])
  })

  test.for<[string, CredentialProviderVendorType, Oauth2ProviderConfigInput, string]>([
    ['another arm', 'GoogleOauth2', { githubOauth2ProviderConfig: known() }, 'googleOauth2'],
    [
      'no secret',
      'GoogleOauth2',
      { googleOauth2ProviderConfig: { clientId: 'id' } },
      'clientSecret',
    ],
    ['no tenant', 'OktaOauth2', { includedOauth2ProviderConfig: known() }, 'issuer'],
    [
      'a key of KMS',
      'CustomOauth2',
      custom({ clientAuthenticationMethod: 'PRIVATE_KEY_JWT' }),
      'PRIVATE_KEY_JWT is not supported',
    ],
    [
      'an identity of AWS',
      'CustomOauth2',
      custom({ clientAuthenticationMethod: 'AWS_IAM_ID_TOKEN_JWT' }),
      'AWS_IAM_ID_TOKEN_JWT is not supported',
    ],
    [
      'an address that is none',
      'CustomOauth2',
      custom({ oauthDiscovery: { discoveryUrl: 'nowhere/.well-known/openid-configuration' } }),
      'discoveryUrl must be an http or https URL',
    ],
  ])('%s is refused', async ([, credentialProviderVendor, input, words], { expect }) => {
    await using world = await startIdentityWorld()
    const command = new CreateOauth2CredentialProviderCommand({
      name: PROVIDER,
      credentialProviderVendor,
      oauth2ProviderConfigInput: input,
    })
    await expect(world.clients().control.send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(words) as string,
    })
  })

  function custom(config: object): Oauth2ProviderConfigInput {
    const discoveryUrl = 'https://idp.example/.well-known/openid-configuration'
    const oauthDiscovery = { discoveryUrl }
    return { customOauth2ProviderConfig: { ...known(), oauthDiscovery, ...config } }
  }
})

test('an API key is kept, given to a workload, changed and forgotten', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const clients = world.clients()
  const { control, data } = clients
  await createWorkload(clients)
  const created = await control.send(
    new CreateApiKeyCredentialProviderCommand({ name: PROVIDER, apiKey: 'key-number-1' }),
  )
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    credentialProviderArn: `arn:aws:bedrock-agentcore:us-east-1:000000000000:token-vault/default/apikeycredentialprovider/${PROVIDER}`,
    apiKeySecretSource: 'MANAGED',
  })
  const workloadIdentityToken = await workloadToken(clients)
  const readKey = async () => {
    const command = new GetResourceApiKeyCommand({
      workloadIdentityToken,
      resourceCredentialProviderName: PROVIDER,
    })
    return (await data.send(command)).apiKey
  }
  expect(await readKey()).toBe('key-number-1')
  const change = { name: PROVIDER, apiKey: 'key-number-2' }
  await control.send(new UpdateApiKeyCredentialProviderCommand(change))
  expect(await readKey()).toBe('key-number-2')
  const read = await control.send(new GetApiKeyCredentialProviderCommand({ name: PROVIDER }))
  expect(JSON.stringify(read)).not.toContain('key-number')
  const gone = await control.send(new DeleteApiKeyCredentialProviderCommand({ name: PROVIDER }))
  expect(gone.$metadata.httpStatusCode).toBe(204)
  await expect(readKey()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a key in a secret of the user is read where it is, as it is now', async ({ expect }) => {
  await using world = await startIdentityWorld()
  const clients = world.clients()
  const { control, data, secrets } = clients
  await createWorkload(clients)
  const create = (jsonKey: string) =>
    control.send(
      new CreateApiKeyCredentialProviderCommand({
        name: PROVIDER,
        apiKeySecretSource: 'EXTERNAL',
        apiKeySecretConfig: { secretId: 'team/keys', jsonKey },
      }),
    )
  await expect(create('api')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const { ARN } = await secrets.send(
    new CreateSecretCommand({ Name: 'team/keys', SecretString: '{"api":"first"}' }),
  )
  await expect(create('other')).rejects.toMatchObject({ name: 'ValidationException' })
  expect(await create('api')).toMatchObject({
    apiKeySecretArn: { secretArn: ARN },
    apiKeySecretJsonKey: 'api',
    apiKeySecretSource: 'EXTERNAL',
  })
  const request = {
    workloadIdentityToken: await workloadToken(clients),
    resourceCredentialProviderName: PROVIDER,
  }
  expect((await data.send(new GetResourceApiKeyCommand(request))).apiKey).toBe('first')
  const rotated = { SecretId: 'team/keys', SecretString: '{"api":"second"}' }
  await secrets.send(new PutSecretValueCommand(rotated))
  expect((await data.send(new GetResourceApiKeyCommand(request))).apiKey).toBe('second')
  const managed = { name: PROVIDER, apiKey: 'third', apiKeySecretSource: 'MANAGED' as const }
  await control.send(new UpdateApiKeyCredentialProviderCommand(managed))
  expect((await data.send(new GetResourceApiKeyCommand(request))).apiKey).toBe('third')
})
