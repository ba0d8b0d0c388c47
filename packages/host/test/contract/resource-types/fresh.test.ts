// What a change leaves out is gone afterwards: a resource that lost its settings is like one that never
// had them.
import { expect, test } from 'vitest'
import type { ServiceModelName } from '../../../src/aws/service-model.ts'
import type { JsonObject } from '../../../src/stacks/json.ts'
import {
  startResourceWorld,
  type LiveResource,
  type ResourceWorld,
} from '../../support/resource-world.ts'
import { send } from '../../support/served-operations.ts'

interface Case {
  readonly type: string
  readonly whole: JsonObject
  readonly bare: JsonObject
  readonly read: readonly [ServiceModelName, string, (live: LiveResource) => object]
  /** What has to be there: the properties that belong to it. */
  readonly around?: (world: ResourceWorld) => Promise<JsonObject>
}

const Role = 'arn:aws:iam::000000000000:role/any'
const jwt = {
  CustomJWTAuthorizer: {
    DiscoveryUrl: 'https://example.com/.well-known/openid-configuration',
    AllowedClients: ['client'],
  },
}
const lambdaTarget = (Description: string): JsonObject => ({
  Mcp: {
    Lambda: {
      LambdaArn: 'arn:aws:lambda:us-east-1:000000000000:function:it',
      ToolSchema: {
        InlinePayload: [
          { Name: 'a', Description, InputSchema: { Type: 'object', Properties: {} } },
        ],
      },
    },
  },
})
const withPool = async (world: ResourceWorld): Promise<JsonObject> => {
  const { physicalId } = await world.create('AWS::Cognito::UserPool', { UserPoolName: 'around' })
  return { UserPoolId: physicalId }
}
const withGateway = async (world: ResourceWorld): Promise<JsonObject> => {
  const properties = { Name: 'around', RoleArn: Role, AuthorizerType: 'NONE' }
  const { physicalId } = await world.create('AWS::BedrockAgentCore::Gateway', properties)
  return { GatewayIdentifier: physicalId }
}
const code = {
  Code: { ZipFile: 'exports.handler = async () => 1' },
  Handler: 'index.handler',
  Runtime: 'nodejs24.x',
  Role,
}

