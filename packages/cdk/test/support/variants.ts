// The constructs in all the ways they are meant to be used: what cdk-nag, cfn-lint and the look at the
// policies go through.
import { Duration, type Stack } from 'aws-cdk-lib'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { AgentCoreRuntime, GatewayExceptionLevel } from 'aws-cdk-lib/aws-bedrockagentcore'
import { Repository } from 'aws-cdk-lib/aws-ecr'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Topic } from 'aws-cdk-lib/aws-sns'
import {
  CognitoM2M,
  GatewayMcpServer,
  McpAuthorizer,
  RemoteMcpServer,
  RuntimeMcpServer,
  type ToolDefinition,
} from '../../src/index.ts'
import { fixture, GREETER } from './synthesize.ts'

export const GREET_TOOL: ToolDefinition = {
  name: 'greet_user',
  description: 'Greet a user by name',
  inputSchema: {
    type: 'object',
    properties: { name: { type: 'string', description: 'The name of the user.' } },
    required: ['name'],
  },
}

const issuer = McpAuthorizer.jwt({
  discoveryUrl: 'https://issuer.example/.well-known/openid-configuration',
  allowedAudience: ['tools'],
})

export const VARIANTS: Readonly<Record<string, (stack: Stack) => void>> = {
  'both hulls from a defineServer file': (stack) => {
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER })
  },
  'both hulls with everything on': (stack) => {
    const topic = Topic.fromTopicArn(
      stack,
      'Topic',
      stack.formatArn({ service: 'sns', resource: 'alarms' }),
    )
    new RemoteMcpServer(stack, 'Greet', {
      entry: GREETER,
      description: 'Greets people',
      environment: { LANGUAGE: 'ja' },
      secrets: {
        GREETING_KEY: Secret.fromSecretNameV2(stack, 'Key', 'greeting'),
        OTHER_KEY: { secret: Secret.fromSecretNameV2(stack, 'Other', 'other'), field: 'apiKey' },
      },
      requiredEnvironment: ['GREETING_KEY', 'LANGUAGE'],
      tracing: true,
      alarms: { actions: [new SnsAction(topic)], threshold: 3 },
      gateway: {
        targetName: 'LambdaTarget',
        timeout: Duration.minutes(10),
        memorySize: 1_769,
        semanticSearch: true,
        exceptionLevel: GatewayExceptionLevel.DEBUG,
      },
      runtime: {
        requestHeaders: ['Authorization'],
        idleTimeout: Duration.minutes(5),
        maxLifetime: Duration.hours(1),
      },
    })
  },
  'your own issuer': (stack) => {
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER, authorizer: issuer })
  },
  'IAM callers': (stack) => {
    const caller = new Role(stack, 'Caller', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    })
    const { gateway, runtime } = new RemoteMcpServer(stack, 'Greet', {
      entry: GREETER,
      authorizer: McpAuthorizer.iam(),
    })
    gateway.grantInvoke(caller)
    runtime.grantInvoke(caller)
  },
  'callers shared by two servers, and an agent among them': (stack) => {
    const authorizer = new CognitoM2M(stack, 'Callers', {
      scopes: { read: 'Read', write: 'Write' },
    })
    new GatewayMcpServer(stack, 'One', { entry: GREETER, authorizer })
    const { callerIdentity } = new RemoteMcpServer(stack, 'Two', { entry: GREETER, authorizer })
    callerIdentity?.grantUse(
      new Role(stack, 'Agent', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
    )
  },
  'existing code': (stack) => {
    new RemoteMcpServer(stack, 'Greet', {
      secrets: { GREETING_KEY: Secret.fromSecretNameV2(stack, 'Key', 'greeting') },
      gateway: {
        code: Code.fromAsset(fixture('python')),
        handler: 'index.lambda_handler',
        runtime: Runtime.PYTHON_3_15,
        tools: [GREET_TOOL],
      },
      runtime: {
        code: {
          path: fixture('python'),
          entryPoint: ['mcp_server.py'],
          runtime: AgentCoreRuntime.PYTHON_3_13,
        },
      },
    })
  },
  'an existing function and a container': (stack) => {
    new RemoteMcpServer(stack, 'Greet', {
      gateway: {
        function: LambdaFunction.fromFunctionAttributes(stack, 'Existing', {
          functionArn: stack.formatArn({ service: 'lambda', resource: 'function:greet' }),
          sameEnvironment: true,
        }),
        tools: fixture('greet-tool.json'),
      },
      runtime: { container: fixture('container') },
    })
  },
  'an image in a repository': (stack) => {
    new RuntimeMcpServer(stack, 'Greet', {
      image: { repository: Repository.fromRepositoryName(stack, 'Images', 'greet'), tag: '1' },
    })
  },
}
