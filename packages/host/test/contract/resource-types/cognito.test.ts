import {
  DescribeUserPoolCommand,
  DescribeUserPoolClientCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import type { Json } from '../../../src/stacks/json.ts'
import { UNKNOWN } from '../../../src/stacks/resource-type.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const POOL = 'AWS::Cognito::UserPool'
const CLIENT = 'AWS::Cognito::UserPoolClient'

/** What a pool has for good. */
const FIXED: readonly (readonly [string, Json])[] = [
  ['UsernameAttributes', ['email']],
  ['AliasAttributes', ['email']],
  ['UsernameConfiguration', { CaseSensitive: false }],
  ['Schema', []],
  ['Schema', [{ Name: 'tier', AttributeDataType: 'Number' }]],
]

test('a user pool is made, read, changed in place and deleted twice', async () => {
  await using world = await startResourceWorld()
  const pool = await world.create(
    POOL,
    {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: 'true' },
      AutoVerifiedAttributes: ['email'],
      Policies: { PasswordPolicy: { MinimumLength: '12' } },
      Schema: [
        {
          Name: 'tier',
          AttributeDataType: 'String',
          Mutable: true,
          StringAttributeConstraints: { MaxLength: '5' },
        },
      ],
      UserPoolTags: { team: 'deck', gone: 'soon' },
    },
    { tags: { stage: 'test' } },
  )
  const id = pool.physicalId
  expect(id).toMatch(/^us-east-1_\w+$/)
  expect(pool.attributes).toEqual({
    Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${id}`,
    ProviderName: `cognito-idp.us-east-1.amazonaws.com/${id}`,
    ProviderURL: `https://cognito-idp.us-east-1.amazonaws.com/${id}`,
    UserPoolId: id,
  })
  const describe = async () => {
    const { UserPool } = await world.clients.cognito.send(
      new DescribeUserPoolCommand({ UserPoolId: id }),
    )
    return UserPool
  }
  expect(await describe()).toMatchObject({
    Name: expect.stringMatching(/^it-It-[A-Z0-9]{12}$/),
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    AutoVerifiedAttributes: ['email'],
    Policies: { PasswordPolicy: { MinimumLength: 12 } },
  })

  const { Policies: _, ...rest } = pool.properties
  const changed = await world.update(pool, {
    ...rest,
    DeletionProtection: 'ACTIVE',
    UserPoolTags: { team: 'hull' },
  })
  expect(changed.physicalId).toBe(id)
  expect(await describe()).toMatchObject({
    Name: expect.stringMatching(/^it-It-/),
    DeletionProtection: 'ACTIVE',
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
  })
  const { Tags } = await world.clients.cognito.send(
    new ListTagsForResourceCommand({ ResourceArn: pool.attributes['Arn'] as string }),
  )
  expect(Tags).toMatchObject({ team: 'hull', stage: 'test', 'aws:cloudformation:logical-id': 'It' })
  expect(Tags).not.toHaveProperty('gone')

  for (const [name, value] of FIXED) {
    const refused = { ...changed.properties, [name]: value }
    await expect(world.update(changed, refused)).rejects.toThrow(
      `Updates are not allowed for property - ${name}.`,
    )
    // on the way back, what was refused is what there seems to be
    await world.update({ ...changed, properties: refused }, changed.properties)
  }
  await expect(world.delete(changed)).rejects.toThrow(/deletion protection/i)
  const open = await world.update(changed, {
    ...changed.properties,
    DeletionProtection: 'INACTIVE',
  })
  await world.delete(open)
  await world.delete(open)
})

test('a client, a domain, a resource server and a user of a pool', async () => {
  await using world = await startResourceWorld()
  const pool = await world.create(POOL, { UserPoolName: 'people' })
  const UserPoolId = pool.physicalId

  const server = await world.create('AWS::Cognito::UserPoolResourceServer', {
    UserPoolId,
    Identifier: 'tools',
    Name: 'Tools',
    Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }],
  })
  expect(server.physicalId).toBe('tools')
  const more = await world.update(server, { ...server.properties, Name: 'All tools' })
  expect(
    world
      .type(server.type)
      .needsReplacement(server.properties, { ...server.properties, Identifier: 'x' }),
  ).toBe(true)

  const client = await world.create(CLIENT, {
    UserPoolId,
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthFlowsUserPoolClient: 'true',
    AllowedOAuthScopes: ['tools/read'],
    AccessTokenValidity: '30',
    TokenValidityUnits: { AccessToken: 'minutes' },
  })
  expect(client.attributes).toEqual({
    ClientId: client.physicalId,
    ClientSecret: expect.stringMatching(/^\w{20,}$/),
    Name: expect.stringMatching(/^it-It-/),
  })
  const { AccessTokenValidity: _, TokenValidityUnits: __, ...properties } = client.properties
  const changed = await world.update(client, properties)
  expect(changed.attributes).toEqual(client.attributes)
  const { UserPoolClient } = await world.clients.cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId, ClientId: client.physicalId }),
  )
  expect(UserPoolClient?.AccessTokenValidity).toBeUndefined()
  expect(UserPoolClient?.ClientName).toBe(client.attributes['Name'])
  expect(
    world.type(CLIENT).needsReplacement(properties, { ...properties, GenerateSecret: false }),
  ).toBe(true)

  const domain = await world.create('AWS::Cognito::UserPoolDomain', {
    UserPoolId,
    Domain: 'it-pool',
  })
  expect(domain.physicalId).toBe('it-pool')
  await world.update(domain, { ...domain.properties, ManagedLoginVersion: 2 })

  const user = await world.create('AWS::Cognito::UserPoolUser', {
    UserPoolId,
    Username: 'ann',
    UserAttributes: [{ Name: 'email', Value: 'ann@example.com' }],
  })
  expect(user.physicalId).toBe('ann')

  for (const live of [user, domain, changed, more, pool, user, domain, changed, more, pool]) {
    await world.delete(live)
  }
})

test('what is wrong with a pool and a client is known before anything is made', async () => {
  await using world = await startResourceWorld()
  const check = (type: string, properties: object) =>
    world.type(type).check?.(properties as never, 'It')

  expect(check(POOL, { LambdaConfig: { PreSignUp: UNKNOWN }, MfaConfiguration: 'ON' })).toEqual([
    'LambdaConfig cannot be had: Lambda triggers are not served by this host',
    'MfaConfiguration ON cannot be had: there are no second factors here; OFF and OPTIONAL are',
  ])
  expect(check(POOL, { LambdaConfig: {}, Policies: { PasswordPolicy: { MinLength: 8 } } })).toEqual(
    ['Encountered unsupported property Policies/PasswordPolicy/MinLength'],
  )
  expect(check(CLIENT, { UserPoolId: UNKNOWN, AllowedOAuthScopes: [UNKNOWN] })).toEqual([])
  expect(check(CLIENT, { UserPoolId: UNKNOWN, AllowedOAuthScopes: 'all' })).toEqual([
    'Value of property AllowedOAuthScopes must be of type List',
  ])
})
