import {
  GetGatewayCommand,
  GetGatewayTargetCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/stacks/json.ts'
import { UNKNOWN } from '../../../src/stacks/resource-type.ts'
import { startResourceWorld } from '../../support/resource-world.ts'

const GATEWAY = 'AWS::BedrockAgentCore::Gateway'
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget'
const LIMIT = 'AWS::BedrockAgentCore::GatewayRateLimit'
const POLICY = 'AWS::BedrockAgentCore::ResourcePolicy'
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:it'

const gateway: JsonObject = {
  Name: 'it',
  RoleArn: 'arn:aws:iam::000000000000:role/any',
  AuthorizerType: 'CUSTOM_JWT',
  AuthorizerConfiguration: {
    CustomJWTAuthorizer: {
      DiscoveryUrl:
        'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/openid-configuration',
      AllowedClients: ['client'],
    },
  },
  ProtocolType: 'MCP',
  ProtocolConfiguration: {
    Mcp: { SupportedVersions: ['2025-03-26'], SearchType: 'SEMANTIC', Instructions: 'Ask.' },
  },
  Tags: { team: 'deck', gone: 'soon' },
}

const target = (GatewayIdentifier: string, Name: string): JsonObject => ({
  GatewayIdentifier,
  Name,
  CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }],
  TargetConfiguration: {
    Mcp: {
      Lambda: {
        LambdaArn: FUNCTION_ARN,
        ToolSchema: {
          InlinePayload: [
            {
              Name: 'search',
              Description: 'Searches',
              InputSchema: {
                Type: 'object',
                Properties: { Question: { Type: 'string', Description: 'What to ask' } },
                Required: ['Question'],
              },
            },
          ],
        },
      },
    },
  },
})

test('a gateway is made, read, changed in place and deleted twice', async () => {
  await using world = await startResourceWorld()
  const made = await world.create(GATEWAY, gateway, { tags: { stage: 'test' } })
  const arn = `arn:aws:bedrock-agentcore:us-east-1:000000000000:gateway/${made.physicalId}`
  expect(made.physicalId).toMatch(/^it-[a-z0-9]{10}$/)
  expect(made.attributes).toMatchObject({
    GatewayArn: arn,
    GatewayIdentifier: made.physicalId,
    GatewayUrl: expect.stringContaining(made.physicalId),
    Status: 'READY',
    CreatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    'WorkloadIdentityDetails.WorkloadIdentityArn': expect.stringMatching(/workload-identity\//),
  })
  const get = () =>
    world.clients.control.send(new GetGatewayCommand({ gatewayIdentifier: made.physicalId }))
  expect(await get()).toMatchObject({
    authorizerConfiguration: { customJWTAuthorizer: { allowedClients: ['client'] } },
    protocolConfiguration: { mcp: { searchType: 'SEMANTIC', instructions: 'Ask.' } },
  })

  const changed = await world.update(made, {
    ...gateway,
    Name: 'other',
    AuthorizerType: 'AWS_IAM',
    AuthorizerConfiguration: null,
    Description: 'changed',
    Tags: { team: 'hull' },
  })
  expect(changed.physicalId).toBe(made.physicalId)
  expect(await get()).toMatchObject({ name: 'other', authorizerType: 'AWS_IAM' })
  const { tags } = await world.clients.control.send(
    new ListTagsForResourceCommand({ resourceArn: arn }),
  )
  expect(tags).toMatchObject({ team: 'hull', stage: 'test', 'aws:cloudformation:stack-name': 'it' })
  expect(tags).not.toHaveProperty('gone')
  await world.delete(changed)
  await world.delete(changed)
})

test('targets, rate limits and a policy of a gateway', async () => {
  await using world = await startResourceWorld()
  const parent = await world.create(GATEWAY, gateway)
  const GatewayIdentifier = parent.physicalId

  const made = await world.create(TARGET, target(GatewayIdentifier, 'LambdaTarget'))
  const [, targetId] = made.physicalId.split('|')
  expect(made.physicalId).toBe(`${GatewayIdentifier}|${made.attributes['TargetId'] as string}`)
  expect(made.attributes).toMatchObject({
    Status: 'READY',
    GatewayArn: parent.attributes['GatewayArn'],
  })
  const get = new GetGatewayTargetCommand({ gatewayIdentifier: GatewayIdentifier, targetId })
  const { targetConfiguration } = await world.clients.control.send(get)
  expect(targetConfiguration?.mcp).toMatchObject({
    lambda: {
      toolSchema: {
        inlinePayload: [
          { name: 'search', inputSchema: { properties: { Question: { type: 'string' } } } },
        ],
      },
    },
  })
  const changed = await world.update(made, {
    ...target(GatewayIdentifier, 'Renamed'),
    Description: 'changed',
  })
  expect(changed.physicalId).toBe(made.physicalId)
  expect(await world.clients.control.send(get)).toMatchObject({ name: 'Renamed' })
  const moved = { ...made.properties, GatewayIdentifier: 'x' }
  expect(world.type(TARGET).needsReplacement(made.properties, moved)).toBe(true)

  const limit = await world.create(LIMIT, {
    GatewayIdentifier,
    DimensionKeys: ['toolName'],
    Entries: [{ Dimensions: { toolName: '*' }, Requests: [{ Rate: '5', Period: 'minute' }] }],
  })
  expect(limit.physicalId).toMatch(new RegExp(`^${GatewayIdentifier}\\|[a-z0-9]{10}$`))
  expect(limit.attributes).toMatchObject({ Status: 'ACTIVE' })
  await world.update(limit, { ...limit.properties, Description: 'changed' })

  const Policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111111111111:root' },
        Action: 'bedrock-agentcore:InvokeGateway',
        Resource: parent.attributes['GatewayArn'] ?? '',
      },
    ],
  }
  const policy = await world.create(POLICY, {
    ResourceArn: parent.attributes['GatewayArn'] ?? '',
    Policy,
  })
  expect(policy.physicalId).toBe(parent.attributes['GatewayArn'])

  await expect(world.delete(parent)).rejects.toThrow(/has targets associated with it/)
  for (const live of [policy, limit, changed, parent, policy, limit, changed, parent]) {
    await world.delete(live)
  }
})

