// Pairs of templates of what this host serves, before and after an update: each block is absent or one
// of its variants, and something may fail on the way.
import fc from 'fast-check'

export interface ServicePair {
  readonly before: Blocks
  readonly after: Blocks
  /** A block that cannot be deployed, and what it waits for; the update goes back. */
  readonly bad: Bad | undefined
}

/** Which variant of each block there is; 0 is none. */
export type Blocks = Readonly<Record<BlockName, number>>

export interface Bad {
  readonly kind: keyof typeof BAD
  readonly after: readonly BlockName[]
}

const BLOCKS = {
  Parameter: 4,
  Role: 2,
  Function: 5,
  Alias: 2,
  Permission: 2,
  Pool: 3,
  Scopes: 3,
  Client: 3,
  Secret: 3,
  Gateway: 3,
  Target: 3,
  Identity: 2,
} as const

export type BlockName = keyof typeof BLOCKS

/** A block is there only with those it stands on. */
const NEEDS: Partial<Record<BlockName, readonly BlockName[]>> = {
  Function: ['Role'],
  Alias: ['Function'],
  Permission: ['Function'],
  Scopes: ['Pool'],
  Client: ['Pool'],
  Gateway: ['Role', 'Pool'],
  Target: ['Gateway', 'Function'],
}

const names = Object.keys(BLOCKS) as BlockName[]

const blocks: fc.Arbitrary<Blocks> = fc
  .record(Object.fromEntries(names.map((name) => [name, fc.nat({ max: BLOCKS[name] })])))
  .map((chosen) => {
    const kept: Record<string, number> = {}
    for (const name of names) {
      const isStanding = (NEEDS[name] ?? []).every((need) => (kept[need] ?? 0) > 0)
      kept[name] = isStanding ? (chosen[name] ?? 0) : 0
    }
    return kept as Blocks
  })
  .filter((chosen) => Object.values(chosen).some((variant) => variant > 0))

export const servicePair: fc.Arbitrary<ServicePair> = fc
  .record({
    before: blocks,
    changed: blocks,
    // most blocks stay as they are, so that an update is one
    keeps: fc.record(Object.fromEntries(names.map((name) => [name, fc.boolean()]))),
    bad: fc.option(
      fc.record({
        kind: fc.constantFrom('missing function', 'missing scope', 'taken name'),
        after: fc.subarray(names, { maxLength: 3 }),
      }),
      { nil: undefined, freq: 2 },
    ),
  })
  .map(({ before, changed, keeps, bad }) => {
    const after: Record<string, number> = {}
    for (const name of names) {
      const isStanding = (NEEDS[name] ?? []).every((need) => (after[need] ?? 0) > 0)
      const variant = keeps[name] === true ? before[name] : changed[name]
      after[name] = isStanding ? variant : 0
    }
    return { before, after: after as Blocks, bad }
  })
  .filter(({ after }) => Object.values(after).some((variant) => variant > 0))

export function writeTemplate(chosen: Blocks, bad?: Bad): string {
  const there = names.filter((name) => chosen[name] > 0)
  const resources = Object.fromEntries(there.map((name) => [name, WRITE[name](chosen)]))
  const waits = (bad?.after ?? []).filter((name) => chosen[name] > 0)
  const broken = bad === undefined ? {} : { Bad: { ...BAD[bad.kind], DependsOn: waits } }
  return JSON.stringify({ Resources: { ...resources, ...broken } })
}

/** What fails once it is tried, and cannot be seen to be wrong before. */
const BAD = {
  'missing function': {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: 'not-there',
      Action: 'lambda:InvokeFunction',
      Principal: 'bedrock-agentcore.amazonaws.com',
    },
  },
  'missing scope': {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: { UserPoolId: 'us-east-1_Missing00' },
  },
  'taken name': {
    Type: 'AWS::SSM::Parameter',
    Properties: { Type: 'String', Name: '/taken', Value: 'again' },
  },
} as const

const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] }

