import type { Scope } from '../../kernel/scope.ts'
import { asText } from './as-text.ts'
import { agentcoreTags } from './agentcore-tags.ts'
import type { Output } from './output.ts'
import type { ModelledRow } from './modelled-row.ts'
import { readAttributes } from './read-attributes.ts'

/** Workload identities, credential providers and resource policies (CloudFormation's resource schemas). */
export const IDENTITY_ROWS: readonly ModelledRow[] = [
  {
    type: 'AWS::BedrockAgentCore::WorkloadIdentity',
    service: 'bedrock-agentcore-control',
    properties: ['AllowedResourceOauth2ReturnUrls', 'Name', 'Tags'],
    required: ['Name'],
    replacement: ['Name'],
    create: 'CreateWorkloadIdentity',
    read: 'GetWorkloadIdentity',
    update: 'UpdateWorkloadIdentity',
    delete: 'DeleteWorkloadIdentity',
    attributes: ['CreatedTime', 'LastUpdatedTime', 'WorkloadIdentityArn'],
    physicalId: ({ name }) => asText(name),
    expectedId: ({ name }) => asText(name),
    identify: (name) => ({ name }),
    cleared: { AllowedResourceOauth2ReturnUrls: [] },
    tags: agentcoreTags('workload-identity-directory/default/workload-identity'),
  },
  {
    type: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    service: 'bedrock-agentcore-control',
    properties: ['CredentialProviderVendor', 'Name', 'Oauth2ProviderConfigInput', 'Tags'],
    required: ['CredentialProviderVendor', 'Name'],
    replacement: ['CredentialProviderVendor', 'Name'],
    create: 'CreateOauth2CredentialProvider',
    read: 'GetOauth2CredentialProvider',
    update: 'UpdateOauth2CredentialProvider',
    delete: 'DeleteOauth2CredentialProvider',
    attributes: [
      'CallbackUrl',
      'ClientSecretArn',
      'ClientSecretArn.SecretArn',
      'ClientSecretJsonKey',
      'ClientSecretSource',
      'CreatedTime',
      'CredentialProviderArn',
      'LastUpdatedTime',
      'Status',
    ],
    computed: ({ oauth2ProviderConfigOutput }) => describeConfig(oauth2ProviderConfigOutput),
    physicalId: ({ credentialProviderArn }) => asText(credentialProviderArn),
    expectedId: ({ name }, scope) => providerArn('oauth2credentialprovider', name, scope),
    identify: (arn) => ({ name: nameOf(arn) }),
    // TagResource's pattern for ARNs has no place for the 2 in oauth2credentialprovider.
    tags: { property: 'Tags', namesStack: true },
  },
  {
    type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
    service: 'bedrock-agentcore-control',
    properties: ['ApiKey', 'ApiKeySecretConfig', 'ApiKeySecretSource', 'Name', 'Tags'],
    required: ['Name'],
    replacement: ['Name'],
    create: 'CreateApiKeyCredentialProvider',
    read: 'GetApiKeyCredentialProvider',
    update: 'UpdateApiKeyCredentialProvider',
    delete: 'DeleteApiKeyCredentialProvider',
    attributes: [
      'ApiKeySecretArn',
      'ApiKeySecretArn.SecretArn',
      'ApiKeySecretJsonKey',
      'CreatedTime',
      'CredentialProviderArn',
      'LastUpdatedTime',
    ],
    physicalId: ({ credentialProviderArn }) => asText(credentialProviderArn),
    expectedId: ({ name }, scope) => providerArn('apikeycredentialprovider', name, scope),
    identify: (arn) => ({ name: nameOf(arn) }),
    tags: agentcoreTags('token-vault'),
  },
  {
    type: 'AWS::BedrockAgentCore::ResourcePolicy',
    service: 'bedrock-agentcore-control',
    properties: ['Policy', 'ResourceArn'],
    required: ['Policy', 'ResourceArn'],
    replacement: ['ResourceArn'],
    create: 'PutResourcePolicy',
    update: 'PutResourcePolicy',
    delete: 'DeleteResourcePolicy',
    attributes: [],
    physicalId: (_answered, { resourceArn }) => asText(resourceArn),
    identify: (resourceArn) => ({ resourceArn }),
    adapt: ({ Policy, ...properties }) => ({
      ...properties,
      Policy: typeof Policy === 'object' ? JSON.stringify(Policy) : Policy,
    }),
  },
]

function providerArn(kind: string, name: unknown, { region, accountId }: Scope): string {
  return `arn:aws:bedrock-agentcore:${region}:${accountId}:token-vault/default/${kind}/${asText(name)}`
}

function nameOf(arn: string): string | undefined {
  return arn.split('/').at(-1)
}

/** CloudFormation leaves out which of the vendors' configurations it is. */
function describeConfig(union: unknown) {
  const [config] = Object.values((union ?? {}) as Output)
  if (config === undefined) return {}
  return readAttributes({ Oauth2ProviderConfigOutput: config }, [
    'Oauth2ProviderConfigOutput',
    'Oauth2ProviderConfigOutput.ClientId',
  ])
}