const CASES: readonly Case[] = [
  {
    type: 'AWS::Lambda::Function',
    whole: {
      ...code,
      Description: 'it',
      Environment: { Variables: { KEY: 'value' } },
      EphemeralStorage: { Size: 1024 },
      KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/it',
      LoggingConfig: { LogGroup: 'mine' },
      MemorySize: 512,
      ReservedConcurrentExecutions: 1,
      Tags: [{ Key: 'team', Value: 'deck' }],
      Timeout: 30,
    },
    bare: code,
    read: ['lambda', 'GetFunction', ({ physicalId }) => ({ FunctionName: physicalId })],
  },
  {
    type: 'AWS::Cognito::UserPool',
    whole: {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AutoVerifiedAttributes: ['email'],
      DeletionProtection: 'ACTIVE',
      EmailVerificationSubject: 'it',
      Policies: { PasswordPolicy: { MinimumLength: 20, RequireSymbols: true } },
      UserPoolTags: { team: 'deck' },
      UserPoolTier: 'LITE',
    },
    bare: {},
    read: ['cognito-idp', 'DescribeUserPool', ({ physicalId }) => ({ UserPoolId: physicalId })],
  },
  {
    type: 'AWS::Cognito::UserPoolClient',
    around: withPool,
    whole: {
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes' },
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://app.example.com/back'],
      EnableTokenRevocation: false,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    },
    bare: {},
    read: [
      'cognito-idp',
      'DescribeUserPoolClient',
      ({ physicalId, properties }) => ({
        UserPoolId: properties['UserPoolId'],
        ClientId: physicalId,
      }),
    ],
  },
  {
    type: 'AWS::BedrockAgentCore::Gateway',
    whole: {
      Name: 'it',
      RoleArn: Role,
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: jwt,
      Description: 'it',
      ExceptionLevel: 'DEBUG',
      KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000',
      ProtocolType: 'MCP',
      ProtocolConfiguration: { Mcp: { Instructions: 'it', SupportedVersions: ['2025-03-26'] } },
      Tags: { team: 'deck' },
    },
    bare: { Name: 'it', RoleArn: Role, AuthorizerType: 'NONE' },
    read: [
      'bedrock-agentcore-control',
      'GetGateway',
      ({ physicalId }) => ({ gatewayIdentifier: physicalId }),
    ],
  },
  {
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    around: withGateway,
    whole: {
      Name: 'it',
      Description: 'it',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      MetadataConfiguration: { AllowedRequestHeaders: ['x-it'] },
      TargetConfiguration: lambdaTarget('whole'),
    },
    bare: {
      Name: 'it',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      TargetConfiguration: lambdaTarget('bare'),
    },
    read: [
      'bedrock-agentcore-control',
      'GetGatewayTarget',
      ({ physicalId }) => {
        const [gatewayIdentifier, targetId] = physicalId.split('|')
        return { gatewayIdentifier, targetId }
      },
    ],
  },
  {
    type: 'AWS::BedrockAgentCore::WorkloadIdentity',
    whole: { Name: 'worker', AllowedResourceOauth2ReturnUrls: ['https://app.example.com/back'] },
    bare: { Name: 'worker' },
    read: [
      'bedrock-agentcore-control',
      'GetWorkloadIdentity',
      ({ physicalId }) => ({ name: physicalId }),
    ],
  },
  {
    type: 'AWS::Cognito::UserPoolResourceServer',
    around: withPool,
    whole: {
      Identifier: 'it',
      Name: 'it',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'Read' }],
    },
    bare: { Identifier: 'it', Name: 'it' },
    read: [
      'cognito-idp',
      'DescribeResourceServer',
      ({ properties }) => ({ UserPoolId: properties['UserPoolId'], Identifier: 'it' }),
    ],
  },
  {
    type: 'AWS::SSM::Parameter',
    whole: {
      Name: 'it',
      Type: 'String',
      Value: 'a',
      Description: 'it',
    },
    bare: { Name: 'it', Type: 'String', Value: 'b' },
    read: [
      'ssm',
      'DescribeParameters',
      () => ({ ParameterFilters: [{ Key: 'Name', Values: ['it'] }] }),
    ],
  },
]

test.for(CASES)('$type without its settings is as good as new', async (it) => {
  await using world = await startResourceWorld()
  const { type, read, around } = it
  const [service, name, input] = read
  const describe = async (live: LiveResource) =>
    withoutWhatIsItsOwn(await send(world.clients, { service, name }, input(live)), live)

  const given = (await around?.(world)) ?? {}
  const made = await world.create(type, { ...given, ...it.whole })
  const asMade = await describe(made)
  const changed = await world.update(made, { ...given, ...it.bare })
  const asChanged = await describe(changed)
  expect(asChanged).not.toEqual(asMade)
  await world.delete(changed)
  const fresh = await world.create(type, { ...given, ...it.bare })
  expect(asChanged).toEqual(await describe(fresh))
})

const OWN =
  /Date$|At$|Time$|Modified$|^\$metadata$|^(?:Id|RevisionId|CodeSha256|Version|statusReasons)$/i

/** Without ids and times, which are every resource's own. */
function withoutWhatIsItsOwn(value: unknown, { physicalId, attributes }: LiveResource): unknown {
  const names = [
    physicalId,
    ...physicalId.split('|'),
    attributes['Name'],
    attributes['GatewayIdentifier'],
  ]
  let text = JSON.stringify(value, (key, item: unknown) =>
    OWN.test(key) || item === '' ? undefined : item,
  )
  for (const name of names) if (typeof name === 'string') text = text.replaceAll(name, 'NAME')
  return JSON.parse(text.replaceAll(/it-It-[A-Z0-9]{12}/g, 'NAME'))
}