const WRITE: Record<BlockName, (chosen: Blocks) => object> = {
  Parameter: ({ Parameter: variant }) => ({
    Type: 'AWS::SSM::Parameter',
    Properties: {
      Type: 'String',
      ...(variant > 2 && { Name: `/named/${variant}` }),
      Value: `value ${variant % 2}`,
    },
  }),
  Role: ({ Role: variant }) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [] },
      Description: `role ${variant}`,
    },
  }),
  Function: ({ Function: variant, Parameter: parameter }) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: ROLE,
      ...(variant > 3 && { FunctionName: `named-${variant}` }),
      Code: { ZipFile: `exports.handler = async () => ${variant % 2}` },
      MemorySize: variant === 2 ? 256 : 128,
      ...(parameter > 0 && { Environment: { Variables: { PARAMETER: { Ref: 'Parameter' } } } }),
    },
  }),
  Alias: ({ Alias: variant }) => ({
    Type: 'AWS::Lambda::Alias',
    Properties: {
      Name: variant === 1 ? 'live' : 'other',
      FunctionName: { Ref: 'Function' },
      FunctionVersion: '$LATEST',
    },
  }),
  Permission: ({ Permission: variant }) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
      Action: 'lambda:InvokeFunction',
      Principal: variant === 1 ? 'bedrock-agentcore.amazonaws.com' : 'events.amazonaws.com',
    },
  }),
  Pool: ({ Pool: variant }) => ({
    Type: 'AWS::Cognito::UserPool',
    Properties: {
      UserPoolName: variant === 3 ? 'renamed' : 'pool',
      Policies: { PasswordPolicy: { MinimumLength: 8 + variant } },
    },
  }),
  Scopes: ({ Scopes: variant }) => ({
    Type: 'AWS::Cognito::UserPoolResourceServer',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      Identifier: variant === 3 ? 'tools' : 'gateway',
      Name: 'gateway',
      Scopes: [{ ScopeName: 'invoke', ScopeDescription: `variant ${variant % 2}` }],
    },
  }),
  Client: ({ Client: variant, Scopes: scopes }) => ({
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      ClientName: `client ${variant}`,
      GenerateSecret: variant < 3,
      ...(scopes > 0 &&
        variant < 3 && {
          AllowedOAuthFlows: ['client_credentials'],
          AllowedOAuthFlowsUserPoolClient: true,
          AllowedOAuthScopes: [{ 'Fn::Sub': '${Scopes}/invoke' }],
        }),
    },
  }),
  Secret: ({ Secret: variant }) => ({
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      ...(variant === 3 && { Name: 'named' }),
      Description: `secret ${variant}`,
      SecretString: `hidden ${variant % 2}`,
    },
  }),
  Gateway: ({ Gateway: variant, Client: client }) => ({
    Type: 'AWS::BedrockAgentCore::Gateway',
    Properties: {
      Name: `gateway-${variant === 3 ? 'renamed' : 'it'}`,
      Description: `gateway ${variant}`,
      RoleArn: ROLE,
      ProtocolType: 'MCP',
      AuthorizerType: 'CUSTOM_JWT',
      AuthorizerConfiguration: {
        CustomJWTAuthorizer: {
          DiscoveryUrl: {
            'Fn::Sub':
              'https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}/.well-known/openid-configuration',
          },
          AllowedClients: [client > 0 ? { Ref: 'Client' } : 'anyone'],
        },
      },
    },
  }),
  Target: ({ Target: variant }) => ({
    Type: 'AWS::BedrockAgentCore::GatewayTarget',
    Properties: {
      GatewayIdentifier: { Ref: 'Gateway' },
      Name: variant === 3 ? 'Renamed' : 'LambdaTarget',
      CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
      TargetConfiguration: {
        Mcp: {
          Lambda: {
            LambdaArn: { 'Fn::GetAtt': ['Function', 'Arn'] },
            ToolSchema: {
              InlinePayload: [
                {
                  Name: 'search',
                  Description: `variant ${variant % 2}`,
                  InputSchema: { Type: 'object', Properties: { text: { Type: 'string' } } },
                },
              ],
            },
          },
        },
      },
    },
  }),
  Identity: ({ Identity: variant }) => ({
    Type: 'AWS::BedrockAgentCore::WorkloadIdentity',
    Properties: {
      Name: 'worker',
      AllowedResourceOauth2ReturnUrls: [`https://example.com/${variant}`],
    },
  }),
}
