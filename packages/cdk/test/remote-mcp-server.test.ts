import { test } from 'vitest'
import { CognitoM2M, RemoteMcpServer } from '../src/index.ts'
import { GREETER, only, synthesize } from './support/synthesize.ts'

test('both hulls let in the same callers, who need no secret', ({ expect }) => {
  const template = synthesize((stack) => {
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER })
  })
  const gateway = only(template, 'AWS::BedrockAgentCore::Gateway')
  const runtime = only(template, 'AWS::BedrockAgentCore::Runtime')
  expect(gateway['AuthorizerConfiguration']).toEqual(runtime['AuthorizerConfiguration'])
  expect(only(template, 'AWS::BedrockAgentCore::OAuth2CredentialProvider')).toMatchObject({
    CredentialProviderVendor: 'CustomOauth2',
    Oauth2ProviderConfigInput: {
      CustomOauth2ProviderConfig: {
        ClientSecret: { 'Fn::GetAtt': [expect.any(String), 'ClientSecret'] },
      },
    },
  })
  expect(only(template, 'AWS::BedrockAgentCore::WorkloadIdentity')).toHaveProperty('Name')
  expect(Object.keys(template.findOutputs('*')).sort()).toEqual([
    'GreetClientId',
    'GreetCredentialProvider',
    'GreetGatewayUrl',
    'GreetRuntimeArn',
    'GreetRuntimeUrl',
    'GreetScopes',
    'GreetTokenUrl',
    'GreetUserPoolId',
    'GreetWorkloadIdentity',
  ])
  expect(JSON.stringify(template.findOutputs('*'))).not.toContain('ClientSecret')
})

test('no custom resource is needed, and no Lambda function but the tools', ({ expect }) => {
  const template = synthesize((stack) => {
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER })
  })
  const types = Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>)
  expect(types.filter(({ Type }) => Type.startsWith('Custom::'))).toEqual([])
  template.resourceCountIs('AWS::Lambda::Function', 1)
})

test('an app may write its own outputs and keep its own identities', ({ expect }) => {
  const template = synthesize((stack) => {
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER, outputs: false, callerIdentity: false })
  })
  expect(template.findOutputs('*')).toEqual({})
  template.resourceCountIs('AWS::BedrockAgentCore::WorkloadIdentity', 0)
})

test('scopes and names of a user pool as they are said', ({ expect }) => {
  const template = synthesize((stack) => {
    const authorizer = new CognitoM2M(stack, 'Callers', {
      identifier: 'tools',
      scopes: { read: 'Read', write: 'Write' },
      domainPrefix: 'my-tools',
    })
    new RemoteMcpServer(stack, 'Greet', { entry: GREETER, authorizer })
  })
  expect(only(template, 'AWS::Cognito::UserPoolDomain')).toMatchObject({ Domain: 'my-tools' })
  expect(only(template, 'AWS::BedrockAgentCore::Gateway')).toMatchObject({
    AuthorizerConfiguration: {
      CustomJWTAuthorizer: { AllowedScopes: ['tools/read', 'tools/write'] },
    },
  })
})
