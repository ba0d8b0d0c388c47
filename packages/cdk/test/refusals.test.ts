// What would fail when it is deployed fails when it is synthesised, with the path of the construct.
import { Duration } from 'aws-cdk-lib'
import { Annotations, Match } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { test } from 'vitest'
import {
  CognitoM2M,
  GatewayMcpServer,
  McpAuthorizer,
  RemoteMcpServer,
  RuntimeMcpServer,
  type ToolDefinition,
} from '../src/index.ts'
import { fixture, GREETER, refusal, testApp } from './support/synthesize.ts'

test('every mistake is told at once, with the path of its construct', ({ expect }) => {
  const message = refusal((stack) => {
    new RemoteMcpServer(stack, 'Greet', {
      entry: GREETER,
      requiredEnvironment: ['OPENAI_API_KEY'],
      gateway: {
        gatewayName: 'my_gateway',
        targetName: 'x'.repeat(101),
        timeout: Duration.minutes(20),
        memorySize: 64,
      },
      runtime: { runtimeName: 'my-runtime', maxLifetime: Duration.minutes(10) },
    })
  })
  for (const words of [
    '[Test/Greet/Gateway] OPENAI_API_KEY is missing: the code needs it',
    '[Test/Greet/Gateway] timeout: 1200 s; Lambda takes 1 to 900 whole seconds',
    '[Test/Greet/Gateway] memorySize: 64 MB',
    '[Test/Greet/Gateway] targetName: "xxx',
    '[Test/Greet/Gateway] gatewayName: "my_gateway" must be 1 to 48 characters',
    '[Test/Greet/Runtime] runtimeName: "my-runtime"',
    '[Test/Greet/Runtime] OPENAI_API_KEY is missing',
    '[Test/Greet/Runtime] maxLifetime: 600 s is shorter than idleTimeout, 900 s.',
  ]) {
    expect(message).toContain(words)
  }
})

test('a schema that AgentCore cannot say is refused by its pointer', ({ expect }) => {
  const message = refusal((stack) => {
    new GatewayMcpServer(stack, 'Find', { entry: fixture('nullable-server.ts') })
  })
  expect(message).toContain('[Test/Find] /tools/0/inputSchema/properties/near/')
  expect(message).toContain('use .optional() instead of .nullable()')
})

test('what words can say is widened with a warning, or refused if that is wanted', ({ expect }) => {
  const { stack } = testApp()
  new GatewayMcpServer(stack, 'Greet', { entry: GREETER })
  Annotations.fromStack(stack).hasWarning(
    '/Test/Greet',
    Match.stringLikeRegexp('/tools/1/inputSchema/properties/times/maximum'),
  )
  const message = refusal((strict) => {
    new GatewayMcpServer(strict, 'Greet', { entry: GREETER, onSchemaLoss: 'error' })
  })
  expect(message).toContain('[Test/Greet] /tools/1/inputSchema/properties/times/maximum')
})

test('tools of existing code are checked part by part', ({ expect }) => {
  const inputSchema = { type: 'object', properties: { size: { type: 'string', enum: ['S'] } } }
  const tool = { name: 'order', description: 'Orders', inputSchema } as ToolDefinition
  const message = refusal((stack) => {
    new GatewayMcpServer(stack, 'Shop', {
      code: Code.fromAsset(fixture('python')),
      handler: 'index.lambda_handler',
      tools: [tool],
    })
  })
  expect(message).toContain('[Test/Shop] tools/0/inputSchema/properties/size/enum')
})

test('files that are no server are refused with what is wrong with them', ({ expect }) => {
  const messages = ['no-server.ts', 'broken-server.ts', 'missing-server.ts'].map((name) =>
    refusal((stack) => {
      new GatewayMcpServer(stack, 'Greet', { entry: fixture(name) })
    }),
  )
  expect(messages[0]).toContain('its default export is no server')
  expect(messages[1]).toContain('it fails when it is loaded: Error: no database here')
  expect(messages[2]).toContain('missing-server.ts cannot be bundled')
})

test('exactly one kind of code is taken', ({ expect }) => {
  const none = refusal((stack) => {
    new GatewayMcpServer(stack, 'Greet', {})
  })
  expect(none).toContain('Say exactly one of entry, code and function: none is given.')
  const two = refusal((stack) => {
    new RuntimeMcpServer(stack, 'Greet', { entry: GREETER, container: fixture('container') })
  })
  expect(two).toContain('Say exactly one of entry, code, container and image: entry and container.')
})

test('environments that a platform refuses are refused', ({ expect }) => {
  const message = refusal((stack) => {
    new GatewayMcpServer(stack, 'Greet', {
      entry: GREETER,
      environment: { AWS_REGION: 'us-east-1', '1ST': 'x', LONG: 'x'.repeat(4_096) },
    })
    new RuntimeMcpServer(stack, 'Serve', {
      entry: GREETER,
      environment: { LONG: 'x'.repeat(2_049) },
    })
  })
  expect(message).toContain('AWS_REGION is set by the platform')
  expect(message).toContain('"1ST" is no name for a Lambda environment variable')
  expect(message).toContain('bytes in all; at most 4096 are allowed')
  expect(message).toContain('[Test/Serve] environment: the value of LONG has 2049 characters')
})

test('a literal that looks like a secret is a warning', () => {
  const { stack } = testApp()
  new RuntimeMcpServer(stack, 'Greet', { entry: GREETER, environment: { OPENAI_API_KEY: 'sk-1' } })
  Annotations.fromStack(stack).hasWarning(
    '/Test/Greet',
    Match.stringLikeRegexp('OPENAI_API_KEY looks like a secret'),
  )
})

test('authorizers that let everybody in, or nobody, are refused', ({ expect }) => {
  const message = refusal((stack) => {
    new GatewayMcpServer(stack, 'All', {
      entry: GREETER,
      authorizer: McpAuthorizer.jwt({ discoveryUrl: 'https://issuer.example' }),
    })
    new CognitoM2M(stack, 'Callers', { domainPrefix: 'my-aws-tools', scopes: { 'a b': 'x' } })
  })
  expect(message).toContain('must end with /.well-known/openid-configuration')
  expect(message).toContain('say at least one of allowedAudience, allowedClients and allowedScopes')
  expect(message).toContain('[Test/Callers] domainPrefix: "my-aws-tools"')
  expect(message).toContain('[Test/Callers] scopes: "a b"')
})

test('headers, folders and files that are not there are refused', ({ expect }) => {
  const message = refusal((stack) => {
    new RuntimeMcpServer(stack, 'Headers', { entry: GREETER, requestHeaders: ['x y'] })
    new RuntimeMcpServer(stack, 'Folder', { container: fixture('nowhere') })
    new RuntimeMcpServer(stack, 'File', {
      code: { path: fixture('python'), entryPoint: ['main.py'] },
    })
  })
  expect(message).toContain('[Test/Headers] requestHeaders: "x y" is no name of a header.')
  expect(message).toContain('[Test/Folder] container: there is no')
  expect(message).toContain('[Test/File] code: the folder has no main.py')
})