test('a target whose server cannot be reached fails with the reason, and can be deleted', async () => {
  await using world = await startResourceWorld()
  const { physicalId: GatewayIdentifier } = await world.create(GATEWAY, gateway)
  const properties: JsonObject = {
    GatewayIdentifier,
    Name: 'server',
    TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'http://127.0.0.1:9/mcp' } } },
  }
  const failing = world.create(TARGET, properties)
  await expect(failing).rejects.toThrow(/^It is FAILED: .*127\.0\.0\.1/)
  const [, physicalId] = world.initiated
  await world.delete({
    physicalId: physicalId ?? '',
    attributes: {},
    type: TARGET,
    logicalId: 'It',
    properties,
  })
})

test('what this host has not is refused before anything is made', async () => {
  await using world = await startResourceWorld()
  const check = (type: string, properties: JsonObject) => world.type(type).check?.(properties, 'It')
  expect(check(GATEWAY, { ...gateway, RoleArn: UNKNOWN })).toEqual([])
  expect(
    check(GATEWAY, { ...gateway, InterceptorConfigurations: [{ Interceptor: UNKNOWN }] }),
  ).toEqual(['InterceptorConfigurations cannot be had: interceptors are not served by this host'])
  expect(check(TARGET, target(UNKNOWN, 'It'))).toEqual([])
  expect(
    check(TARGET, {
      GatewayIdentifier: UNKNOWN,
      TargetConfiguration: { Mcp: { OpenApiSchema: { InlinePayload: '{}' } } },
    }),
  ).toEqual([
    'TargetConfiguration/Mcp/OpenApiSchema cannot be had: targets of this kind are not served by this host',
  ])
  expect(
    check(TARGET, {
      ...target(UNKNOWN, 'It'),
      TargetConfiguration: { Mcp: { Lambda: { ToolSchema: {} } } },
    }),
  ).toEqual([
    expect.stringMatching(/TargetConfiguration\/Mcp\/Lambda\/LambdaArn.*must not be null/),
    expect.stringMatching(/ToolSchema.*exactly one of/),
  ])
})
