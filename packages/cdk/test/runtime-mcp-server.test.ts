import { Duration } from 'aws-cdk-lib'
import { AgentCoreRuntime } from 'aws-cdk-lib/aws-bedrockagentcore'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { test } from 'vitest'
import { McpAuthorizer, RuntimeMcpServer } from '../src/index.ts'
import { fixture, GREETER, only, synthesize } from './support/synthesize.ts'

test('a defineServer file is deployed as code, without a container', ({ expect }) => {
  const template = synthesize((stack) => {
    new RuntimeMcpServer(stack, 'Greet', { entry: GREETER, runtimeName: 'greetings' })
  })
  expect(only(template, 'AWS::BedrockAgentCore::Runtime')).toMatchObject({
    AgentRuntimeName: 'greetings',
    AgentRuntimeArtifact: {
      CodeConfiguration: { Runtime: 'NODE_22', EntryPoint: ['index.js'] },
    },
    ProtocolConfiguration: 'MCP',
    NetworkConfiguration: { NetworkMode: 'PUBLIC' },
    AuthorizerConfiguration: { CustomJWTAuthorizer: { AllowedScopes: ['mcp/invoke'] } },
  })
})

test('logs go into a group of the stack, under the name that AgentCore expects', ({ expect }) => {
  const template = synthesize((stack) => {
    new RuntimeMcpServer(stack, 'Greet', {
      entry: GREETER,
      logRetention: RetentionDays.ONE_YEAR,
    })
  })
  expect(only(template, 'AWS::Logs::LogGroup')).toEqual({
    LogGroupName: {
      'Fn::Join': [
        '',
        [
          '/aws/bedrock-agentcore/runtimes/',
          { 'Fn::GetAtt': [expect.any(String), 'AgentRuntimeId'] },
          '-DEFAULT',
        ],
      ],
    },
    RetentionInDays: 365,
  })
})

test('existing code, lifetimes, headers and secrets as they are said', ({ expect }) => {
  const template = synthesize((stack) => {
    new RuntimeMcpServer(stack, 'Greet', {
      code: {
        path: fixture('python'),
        entryPoint: ['mcp_server.py'],
        runtime: AgentCoreRuntime.PYTHON_3_13,
      },
      environment: { LANGUAGE: 'ja' },
      secrets: { GREETING_KEY: Secret.fromSecretNameV2(stack, 'Key', 'greeting') },
      idleTimeout: Duration.minutes(5),
      maxLifetime: Duration.hours(2),
      requestHeaders: ['Authorization'],
      authorizer: McpAuthorizer.iam(),
    })
  })
  const runtime = only(template, 'AWS::BedrockAgentCore::Runtime')
  expect(runtime).toMatchObject({
    AgentRuntimeArtifact: {
      CodeConfiguration: { Runtime: 'PYTHON_3_13', EntryPoint: ['mcp_server.py'] },
    },
    EnvironmentVariables: { LANGUAGE: 'ja', GREETING_KEY: expect.anything() },
    LifecycleConfiguration: { IdleRuntimeSessionTimeout: 300, MaxLifetime: 7_200 },
    RequestHeaderConfiguration: { RequestHeaderAllowlist: ['Authorization'] },
  })
  expect(runtime).not.toHaveProperty('AuthorizerConfiguration')
})

test('a container is built for the only processor there is', ({ expect }) => {
  const template = synthesize((stack) => {
    new RuntimeMcpServer(stack, 'Greet', { container: fixture('container') })
  })
  const { AgentRuntimeArtifact } = only(template, 'AWS::BedrockAgentCore::Runtime')
  expect(AgentRuntimeArtifact).toMatchObject({ ContainerConfiguration: { ContainerUri: {} } })
})

test('the URL encodes the ARN, when it is known', ({ expect }) => {
  const template = synthesize((stack) => {
    const { runtimeUrl } = new RuntimeMcpServer(stack, 'Greet', { entry: GREETER })
    stack.exportValue(runtimeUrl, { name: 'Url' })
  })
  const [output] = Object.values(template.findOutputs('*'))
  const text = JSON.stringify(output?.['Value'])
  expect(text).toContain('/invocations?qualifier=DEFAULT')
  expect(text).toContain(
    '{"Fn::Join":["%2F",{"Fn::Split":["/",{"Fn::Join":["%3A",{"Fn::Split":[":"',
  )
})
