import { asText } from './as-text.ts'
import { agentcoreTags } from './agentcore-tags.ts'
import type { ModelledRow } from './modelled-row.ts'

const SETTLING = {
  status: 'status',
  settled: ['READY'],
  underWay: ['CREATING', 'UPDATING'],
  reasons: 'failureReason',
}

/** Agent runtimes and their endpoints (CloudFormation's resource schemas, AWS::BedrockAgentCore). */
export const AGENT_RUNTIME_ROWS: readonly ModelledRow[] = [
  {
    type: 'AWS::BedrockAgentCore::Runtime',
    service: 'bedrock-agentcore-control',
    properties: [
      'AgentRuntimeArtifact',
      'AgentRuntimeName',
      'AuthorizerConfiguration',
      'CapacityProviderConfiguration',
      'Description',
      'EnvironmentVariables',
      'FilesystemConfigurations',
      'LifecycleConfiguration',
      'NetworkConfiguration',
      'PlatformVersion',
      'ProtocolConfiguration',
      'RequestHeaderConfiguration',
      'RoleArn',
      'Tags',
    ],
    required: ['AgentRuntimeArtifact', 'AgentRuntimeName', 'RoleArn'],
    replacement: ['AgentRuntimeName'],
    create: 'CreateAgentRuntime',
    read: 'GetAgentRuntime',
    update: 'UpdateAgentRuntime',
    delete: 'DeleteAgentRuntime',
    attributes: [
      'AgentRuntimeArn',
      'AgentRuntimeId',
      'AgentRuntimeVersion',
      'CreatedAt',
      'FailureReason',
      'LastUpdatedAt',
      'Status',
      'WorkloadIdentityDetails',
      'WorkloadIdentityDetails.WorkloadIdentityArn',
    ],
    physicalId: ({ agentRuntimeId }) => asText(agentRuntimeId),
    identify: (agentRuntimeId) => ({ agentRuntimeId }),
    // In templates the protocol is a text.
    adapt: ({ ProtocolConfiguration: protocol, ...properties }) =>
      typeof protocol === 'string'
        ? { ...properties, ProtocolConfiguration: { ServerProtocol: protocol } }
        : { ...properties, ProtocolConfiguration: protocol },
    cleared: { PlatformVersion: 'V1' },
    settling: SETTLING,
    tags: agentcoreTags('runtime'),
    notServed: {
      'AgentRuntimeArtifact/CodeConfiguration/Code/S3/VersionId':
        'local buckets keep no versions of an object',
      CapacityProviderConfiguration: 'there are no capacity providers here',
      FilesystemConfigurations: 'a session has its own HOME folder here, and nothing is mounted',
      'NetworkConfiguration/NetworkMode=VPC': 'there are no VPCs here; PUBLIC is served',
      'ProtocolConfiguration=A2A': 'it is not served by this host; MCP and HTTP are',
      'ProtocolConfiguration=AGUI': 'it is not served by this host; MCP and HTTP are',
    },
  },
  {
    type: 'AWS::BedrockAgentCore::RuntimeEndpoint',
    service: 'bedrock-agentcore-control',
    properties: ['AgentRuntimeId', 'AgentRuntimeVersion', 'Description', 'Name', 'Tags'],
    required: ['AgentRuntimeId', 'Name'],
    replacement: ['AgentRuntimeId', 'Name'],
    create: 'CreateAgentRuntimeEndpoint',
    read: 'GetAgentRuntimeEndpoint',
    update: 'UpdateAgentRuntimeEndpoint',
    delete: 'DeleteAgentRuntimeEndpoint',
    attributes: [
      'AgentRuntimeArn',
      'AgentRuntimeEndpointArn',
      'CreatedAt',
      'FailureReason',
      'Id',
      'LastUpdatedAt',
      'LiveVersion',
      'Status',
      'TargetVersion',
    ],
    physicalId: ({ agentRuntimeEndpointArn }) => asText(agentRuntimeEndpointArn),
    identify(endpointArn) {
      const [, agentRuntimeId, , endpointName] = endpointArn.split('/')
      return { agentRuntimeId, endpointName }
    },
    settling: SETTLING,
    tags: agentcoreTags('runtime'),
  },
]
