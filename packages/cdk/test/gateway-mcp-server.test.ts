import { Duration } from 'aws-cdk-lib'
import { Match } from 'aws-cdk-lib/assertions'
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { test } from 'vitest'
import { GatewayMcpServer, McpAuthorizer } from '../src/index.ts'
import { fixture, GREETER, only, synthesize, testApp } from './support/synthesize.ts'

test('a defineServer file becomes a function, a gateway and a target with its tools', ({
  expect,
}) => {
  const template = synthesize((stack) => {
    new GatewayMcpServer(stack, 'Greet', { entry: GREETER })
  })
  expect(only(template, 'AWS::Lambda::Function')).toMatchObject({
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Timeout: 60,
    MemorySize: 512,
  })
  expect(only(template, 'AWS::BedrockAgentCore::Gateway')).toMatchObject({
    AuthorizerType: 'CUSTOM_JWT',
    ProtocolType: 'MCP',
    ProtocolConfiguration: {
      Mcp: {
        Instructions: 'Greets people.',
        SupportedVersions: ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'],
      },
    },
  })
  expect(only(template, 'AWS::BedrockAgentCore::GatewayTarget')).toEqual({
    Name: 'greeter',
    GatewayIdentifier: { 'Fn::GetAtt': [expect.any(String), 'GatewayIdentifier'] },
    CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
    TargetConfiguration: {
      Mcp: {
        Lambda: {
          LambdaArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] },
          ToolSchema: {
            InlinePayload: [
              {
                Name: 'greet_user',
                Description: 'Greet a user by name',
                InputSchema: {
                  Type: 'object',
                  Properties: { name: { Type: 'string', Description: 'The name of the user.' } },
                  Required: ['name'],
                },
              },
              {
                Name: 'repeat',
                Description: 'Say it again',
                InputSchema: {
                  Type: 'object',
                  Properties: {
                    text: { Type: 'string' },
                    times: { Type: 'integer', Description: expect.stringContaining('3') },
                  },
                  Required: ['text', 'times'],
                },
              },
            ],
          },
        },
      },
    },
  })
})

test('the same sources give the same asset', ({ expect }) => {
  const keys = [1, 2].map(() => {
    const template = synthesize((stack) => {
      new GatewayMcpServer(stack, 'Greet', { entry: GREETER })
    })
    return only(template, 'AWS::Lambda::Function')['Code']
  })
  expect(keys[0]).toEqual(keys[1])
})

test('a secret reaches the code as an ARN, and a permission on it alone', ({ expect }) => {
  const template = synthesize((stack) => {
    const secretCompleteArn = stack.formatArn({
      service: 'secretsmanager',
      resource: 'secret:greeting-AbCdEf',
    })
    const key = Secret.fromSecretAttributes(stack, 'Key', { secretCompleteArn })
    new GatewayMcpServer(stack, 'Greet', {
      entry: GREETER,
      secrets: { GREETING_KEY: { secret: key, field: 'apiKey' } },
    })
  })
  const { Environment } = only(template, 'AWS::Lambda::Function') as {
    readonly Environment: { readonly Variables: object }
  }
  expect(Object.keys(Environment.Variables)).toEqual(['CATAMARAN_SECRET_GREETING_KEY'])
  expect(JSON.stringify(Environment)).toContain('secret:greeting-AbCdEf#apiKey')
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          Resource: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
        }),
      ]),
    },
  })
  expect(JSON.stringify(template.toJSON())).not.toContain('{{resolve')
})

test('existing code gets secrets from CloudFormation, and its tools from a file', ({ expect }) => {
  const template = synthesize((stack) => {
    new GatewayMcpServer(stack, 'Greet', {
      code: Code.fromAsset(fixture('python')),
      handler: 'index.lambda_handler',
      runtime: Runtime.PYTHON_3_13,
      tools: fixture('greet-tool.json'),
      secrets: { GREETING_KEY: Secret.fromSecretNameV2(stack, 'Key', 'greeting') },
    })
  })
  expect(only(template, 'AWS::Lambda::Function')).toMatchObject({
    Handler: 'index.lambda_handler',
    Runtime: 'python3.13',
  })
  const { Environment } = only(template, 'AWS::Lambda::Function')
  expect(JSON.stringify(Environment)).toContain('{{resolve:secretsmanager:')
  template.hasResourceProperties('AWS::BedrockAgentCore::GatewayTarget', { Name: 'Greet' })
})

test('your own issuer, and options as they are said', ({ expect }) => {
  const template = synthesize((stack) => {
    new GatewayMcpServer(stack, 'Greet', {
      entry: GREETER,
      gatewayName: 'greetings',
      targetName: 'LambdaTarget',
      description: 'Greets people',
      instructions: 'Be kind.',
      timeout: Duration.minutes(15),
      semanticSearch: true,
      authorizer: McpAuthorizer.jwt({
        discoveryUrl: 'https://issuer.example/.well-known/openid-configuration',
        allowedScopes: ['tools'],
      }),
    })
  })
  template.resourceCountIs('AWS::Cognito::UserPool', 0)
  expect(only(template, 'AWS::BedrockAgentCore::Gateway')).toMatchObject({
    Name: 'greetings',
    Description: 'Greets people',
    AuthorizerConfiguration: {
      CustomJWTAuthorizer: {
        DiscoveryUrl: 'https://issuer.example/.well-known/openid-configuration',
        AllowedScopes: ['tools'],
      },
    },
    ProtocolConfiguration: { Mcp: { SearchType: 'SEMANTIC', Instructions: 'Be kind.' } },
  })
})

test('the tools may do what is granted to the server', ({ expect }) => {
  const { stack } = testApp()
  const server = new GatewayMcpServer(stack, 'Greet', { entry: GREETER })
  expect(server.tools.map(({ name }) => name)).toEqual(['greet_user', 'repeat'])
  expect(server.grantPrincipal).toBe(server.function.grantPrincipal)
})

test('the gateway may invoke the function and no more, before the target is made', ({ expect }) => {
  const template = synthesize((stack) => {
    new GatewayMcpServer(stack, 'Greet', { entry: GREETER })
  })
  const [target] = Object.values(
    template.findResources('AWS::BedrockAgentCore::GatewayTarget'),
  ) as { readonly DependsOn: readonly string[] }[]
  const policies = template.findResources('AWS::IAM::Policy') as Record<
    string,
    { readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly object[] } } }
  >
  const ofGateway = Object.entries(policies).filter(([id]) => target?.DependsOn.includes(id))
  expect(ofGateway.map(([, { Properties }]) => Properties.PolicyDocument.Statement)).toEqual([
    [
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^GreetFunction/), 'Arn'] },
      },
    ],
  ])
})
