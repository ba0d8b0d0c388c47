import { asText } from './as-text.ts'
import { agentcoreTags } from './agentcore-tags.ts'
import type { ModelledRow } from './modelled-row.ts'

const NO_SUCH_TARGET = 'targets of this kind are not served by this host'

/** Gateways, their targets and rate limits (CloudFormation's resource schemas, AWS::BedrockAgentCore). */
export const GATEWAY_ROWS: readonly ModelledRow[] = [
  {
    type: 'AWS::BedrockAgentCore::Gateway',
    service: 'bedrock-agentcore-control',
    properties: [
      'AuthorizerConfiguration',
      'AuthorizerType',
      'Description',
      'ExceptionLevel',
      'InterceptorConfigurations',
      'KmsKeyArn',
      'Name',
      'PolicyEngineConfiguration',
      'ProtocolConfiguration',
      'ProtocolType',
      'RoleArn',
      'Tags',
      'WafConfiguration',
    ],
    required: ['AuthorizerType', 'Name', 'RoleArn'],
    replacement: [],
    create: 'CreateGateway',
    read: 'GetGateway',
    update: 'UpdateGateway',
    delete: 'DeleteGateway',
    attributes: [
      'GatewayArn',
      'GatewayUrl',
      'Status',
      'StatusReasons',
      'CreatedAt',
      'UpdatedAt',
      'WorkloadIdentityDetails',
      'WorkloadIdentityDetails.WorkloadIdentityArn',
    ],
    computed: ({ gatewayId }) => ({ GatewayIdentifier: asText(gatewayId) }),
    physicalId: ({ gatewayId }) => asText(gatewayId),
    identify: (gatewayIdentifier) => ({ gatewayIdentifier }),
    settling: {
      status: 'status',
      settled: ['READY'],
      underWay: ['CREATING', 'UPDATING'],
      reasons: 'statusReasons',
    },
    tags: agentcoreTags('gateway'),
    notServed: {
      InterceptorConfigurations: 'interceptors are not served by this host',
      PolicyEngineConfiguration: 'policy engines are not served by this host',
      WafConfiguration: 'there is no web application firewall here',
      'ProtocolConfiguration/Mcp/SessionConfiguration': 'it is not served by this host',
    },
  },
  {
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    service: 'bedrock-agentcore-control',
    properties: [
      'CredentialProviderConfigurations',
      'Description',
      'GatewayIdentifier',
      'MetadataConfiguration',
      'Name',
      'PrivateEndpoint',
      'TargetConfiguration',
    ],
    required: ['GatewayIdentifier', 'TargetConfiguration'],
    replacement: ['GatewayIdentifier'],
    create: 'CreateGatewayTarget',
    read: 'GetGatewayTarget',
    update: 'UpdateGatewayTarget',
    delete: 'DeleteGatewayTarget',
    attributes: [
      'TargetId',
      'GatewayArn',
      'Status',
      'StatusReasons',
      'CreatedAt',
      'UpdatedAt',
      'LastSynchronizedAt',
      'ProtocolType',
    ],
    physicalId: ({ targetId }, { gatewayIdentifier }) =>
      `${asText(gatewayIdentifier)}|${asText(targetId)}`,
    identify: (physicalId) => {
      const [gatewayIdentifier, targetId] = physicalId.split('|')
      return { gatewayIdentifier, targetId }
    },
    settling: {
      status: 'status',
      settled: ['READY'],
      underWay: ['CREATING', 'UPDATING', 'SYNCHRONIZING'],
      reasons: 'statusReasons',
    },
    notServed: {
      'TargetConfiguration/Mcp/OpenApiSchema': NO_SUCH_TARGET,
      'TargetConfiguration/Mcp/SmithyModel': NO_SUCH_TARGET,
      'TargetConfiguration/Mcp/ApiGateway': NO_SUCH_TARGET,
      'TargetConfiguration/Mcp/Connector': NO_SUCH_TARGET,
      'TargetConfiguration/Http': NO_SUCH_TARGET,
      'TargetConfiguration/Inference': NO_SUCH_TARGET,
      'MetadataConfiguration/AllowedResponseHeaders': 'response headers are not passed on here',
      PrivateEndpoint: 'there are no VPCs here',
    },
  },
  {
    type: 'AWS::BedrockAgentCore::GatewayRateLimit',
    service: 'bedrock-agentcore-control',
    properties: ['Description', 'DimensionKeys', 'Entries', 'GatewayIdentifier', 'RateLimitId'],
    required: ['DimensionKeys', 'Entries', 'GatewayIdentifier'],
    replacement: ['DimensionKeys', 'GatewayIdentifier', 'RateLimitId'],
    create: 'CreateGatewayRateLimit',
    read: 'GetGatewayRateLimit',
    update: 'UpdateGatewayRateLimit',
    delete: 'DeleteGatewayRateLimit',
    attributes: ['Status', 'CreatedAt', 'UpdatedAt'],
    physicalId: ({ rateLimitId }, { gatewayIdentifier }) =>
      `${asText(gatewayIdentifier)}|${asText(rateLimitId)}`,
    identify: (physicalId) => {
      const [gatewayIdentifier, rateLimitId] = physicalId.split('|')
      return { gatewayIdentifier, rateLimitId }
    },
    settling: {
      status: 'status',
      settled: ['ACTIVE'],
      underWay: ['CREATING', 'UPDATING'],
      reasons: 'statusReasons',
    },
  },
]
