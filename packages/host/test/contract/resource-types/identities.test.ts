import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { UNKNOWN } from '../../../src/stacks/resource-type.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const IDENTITY = 'AWS::BedrockAgentCore::WorkloadIdentity'
const OAUTH2 = 'AWS::BedrockAgentCore::OAuth2CredentialProvider'
const API_KEY = 'AWS::BedrockAgentCore::ApiKeyCredentialProvider'
const VAULT = 'arn:aws:bedrock-agentcore:us-east-1:000000000000:token-vault/default'

test('a workload identity is made, changed in place and deleted twice', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(IDENTITY, {
    Name: 'worker',
    AllowedResourceOauth2ReturnUrls: ['https://app.example.com/back'],
    Tags: [{ Key: 'team', Value: 'deck' }],
  })
  expect(made.physicalId).toBe('worker')
  expect(made.attributes).toEqual({
    CreatedTime: expect.stringMatching(/Z$/),
    LastUpdatedTime: expect.stringMatching(/Z$/),
    WorkloadIdentityArn: expect.stringMatching(/workload-identity\/worker$/),
  })
  const changed = await world.update(made, {
    Name: 'worker',
    Tags: [{ Key: 'team', Value: 'hull' }],
  })
  expect(
    world.type(IDENTITY).needsReplacement(made.properties, { ...made.properties, Name: 'other' }),
  ).toBe(true)
  await world.delete(changed)
  await world.delete(changed)
})

test('credential providers keep their secrets and tell their ARNs', async () => {
  await using world = await startResourceWorld()
  const config = (ClientSecret: string): JsonObject => ({
    CustomOauth2ProviderConfig: {
      OauthDiscovery: {
        AuthorizationServerMetadata: {
          Issuer: 'https://login.example.com',
          AuthorizationEndpoint: 'https://login.example.com/authorize',
          TokenEndpoint: 'https://login.example.com/token',
        },
      },
      ClientId: 'client',
      ClientSecret,
    },
  })
  const oauth2 = await world.create(OAUTH2, {
    Name: 'login',
    CredentialProviderVendor: 'CustomOauth2',
    Oauth2ProviderConfigInput: config('secret-one'),
  })
  expect(oauth2.physicalId).toBe(`${VAULT}/oauth2credentialprovider/login`)
  expect(oauth2.attributes).toMatchObject({
    CredentialProviderArn: oauth2.physicalId,
    CallbackUrl: expect.stringMatching(/^https?:/),
    'ClientSecretArn.SecretArn': expect.stringMatching(/^arn:aws:secretsmanager:/),
    'Oauth2ProviderConfigOutput.ClientId': 'client',
    Status: 'READY',
  })
  expect(JSON.stringify(oauth2.attributes)).not.toContain('secret-one')
  const changed = await world.update(oauth2, {
    ...oauth2.properties,
    Oauth2ProviderConfigInput: config('secret-two'),
  })
  expect(changed.physicalId).toBe(oauth2.physicalId)

  const key = await world.create(API_KEY, { Name: 'maps', ApiKey: 'key-one' })
  expect(key.physicalId).toBe(`${VAULT}/apikeycredentialprovider/maps`)
  expect(key.attributes).toMatchObject({
    CredentialProviderArn: key.physicalId,
    'ApiKeySecretArn.SecretArn': expect.stringMatching(/^arn:aws:secretsmanager:/),
  })
  const newKey = await world.update(key, { Name: 'maps', ApiKey: 'key-two' })

  for (const live of [changed, newKey, changed, newKey]) await world.delete(live)
})

test('a secret that is not known yet is no mistake, and one that is missing is', async () => {
  await using world = await startResourceWorld()
  const check = (properties: JsonObject) => world.type(OAUTH2).check?.(properties, 'It')
  const base = { Name: 'login', CredentialProviderVendor: 'CustomOauth2' }
  expect(check({ ...base, Oauth2ProviderConfigInput: UNKNOWN })).toEqual([])
  expect(check(base)).toEqual([
    "Value at 'Oauth2ProviderConfigInput' failed to satisfy constraint: Member must not be null",
  ])
})
