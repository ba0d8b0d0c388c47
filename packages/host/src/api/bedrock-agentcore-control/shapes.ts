// Written by scripts/generate-shapes.ts from models/bedrock-agentcore-control.json; change the model instead.

export type BedrockAgentcoreControlOperations = {
  BatchPutGatewayRateLimits: {
    input: BatchPutGatewayRateLimitsRequest
    output: BatchPutGatewayRateLimitsResponse
  }
  CreateAgentRuntime: { input: CreateAgentRuntimeRequest; output: CreateAgentRuntimeResponse }
  CreateAgentRuntimeEndpoint: {
    input: CreateAgentRuntimeEndpointRequest
    output: CreateAgentRuntimeEndpointResponse
  }
  CreateApiKeyCredentialProvider: {
    input: CreateApiKeyCredentialProviderRequest
    output: CreateApiKeyCredentialProviderResponse
  }
  CreateGateway: { input: CreateGatewayRequest; output: CreateGatewayResponse }
  CreateGatewayRateLimit: {
    input: CreateGatewayRateLimitRequest
    output: CreateGatewayRateLimitResponse
  }
  CreateGatewayRule: { input: CreateGatewayRuleRequest; output: CreateGatewayRuleResponse }
  CreateGatewayTarget: { input: CreateGatewayTargetRequest; output: CreateGatewayTargetResponse }
  CreateOauth2CredentialProvider: {
    input: CreateOauth2CredentialProviderRequest
    output: CreateOauth2CredentialProviderResponse
  }
  CreatePolicy: { input: CreatePolicyRequest; output: CreatePolicyResponse }
  CreatePolicyEngine: { input: CreatePolicyEngineRequest; output: CreatePolicyEngineResponse }
  CreateWorkloadIdentity: {
    input: CreateWorkloadIdentityRequest
    output: CreateWorkloadIdentityResponse
  }
  DeleteAgentRuntime: { input: DeleteAgentRuntimeRequest; output: DeleteAgentRuntimeResponse }
  DeleteAgentRuntimeEndpoint: {
    input: DeleteAgentRuntimeEndpointRequest
    output: DeleteAgentRuntimeEndpointResponse
  }
  DeleteApiKeyCredentialProvider: {
    input: DeleteApiKeyCredentialProviderRequest
    output: DeleteApiKeyCredentialProviderResponse
  }
  DeleteGateway: { input: DeleteGatewayRequest; output: DeleteGatewayResponse }
  DeleteGatewayRateLimit: {
    input: DeleteGatewayRateLimitRequest
    output: DeleteGatewayRateLimitResponse
  }
  DeleteGatewayRule: { input: DeleteGatewayRuleRequest; output: DeleteGatewayRuleResponse }
  DeleteGatewayTarget: { input: DeleteGatewayTargetRequest; output: DeleteGatewayTargetResponse }
  DeleteOauth2CredentialProvider: {
    input: DeleteOauth2CredentialProviderRequest
    output: DeleteOauth2CredentialProviderResponse
  }
  DeletePolicy: { input: DeletePolicyRequest; output: DeletePolicyResponse }
  DeletePolicyEngine: { input: DeletePolicyEngineRequest; output: DeletePolicyEngineResponse }
  DeleteResourcePolicy: { input: DeleteResourcePolicyRequest; output: DeleteResourcePolicyResponse }
  DeleteWorkloadIdentity: {
    input: DeleteWorkloadIdentityRequest
    output: DeleteWorkloadIdentityResponse
  }
  GetAgentRuntime: { input: GetAgentRuntimeRequest; output: GetAgentRuntimeResponse }
  GetAgentRuntimeEndpoint: {
    input: GetAgentRuntimeEndpointRequest
    output: GetAgentRuntimeEndpointResponse
  }
  GetApiKeyCredentialProvider: {
    input: GetApiKeyCredentialProviderRequest
    output: GetApiKeyCredentialProviderResponse
  }
  GetGateway: { input: GetGatewayRequest; output: GetGatewayResponse }
  GetGatewayRateLimit: { input: GetGatewayRateLimitRequest; output: GetGatewayRateLimitResponse }
  GetGatewayRule: { input: GetGatewayRuleRequest; output: GetGatewayRuleResponse }
  GetGatewayTarget: { input: GetGatewayTargetRequest; output: GetGatewayTargetResponse }
  GetOauth2CredentialProvider: {
    input: GetOauth2CredentialProviderRequest
    output: GetOauth2CredentialProviderResponse
  }
  GetPolicy: { input: GetPolicyRequest; output: GetPolicyResponse }
  GetPolicyEngine: { input: GetPolicyEngineRequest; output: GetPolicyEngineResponse }
  GetPolicyEngineSummary: {
    input: GetPolicyEngineSummaryRequest
    output: GetPolicyEngineSummaryResponse
  }
  GetPolicyGeneration: { input: GetPolicyGenerationRequest; output: GetPolicyGenerationResponse }
  GetPolicyGenerationSummary: {
    input: GetPolicyGenerationSummaryRequest
    output: GetPolicyGenerationSummaryResponse
  }
  GetPolicySummary: { input: GetPolicySummaryRequest; output: GetPolicySummaryResponse }
  GetResourcePolicy: { input: GetResourcePolicyRequest; output: GetResourcePolicyResponse }
  GetTokenVault: { input: GetTokenVaultRequest; output: GetTokenVaultResponse }
  GetWorkloadIdentity: { input: GetWorkloadIdentityRequest; output: GetWorkloadIdentityResponse }
  ListAgentRuntimeEndpoints: {
    input: ListAgentRuntimeEndpointsRequest
    output: ListAgentRuntimeEndpointsResponse
  }
  ListAgentRuntimeVersions: {
    input: ListAgentRuntimeVersionsRequest
    output: ListAgentRuntimeVersionsResponse
  }
  ListAgentRuntimeVersionsByCapacityProvider: {
    input: ListAgentRuntimeVersionsByCapacityProviderInput
    output: ListAgentRuntimeVersionsByCapacityProviderOutput
  }
  ListAgentRuntimes: { input: ListAgentRuntimesRequest; output: ListAgentRuntimesResponse }
  ListApiKeyCredentialProviders: {
    input: ListApiKeyCredentialProvidersRequest
    output: ListApiKeyCredentialProvidersResponse
  }
  ListGatewayRateLimits: {
    input: ListGatewayRateLimitsRequest
    output: ListGatewayRateLimitsResponse
  }
  ListGatewayRules: { input: ListGatewayRulesRequest; output: ListGatewayRulesResponse }
  ListGatewayTargets: { input: ListGatewayTargetsRequest; output: ListGatewayTargetsResponse }
  ListGateways: { input: ListGatewaysRequest; output: ListGatewaysResponse }
  ListOauth2CredentialProviders: {
    input: ListOauth2CredentialProvidersRequest
    output: ListOauth2CredentialProvidersResponse
  }
  ListPolicies: { input: ListPoliciesRequest; output: ListPoliciesResponse }
  ListPolicyEngineSummaries: {
    input: ListPolicyEngineSummariesRequest
    output: ListPolicyEngineSummariesResponse
  }
  ListPolicyEngines: { input: ListPolicyEnginesRequest; output: ListPolicyEnginesResponse }
  ListPolicyGenerationAssets: {
    input: ListPolicyGenerationAssetsRequest
    output: ListPolicyGenerationAssetsResponse
  }
  ListPolicyGenerationSummaries: {
    input: ListPolicyGenerationSummariesRequest
    output: ListPolicyGenerationSummariesResponse
  }
  ListPolicyGenerations: {
    input: ListPolicyGenerationsRequest
    output: ListPolicyGenerationsResponse
  }
  ListPolicySummaries: { input: ListPolicySummariesRequest; output: ListPolicySummariesResponse }
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse }
  ListWorkloadIdentities: {
    input: ListWorkloadIdentitiesRequest
    output: ListWorkloadIdentitiesResponse
  }
  PutResourcePolicy: { input: PutResourcePolicyRequest; output: PutResourcePolicyResponse }
  SetTokenVaultCMK: { input: SetTokenVaultCMKRequest; output: SetTokenVaultCMKResponse }
  StartPolicyGeneration: {
    input: StartPolicyGenerationRequest
    output: StartPolicyGenerationResponse
  }
  SynchronizeGatewayTargets: {
    input: SynchronizeGatewayTargetsRequest
    output: SynchronizeGatewayTargetsResponse
  }
  TagResource: { input: TagResourceRequest; output: TagResourceResponse }
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse }
  UpdateAgentRuntime: { input: UpdateAgentRuntimeRequest; output: UpdateAgentRuntimeResponse }
  UpdateAgentRuntimeEndpoint: {
    input: UpdateAgentRuntimeEndpointRequest
    output: UpdateAgentRuntimeEndpointResponse
  }
  UpdateApiKeyCredentialProvider: {
    input: UpdateApiKeyCredentialProviderRequest
    output: UpdateApiKeyCredentialProviderResponse
  }
  UpdateGateway: { input: UpdateGatewayRequest; output: UpdateGatewayResponse }
  UpdateGatewayRateLimit: {
    input: UpdateGatewayRateLimitRequest
    output: UpdateGatewayRateLimitResponse
  }
  UpdateGatewayRule: { input: UpdateGatewayRuleRequest; output: UpdateGatewayRuleResponse }
  UpdateGatewayTarget: { input: UpdateGatewayTargetRequest; output: UpdateGatewayTargetResponse }
  UpdateOauth2CredentialProvider: {
    input: UpdateOauth2CredentialProviderRequest
    output: UpdateOauth2CredentialProviderResponse
  }
  UpdatePolicy: { input: UpdatePolicyRequest; output: UpdatePolicyResponse }
  UpdatePolicyEngine: { input: UpdatePolicyEngineRequest; output: UpdatePolicyEngineResponse }
  UpdateWorkloadIdentity: {
    input: UpdateWorkloadIdentityRequest
    output: UpdateWorkloadIdentityResponse
  }
}

export interface BatchPutGatewayRateLimitsRequest {
  readonly clientToken?: string | undefined
  readonly gatewayIdentifier: string
  readonly rateLimits: readonly BatchPutLimitEntry[]
}

export interface BatchPutGatewayRateLimitsResponse {
  readonly rateLimits: readonly GatewayRateLimitDetail[]
}

export interface CreateAgentRuntimeRequest {
  readonly agentRuntimeArtifact: AgentRuntimeArtifact
  readonly agentRuntimeName: string
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly capacityProviderConfiguration?: CapacityProviderConfiguration | undefined
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined
  readonly filesystemConfigurations?: readonly FilesystemConfiguration[] | undefined
  readonly lifecycleConfiguration?: LifecycleConfiguration | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly platformVersion?: 'V1' | 'V2' | undefined
  readonly protocolConfiguration?: ProtocolConfiguration | undefined
  readonly requestHeaderConfiguration?: RequestHeaderConfiguration | undefined
  readonly roleArn: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateAgentRuntimeResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion: string
  readonly createdAt: Date
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface CreateAgentRuntimeEndpointRequest {
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion?: string | undefined
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateAgentRuntimeEndpointResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeEndpointArn: string
  readonly agentRuntimeId?: string | undefined
  readonly createdAt: Date
  readonly endpointName?: string | undefined
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly targetVersion: string
}

export interface CreateApiKeyCredentialProviderRequest {
  readonly apiKey?: string | undefined
  readonly apiKeySecretConfig?: SecretReference | undefined
  readonly apiKeySecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateApiKeyCredentialProviderResponse {
  readonly apiKeySecretArn: Secret
  readonly apiKeySecretJsonKey?: string | undefined
  readonly apiKeySecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly credentialProviderArn: string
  readonly name: string
}

export interface CreateGatewayRequest {
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly interceptorConfigurations?: readonly GatewayInterceptorConfiguration[] | undefined
  readonly kmsKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration | undefined
  readonly protocolConfiguration?: GatewayProtocolConfiguration | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly roleArn: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateGatewayResponse {
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly createdAt: Date
  readonly customTransformConfiguration?: CustomTransformConfiguration | undefined
  readonly description?: string | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly gatewayArn: string
  readonly gatewayId: string
  readonly gatewayUrl?: string | undefined
  readonly interceptorConfigurations?: readonly GatewayInterceptorConfiguration[] | undefined
  readonly kmsKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration | undefined
  readonly protocolConfiguration?: GatewayProtocolConfiguration | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly roleArn?: string | undefined
  readonly status: 'CREATING' | 'UPDATING' | 'UPDATE_UNSUCCESSFUL' | 'DELETING' | 'READY' | 'FAILED'
  readonly statusReasons?: readonly string[] | undefined
  readonly updatedAt: Date
  readonly wafConfiguration?: WafConfiguration | undefined
  readonly webAclArn?: string | undefined
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface CreateGatewayRateLimitRequest {
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId?: string | undefined
}

export interface CreateGatewayRateLimitResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly updatedAt: Date
}

export interface CreateGatewayRuleRequest {
  readonly actions: readonly Action[]
  readonly clientToken?: string | undefined
  readonly conditions?: readonly Condition[] | undefined
  readonly description?: string | undefined
  readonly gatewayIdentifier: string
  readonly priority: number
}

export interface CreateGatewayRuleResponse {
  readonly actions: readonly Action[]
  readonly conditions?: readonly Condition[] | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly priority: number
  readonly ruleId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly system?: SystemManagedBlock | undefined
}

export interface CreateGatewayTargetRequest {
  readonly certificateConfigurations?: readonly unknown[] | undefined
  readonly clientToken?: string | undefined
  readonly credentialProviderConfigurations?: readonly CredentialProviderConfiguration[] | undefined
  readonly description?: string | undefined
  readonly gatewayIdentifier: string
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name?: string | undefined
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly targetConfiguration: TargetConfiguration
}

export interface CreateGatewayTargetResponse {
  readonly authorizationData?: AuthorizationData | undefined
  readonly createdAt: Date
  readonly credentialProviderConfigurations: readonly CredentialProviderConfiguration[]
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly lastSynchronizedAt?: Date | undefined
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name: string
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointManagedResources?: readonly ManagedResourceDetails[] | undefined
  readonly protocolType?: 'MCP' | 'HTTP' | undefined
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly statusReasons?: readonly string[] | undefined
  readonly targetConfiguration: TargetConfiguration
  readonly targetId: string
  readonly updatedAt: Date
}

export interface CreateOauth2CredentialProviderRequest {
  readonly credentialProviderVendor:
    | 'GoogleOauth2'
    | 'GithubOauth2'
    | 'SlackOauth2'
    | 'SalesforceOauth2'
    | 'MicrosoftOauth2'
    | 'CustomOauth2'
    | 'AtlassianOauth2'
    | 'LinkedinOauth2'
    | 'XOauth2'
    | 'OktaOauth2'
    | 'OneLoginOauth2'
    | 'PingOneOauth2'
    | 'FacebookOauth2'
    | 'YandexOauth2'
    | 'RedditOauth2'
    | 'ZoomOauth2'
    | 'TwitchOauth2'
    | 'SpotifyOauth2'
    | 'DropboxOauth2'
    | 'NotionOauth2'
    | 'HubspotOauth2'
    | 'CyberArkOauth2'
    | 'FusionAuthOauth2'
    | 'Auth0Oauth2'
    | 'CognitoOauth2'
  readonly name: string
  readonly oauth2ProviderConfigInput: Oauth2ProviderConfigInput
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateOauth2CredentialProviderResponse {
  readonly callbackUrl?: string | undefined
  readonly clientSecretArn: Secret
  readonly clientSecretJsonKey?: string | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly credentialProviderArn: string
  readonly name: string
  readonly oauth2ProviderConfigOutput?: Oauth2ProviderConfigOutput | undefined
  readonly status?:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
    | 'DELETE_FAILED'
    | undefined
}

export interface CreatePolicyRequest {
  readonly clientToken?: string | undefined
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly validationMode?: 'FAIL_ON_ANY_FINDINGS' | 'IGNORE_ALL_FINDINGS' | undefined
}

export interface CreatePolicyResponse {
  readonly createdAt: Date
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface CreatePolicyEngineRequest {
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreatePolicyEngineResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface CreateWorkloadIdentityRequest {
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly name: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface CreateWorkloadIdentityResponse {
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly name: string
  readonly workloadIdentityArn: string
}

export interface DeleteAgentRuntimeRequest {
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion?: string | undefined
  readonly clientToken?: string | undefined
}

export interface DeleteAgentRuntimeResponse {
  readonly agentRuntimeId?: string | undefined
  readonly agentRuntimeVersion?: string | undefined
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
}

export interface DeleteAgentRuntimeEndpointRequest {
  readonly agentRuntimeId: string
  readonly clientToken?: string | undefined
  readonly endpointName: string
}

export interface DeleteAgentRuntimeEndpointResponse {
  readonly agentRuntimeId?: string | undefined
  readonly endpointName?: string | undefined
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
}

export interface DeleteApiKeyCredentialProviderRequest {
  readonly name: string
}

export type DeleteApiKeyCredentialProviderResponse = Readonly<Record<never, never>>

export interface DeleteGatewayRequest {
  readonly gatewayIdentifier: string
}

export interface DeleteGatewayResponse {
  readonly gatewayId: string
  readonly status: 'CREATING' | 'UPDATING' | 'UPDATE_UNSUCCESSFUL' | 'DELETING' | 'READY' | 'FAILED'
  readonly statusReasons?: readonly string[] | undefined
}

export interface DeleteGatewayRateLimitRequest {
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
}

export interface DeleteGatewayRateLimitResponse {
  readonly rateLimitId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
}

export interface DeleteGatewayRuleRequest {
  readonly gatewayIdentifier: string
  readonly ruleId: string
}

export interface DeleteGatewayRuleResponse {
  readonly ruleId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
}

export interface DeleteGatewayTargetRequest {
  readonly gatewayIdentifier: string
  readonly targetId: string
}

export interface DeleteGatewayTargetResponse {
  readonly gatewayArn: string
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly statusReasons?: readonly string[] | undefined
  readonly targetId: string
}

export interface DeleteOauth2CredentialProviderRequest {
  readonly name: string
}

export type DeleteOauth2CredentialProviderResponse = Readonly<Record<never, never>>

export interface DeletePolicyRequest {
  readonly policyEngineId: string
  readonly policyId: string
}

export interface DeletePolicyResponse {
  readonly createdAt: Date
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface DeletePolicyEngineRequest {
  readonly policyEngineId: string
}

export interface DeletePolicyEngineResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface DeleteResourcePolicyRequest {
  readonly resourceArn: string
}

export type DeleteResourcePolicyResponse = Readonly<Record<never, never>>

export interface DeleteWorkloadIdentityRequest {
  readonly name: string
}

export type DeleteWorkloadIdentityResponse = Readonly<Record<never, never>>

export interface GetAgentRuntimeRequest {
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion?: string | undefined
}

export interface GetAgentRuntimeResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeArtifact?: AgentRuntimeArtifact | undefined
  readonly agentRuntimeId: string
  readonly agentRuntimeName: string
  readonly agentRuntimeVersion: string
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly capacityProviderConfiguration?: CapacityProviderConfiguration | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined
  readonly failureReason?: string | undefined
  readonly filesystemConfigurations?: readonly FilesystemConfiguration[] | undefined
  readonly lastUpdatedAt: Date
  readonly lifecycleConfiguration: LifecycleConfiguration
  readonly metadataConfiguration?: RuntimeMetadataConfiguration | undefined
  readonly networkConfiguration: NetworkConfiguration
  readonly platformVersion?: 'V1' | 'V2' | undefined
  readonly protocolConfiguration?: ProtocolConfiguration | undefined
  readonly requestHeaderConfiguration?: RequestHeaderConfiguration | undefined
  readonly roleArn: string
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface GetAgentRuntimeEndpointRequest {
  readonly agentRuntimeId: string
  readonly endpointName: string
}

export interface GetAgentRuntimeEndpointResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeEndpointArn: string
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly failureReason?: string | undefined
  readonly id: string
  readonly lastUpdatedAt: Date
  readonly liveVersion?: string | undefined
  readonly name: string
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly targetVersion?: string | undefined
}

export interface GetApiKeyCredentialProviderRequest {
  readonly name: string
}

export interface GetApiKeyCredentialProviderResponse {
  readonly apiKeySecretArn: Secret
  readonly apiKeySecretJsonKey?: string | undefined
  readonly apiKeySecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly lastUpdatedTime: Date
  readonly name: string
}

export interface GetGatewayRequest {
  readonly gatewayIdentifier: string
}

export interface GetGatewayResponse {
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly createdAt: Date
  readonly customTransformConfiguration?: CustomTransformConfiguration | undefined
  readonly description?: string | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly gatewayArn: string
  readonly gatewayId: string
  readonly gatewayUrl?: string | undefined
  readonly interceptorConfigurations?: readonly GatewayInterceptorConfiguration[] | undefined
  readonly kmsKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration | undefined
  readonly protocolConfiguration?: GatewayProtocolConfiguration | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly roleArn?: string | undefined
  readonly status: 'CREATING' | 'UPDATING' | 'UPDATE_UNSUCCESSFUL' | 'DELETING' | 'READY' | 'FAILED'
  readonly statusReasons?: readonly string[] | undefined
  readonly updatedAt: Date
  readonly wafConfiguration?: WafConfiguration | undefined
  readonly webAclArn?: string | undefined
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface GetGatewayRateLimitRequest {
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
}

export interface GetGatewayRateLimitResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly updatedAt: Date
}

export interface GetGatewayRuleRequest {
  readonly gatewayIdentifier: string
  readonly ruleId: string
}

export interface GetGatewayRuleResponse {
  readonly actions: readonly Action[]
  readonly conditions?: readonly Condition[] | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly priority: number
  readonly ruleId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly system?: SystemManagedBlock | undefined
  readonly updatedAt?: Date | undefined
}

export interface GetGatewayTargetRequest {
  readonly gatewayIdentifier: string
  readonly targetId: string
}

export interface GetGatewayTargetResponse {
  readonly authorizationData?: AuthorizationData | undefined
  readonly createdAt: Date
  readonly credentialProviderConfigurations: readonly CredentialProviderConfiguration[]
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly lastSynchronizedAt?: Date | undefined
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name: string
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointManagedResources?: readonly ManagedResourceDetails[] | undefined
  readonly protocolType?: 'MCP' | 'HTTP' | undefined
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly statusReasons?: readonly string[] | undefined
  readonly targetConfiguration: TargetConfiguration
  readonly targetId: string
  readonly updatedAt: Date
}

export interface GetOauth2CredentialProviderRequest {
  readonly name: string
}

export interface GetOauth2CredentialProviderResponse {
  readonly callbackUrl?: string | undefined
  readonly clientSecretArn: Secret
  readonly clientSecretJsonKey?: string | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly credentialProviderVendor:
    | 'GoogleOauth2'
    | 'GithubOauth2'
    | 'SlackOauth2'
    | 'SalesforceOauth2'
    | 'MicrosoftOauth2'
    | 'CustomOauth2'
    | 'AtlassianOauth2'
    | 'LinkedinOauth2'
    | 'XOauth2'
    | 'OktaOauth2'
    | 'OneLoginOauth2'
    | 'PingOneOauth2'
    | 'FacebookOauth2'
    | 'YandexOauth2'
    | 'RedditOauth2'
    | 'ZoomOauth2'
    | 'TwitchOauth2'
    | 'SpotifyOauth2'
    | 'DropboxOauth2'
    | 'NotionOauth2'
    | 'HubspotOauth2'
    | 'CyberArkOauth2'
    | 'FusionAuthOauth2'
    | 'Auth0Oauth2'
    | 'CognitoOauth2'
  readonly failureReason?: string | undefined
  readonly lastUpdatedTime: Date
  readonly name: string
  readonly oauth2ProviderConfigOutput: Oauth2ProviderConfigOutput
  readonly status?:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
    | 'DELETE_FAILED'
    | undefined
}

export interface GetPolicyRequest {
  readonly policyEngineId: string
  readonly policyId: string
}

export interface GetPolicyResponse {
  readonly createdAt: Date
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface GetPolicyEngineRequest {
  readonly policyEngineId: string
}

export interface GetPolicyEngineResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface GetPolicyEngineSummaryRequest {
  readonly policyEngineId: string
}

export interface GetPolicyEngineSummaryResponse {
  readonly createdAt: Date
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface GetPolicyGenerationRequest {
  readonly policyEngineId: string
  readonly policyGenerationId: string
}

export interface GetPolicyGenerationResponse {
  readonly createdAt: Date
  readonly findings?: string | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly policyGenerationArn: string
  readonly policyGenerationId: string
  readonly resource: Resource
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED' | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface GetPolicyGenerationSummaryRequest {
  readonly policyEngineId: string
  readonly policyGenerationId: string
}

export interface GetPolicyGenerationSummaryResponse {
  readonly createdAt: Date
  readonly findings?: string | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly policyGenerationArn: string
  readonly policyGenerationId: string
  readonly resource: Resource
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED' | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface GetPolicySummaryRequest {
  readonly policyEngineId: string
  readonly policyId: string
}

export interface GetPolicySummaryResponse {
  readonly createdAt: Date
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface GetResourcePolicyRequest {
  readonly resourceArn: string
}

export interface GetResourcePolicyResponse {
  readonly policy?: string | undefined
}

export interface GetTokenVaultRequest {
  readonly tokenVaultId?: string | undefined
}

export interface GetTokenVaultResponse {
  readonly kmsConfiguration: KmsConfiguration
  readonly lastModifiedDate: Date
  readonly tokenVaultId: string
}

export interface GetWorkloadIdentityRequest {
  readonly name: string
}

export interface GetWorkloadIdentityResponse {
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly createdTime: Date
  readonly lastUpdatedTime: Date
  readonly name: string
  readonly workloadIdentityArn: string
}

export interface ListAgentRuntimeEndpointsRequest {
  readonly agentRuntimeId: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimeEndpointsResponse {
  readonly nextToken?: string | undefined
  readonly runtimeEndpoints: readonly AgentRuntimeEndpoint[]
}

export interface ListAgentRuntimeVersionsRequest {
  readonly agentRuntimeId: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimeVersionsResponse {
  readonly agentRuntimes: readonly AgentRuntime[]
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimeVersionsByCapacityProviderInput {
  readonly capacityProviderId: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimeVersionsByCapacityProviderOutput {
  readonly agentRuntimes: readonly AgentRuntimeVersionSummary[]
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListAgentRuntimesResponse {
  readonly agentRuntimes: readonly AgentRuntime[]
  readonly nextToken?: string | undefined
}

export interface ListApiKeyCredentialProvidersRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListApiKeyCredentialProvidersResponse {
  readonly credentialProviders: readonly ApiKeyCredentialProviderItem[]
  readonly nextToken?: string | undefined
}

export interface ListGatewayRateLimitsRequest {
  readonly gatewayIdentifier: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListGatewayRateLimitsResponse {
  readonly nextToken?: string | undefined
  readonly rateLimits: readonly GatewayRateLimitDetail[]
}

export interface ListGatewayRulesRequest {
  readonly gatewayIdentifier: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListGatewayRulesResponse {
  readonly gatewayRules: readonly GatewayRuleDetail[]
  readonly nextToken?: string | undefined
}

export interface ListGatewayTargetsRequest {
  readonly gatewayIdentifier: string
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListGatewayTargetsResponse {
  readonly items: readonly TargetSummary[]
  readonly nextToken?: string | undefined
}

export interface ListGatewaysRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListGatewaysResponse {
  readonly items: readonly GatewaySummary[]
  readonly nextToken?: string | undefined
}

export interface ListOauth2CredentialProvidersRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListOauth2CredentialProvidersResponse {
  readonly credentialProviders: readonly Oauth2CredentialProviderItem[]
  readonly nextToken?: string | undefined
}

export interface ListPoliciesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly policyEngineId: string
  readonly targetResourceScope?: string | undefined
}

export interface ListPoliciesResponse {
  readonly nextToken?: string | undefined
  readonly policies: readonly Policy[]
}

export interface ListPolicyEngineSummariesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListPolicyEngineSummariesResponse {
  readonly nextToken?: string | undefined
  readonly policyEngines: readonly PolicyEngineSummary[]
}

export interface ListPolicyEnginesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListPolicyEnginesResponse {
  readonly nextToken?: string | undefined
  readonly policyEngines: readonly PolicyEngine[]
}

export interface ListPolicyGenerationAssetsRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly policyEngineId: string
  readonly policyGenerationId: string
}

export interface ListPolicyGenerationAssetsResponse {
  readonly nextToken?: string | undefined
  readonly policyGenerationAssets?: readonly PolicyGenerationAsset[] | undefined
}

export interface ListPolicyGenerationSummariesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly policyEngineId: string
}

export interface ListPolicyGenerationSummariesResponse {
  readonly nextToken?: string | undefined
  readonly policyGenerations: readonly PolicyGenerationSummary[]
}

export interface ListPolicyGenerationsRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly policyEngineId: string
}

export interface ListPolicyGenerationsResponse {
  readonly nextToken?: string | undefined
  readonly policyGenerations: readonly PolicyGeneration[]
}

export interface ListPolicySummariesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly policyEngineId: string
  readonly targetResourceScope?: string | undefined
}

export interface ListPolicySummariesResponse {
  readonly nextToken?: string | undefined
  readonly policies: readonly PolicySummary[]
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string
}

export interface ListTagsForResourceResponse {
  readonly tags?: Readonly<Record<string, string>> | undefined
}

export interface ListWorkloadIdentitiesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListWorkloadIdentitiesResponse {
  readonly nextToken?: string | undefined
  readonly workloadIdentities: readonly WorkloadIdentityType[]
}

export interface PutResourcePolicyRequest {
  readonly policy: string
  readonly resourceArn: string
}

export interface PutResourcePolicyResponse {
  readonly policy: string
}

export interface SetTokenVaultCMKRequest {
  readonly kmsConfiguration: KmsConfiguration
  readonly tokenVaultId?: string | undefined
}

export interface SetTokenVaultCMKResponse {
  readonly kmsConfiguration: KmsConfiguration
  readonly lastModifiedDate: Date
  readonly tokenVaultId: string
}

export interface StartPolicyGenerationRequest {
  readonly clientToken?: string | undefined
  readonly content: Content
  readonly name: string
  readonly policyEngineId: string
  readonly resource: Resource
}

export interface StartPolicyGenerationResponse {
  readonly createdAt: Date
  readonly findings?: string | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly policyGenerationArn: string
  readonly policyGenerationId: string
  readonly resource: Resource
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED' | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface SynchronizeGatewayTargetsRequest {
  readonly gatewayIdentifier: string
  readonly targetIdList: readonly string[]
}

export interface SynchronizeGatewayTargetsResponse {
  readonly targets?: readonly GatewayTarget[] | undefined
}

export interface TagResourceRequest {
  readonly resourceArn: string
  readonly tags: Readonly<Record<string, string>>
}

export type TagResourceResponse = Readonly<Record<never, never>>

export interface UntagResourceRequest {
  readonly resourceArn: string
  readonly tagKeys: readonly string[]
}

export type UntagResourceResponse = Readonly<Record<never, never>>

export interface UpdateAgentRuntimeRequest {
  readonly agentRuntimeArtifact: AgentRuntimeArtifact
  readonly agentRuntimeId: string
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly capacityProviderConfiguration?: CapacityProviderConfiguration | undefined
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly environmentVariables?: Readonly<Record<string, string>> | undefined
  readonly filesystemConfigurations?: readonly FilesystemConfiguration[] | undefined
  readonly lifecycleConfiguration?: LifecycleConfiguration | undefined
  readonly metadataConfiguration?: RuntimeMetadataConfiguration | undefined
  readonly networkConfiguration?: NetworkConfiguration | undefined
  readonly platformVersion?: 'V1' | 'V2' | undefined
  readonly protocolConfiguration?: ProtocolConfiguration | undefined
  readonly requestHeaderConfiguration?: RequestHeaderConfiguration | undefined
  readonly roleArn: string
}

export interface UpdateAgentRuntimeResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion: string
  readonly createdAt: Date
  readonly lastUpdatedAt: Date
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface UpdateAgentRuntimeEndpointRequest {
  readonly agentRuntimeId: string
  readonly agentRuntimeVersion?: string | undefined
  readonly clientToken?: string | undefined
  readonly description?: string | undefined
  readonly endpointName: string
}

export interface UpdateAgentRuntimeEndpointResponse {
  readonly agentRuntimeArn: string
  readonly agentRuntimeEndpointArn: string
  readonly createdAt: Date
  readonly lastUpdatedAt: Date
  readonly liveVersion?: string | undefined
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly targetVersion?: string | undefined
}

export interface UpdateApiKeyCredentialProviderRequest {
  readonly apiKey?: string | undefined
  readonly apiKeySecretConfig?: SecretReference | undefined
  readonly apiKeySecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly name: string
}

export interface UpdateApiKeyCredentialProviderResponse {
  readonly apiKeySecretArn: Secret
  readonly apiKeySecretJsonKey?: string | undefined
  readonly apiKeySecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly lastUpdatedTime: Date
  readonly name: string
}

export interface UpdateGatewayRequest {
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly customTransformConfiguration?: CustomTransformConfiguration | undefined
  readonly description?: string | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly gatewayIdentifier: string
  readonly interceptorConfigurations?: readonly GatewayInterceptorConfiguration[] | undefined
  readonly kmsKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration | undefined
  readonly protocolConfiguration?: GatewayProtocolConfiguration | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly roleArn: string
  readonly wafConfiguration?: WafConfiguration | undefined
}

export interface UpdateGatewayResponse {
  readonly authorizerConfiguration?: AuthorizerConfiguration | undefined
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly createdAt: Date
  readonly customTransformConfiguration?: CustomTransformConfiguration | undefined
  readonly description?: string | undefined
  readonly exceptionLevel?: 'DEBUG' | undefined
  readonly gatewayArn: string
  readonly gatewayId: string
  readonly gatewayUrl?: string | undefined
  readonly interceptorConfigurations?: readonly GatewayInterceptorConfiguration[] | undefined
  readonly kmsKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineConfiguration?: GatewayPolicyEngineConfiguration | undefined
  readonly protocolConfiguration?: GatewayProtocolConfiguration | undefined
  readonly protocolType?: 'MCP' | undefined
  readonly roleArn?: string | undefined
  readonly status: 'CREATING' | 'UPDATING' | 'UPDATE_UNSUCCESSFUL' | 'DELETING' | 'READY' | 'FAILED'
  readonly statusReasons?: readonly string[] | undefined
  readonly updatedAt: Date
  readonly wafConfiguration?: WafConfiguration | undefined
  readonly webAclArn?: string | undefined
  readonly workloadIdentityDetails?: WorkloadIdentityDetails | undefined
}

export interface UpdateGatewayRateLimitRequest {
  readonly description?: string | undefined
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
}

export interface UpdateGatewayRateLimitResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly updatedAt: Date
}

export interface UpdateGatewayRuleRequest {
  readonly actions?: readonly Action[] | undefined
  readonly conditions?: readonly Condition[] | undefined
  readonly description?: string | undefined
  readonly gatewayIdentifier: string
  readonly priority?: number | undefined
  readonly ruleId: string
}

export interface UpdateGatewayRuleResponse {
  readonly actions: readonly Action[]
  readonly conditions?: readonly Condition[] | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly priority: number
  readonly ruleId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly system?: SystemManagedBlock | undefined
  readonly updatedAt?: Date | undefined
}

export interface UpdateGatewayTargetRequest {
  readonly certificateConfigurations?: readonly unknown[] | undefined
  readonly credentialProviderConfigurations?: readonly CredentialProviderConfiguration[] | undefined
  readonly description?: string | undefined
  readonly gatewayIdentifier: string
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name?: string | undefined
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly targetConfiguration: TargetConfiguration
  readonly targetId: string
}

export interface UpdateGatewayTargetResponse {
  readonly authorizationData?: AuthorizationData | undefined
  readonly createdAt: Date
  readonly credentialProviderConfigurations: readonly CredentialProviderConfiguration[]
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly lastSynchronizedAt?: Date | undefined
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name: string
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointManagedResources?: readonly ManagedResourceDetails[] | undefined
  readonly protocolType?: 'MCP' | 'HTTP' | undefined
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly statusReasons?: readonly string[] | undefined
  readonly targetConfiguration: TargetConfiguration
  readonly targetId: string
  readonly updatedAt: Date
}

export interface UpdateOauth2CredentialProviderRequest {
  readonly credentialProviderVendor:
    | 'GoogleOauth2'
    | 'GithubOauth2'
    | 'SlackOauth2'
    | 'SalesforceOauth2'
    | 'MicrosoftOauth2'
    | 'CustomOauth2'
    | 'AtlassianOauth2'
    | 'LinkedinOauth2'
    | 'XOauth2'
    | 'OktaOauth2'
    | 'OneLoginOauth2'
    | 'PingOneOauth2'
    | 'FacebookOauth2'
    | 'YandexOauth2'
    | 'RedditOauth2'
    | 'ZoomOauth2'
    | 'TwitchOauth2'
    | 'SpotifyOauth2'
    | 'DropboxOauth2'
    | 'NotionOauth2'
    | 'HubspotOauth2'
    | 'CyberArkOauth2'
    | 'FusionAuthOauth2'
    | 'Auth0Oauth2'
    | 'CognitoOauth2'
  readonly name: string
  readonly oauth2ProviderConfigInput: Oauth2ProviderConfigInput
}

export interface UpdateOauth2CredentialProviderResponse {
  readonly callbackUrl?: string | undefined
  readonly clientSecretArn: Secret
  readonly clientSecretJsonKey?: string | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly credentialProviderVendor:
    | 'GoogleOauth2'
    | 'GithubOauth2'
    | 'SlackOauth2'
    | 'SalesforceOauth2'
    | 'MicrosoftOauth2'
    | 'CustomOauth2'
    | 'AtlassianOauth2'
    | 'LinkedinOauth2'
    | 'XOauth2'
    | 'OktaOauth2'
    | 'OneLoginOauth2'
    | 'PingOneOauth2'
    | 'FacebookOauth2'
    | 'YandexOauth2'
    | 'RedditOauth2'
    | 'ZoomOauth2'
    | 'TwitchOauth2'
    | 'SpotifyOauth2'
    | 'DropboxOauth2'
    | 'NotionOauth2'
    | 'HubspotOauth2'
    | 'CyberArkOauth2'
    | 'FusionAuthOauth2'
    | 'Auth0Oauth2'
    | 'CognitoOauth2'
  readonly lastUpdatedTime: Date
  readonly name: string
  readonly oauth2ProviderConfigOutput: Oauth2ProviderConfigOutput
  readonly status?:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
    | 'DELETE_FAILED'
    | undefined
}

export interface UpdatePolicyRequest {
  readonly definition?: PolicyDefinition | undefined
  readonly description?: UpdatedDescription | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly policyEngineId: string
  readonly policyId: string
  readonly validationMode?: 'FAIL_ON_ANY_FINDINGS' | 'IGNORE_ALL_FINDINGS' | undefined
}

export interface UpdatePolicyResponse {
  readonly createdAt: Date
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface UpdatePolicyEngineRequest {
  readonly description?: UpdatedDescription | undefined
  readonly policyEngineId: string
}

export interface UpdatePolicyEngineResponse {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface UpdateWorkloadIdentityRequest {
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly name: string
}

export interface UpdateWorkloadIdentityResponse {
  readonly allowedResourceOauth2ReturnUrls?: readonly string[] | undefined
  readonly createdTime: Date
  readonly lastUpdatedTime: Date
  readonly name: string
  readonly workloadIdentityArn: string
}

export interface BatchPutLimitEntry {
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly rateLimitId?: string | undefined
}

export interface GatewayRateLimitDetail {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly dimensionKeys: readonly string[]
  readonly entries: readonly LimitEntry[]
  readonly gatewayIdentifier: string
  readonly rateLimitId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly updatedAt: Date
}

export interface AgentRuntimeArtifact {
  readonly codeConfiguration?: CodeConfiguration | undefined
  readonly containerConfiguration?: ContainerConfiguration | undefined
}

export interface AuthorizerConfiguration {
  readonly customJWTAuthorizer?: CustomJWTAuthorizerConfiguration | undefined
}

export interface CapacityProviderConfiguration {
  readonly capacityProviderArn?: string | undefined
}

export interface FilesystemConfiguration {
  readonly capacityProviderVolume?: CapacityProviderVolumeConfiguration | undefined
  readonly efsAccessPoint?: EfsAccessPointConfiguration | undefined
  readonly s3FilesAccessPoint?: S3FilesAccessPointConfiguration | undefined
  readonly sessionStorage?: SessionStorageConfiguration | undefined
}

export interface LifecycleConfiguration {
  readonly idleRuntimeSessionTimeout?: number | undefined
  readonly maxLifetime?: number | undefined
}

export interface NetworkConfiguration {
  readonly networkMode: 'PUBLIC' | 'VPC'
  readonly networkModeConfig?: VpcConfig | undefined
}

export interface ProtocolConfiguration {
  readonly serverProtocol: 'MCP' | 'HTTP' | 'A2A' | 'AGUI'
}

export interface RequestHeaderConfiguration {
  readonly requestHeaderAllowlist?: readonly string[] | undefined
}

export interface WorkloadIdentityDetails {
  readonly workloadIdentityArn: string
}

export interface SecretReference {
  readonly jsonKey: string
  readonly secretId: string
}

export interface Secret {
  readonly secretArn: string
}

export interface GatewayInterceptorConfiguration {
  readonly inputConfiguration?: InterceptorInputConfiguration | undefined
  readonly interceptionPoints: readonly ('REQUEST' | 'RESPONSE')[]
  readonly interceptor: InterceptorConfiguration
}

export interface GatewayPolicyEngineConfiguration {
  readonly arn: string
  readonly mode: 'LOG_ONLY' | 'ENFORCE'
}

export interface GatewayProtocolConfiguration {
  readonly mcp?: MCPGatewayConfiguration | undefined
}

export interface CustomTransformConfiguration {
  readonly lambda?: LambdaTransformConfiguration | undefined
}

export interface WafConfiguration {
  readonly failureMode?: 'FAIL_CLOSE' | 'FAIL_OPEN' | undefined
}

export interface LimitEntry {
  readonly connections?: readonly RateConfig[] | undefined
  readonly dimensions: Readonly<Record<string, string>>
  readonly requests?: readonly RateConfig[] | undefined
  readonly tokens?: readonly RateConfig[] | undefined
}

export interface Action {
  readonly configurationBundle?: ConfigurationBundleAction | undefined
  readonly routeToTarget?: RouteToTargetAction | undefined
}

export interface Condition {
  readonly matchPaths?: MatchPaths | undefined
  readonly matchPrincipals?: MatchPrincipals | undefined
}

export interface SystemManagedBlock {
  readonly managedBy: string
}

export interface CredentialProviderConfiguration {
  readonly credentialProvider?: CredentialProvider | undefined
  readonly credentialProviderType:
    | 'GATEWAY_IAM_ROLE'
    | 'OAUTH'
    | 'API_KEY'
    | 'CALLER_IAM_CREDENTIALS'
    | 'JWT_PASSTHROUGH'
}

export interface MetadataConfiguration {
  readonly allowedQueryParameters?: readonly string[] | undefined
  readonly allowedRequestHeaders?: readonly string[] | undefined
  readonly allowedResponseHeaders?: readonly string[] | undefined
}

export interface PrivateEndpoint {
  readonly managedVpcResource?: ManagedVpcResource | undefined
  readonly selfManagedLatticeResource?: SelfManagedLatticeResource | undefined
}

export interface TargetConfiguration {
  readonly http?: HttpTargetConfiguration | undefined
  readonly inference?: InferenceTargetConfiguration | undefined
  readonly mcp?: McpTargetConfiguration | undefined
}

export interface AuthorizationData {
  readonly oauth2?: OAuth2AuthorizationData | undefined
}

export interface ManagedResourceDetails {
  readonly domain?: string | undefined
  readonly resourceAssociationArn?: string | undefined
  readonly resourceGatewayArn?: string | undefined
}

export interface Oauth2ProviderConfigInput {
  readonly atlassianOauth2ProviderConfig?: AtlassianOauth2ProviderConfigInput | undefined
  readonly customOauth2ProviderConfig?: CustomOauth2ProviderConfigInput | undefined
  readonly githubOauth2ProviderConfig?: GithubOauth2ProviderConfigInput | undefined
  readonly googleOauth2ProviderConfig?: GoogleOauth2ProviderConfigInput | undefined
  readonly includedOauth2ProviderConfig?: IncludedOauth2ProviderConfigInput | undefined
  readonly linkedinOauth2ProviderConfig?: LinkedinOauth2ProviderConfigInput | undefined
  readonly microsoftOauth2ProviderConfig?: MicrosoftOauth2ProviderConfigInput | undefined
  readonly salesforceOauth2ProviderConfig?: SalesforceOauth2ProviderConfigInput | undefined
  readonly slackOauth2ProviderConfig?: SlackOauth2ProviderConfigInput | undefined
}

export interface Oauth2ProviderConfigOutput {
  readonly atlassianOauth2ProviderConfig?: AtlassianOauth2ProviderConfigOutput | undefined
  readonly customOauth2ProviderConfig?: CustomOauth2ProviderConfigOutput | undefined
  readonly githubOauth2ProviderConfig?: GithubOauth2ProviderConfigOutput | undefined
  readonly googleOauth2ProviderConfig?: GoogleOauth2ProviderConfigOutput | undefined
  readonly includedOauth2ProviderConfig?: IncludedOauth2ProviderConfigOutput | undefined
  readonly linkedinOauth2ProviderConfig?: LinkedinOauth2ProviderConfigOutput | undefined
  readonly microsoftOauth2ProviderConfig?: MicrosoftOauth2ProviderConfigOutput | undefined
  readonly salesforceOauth2ProviderConfig?: SalesforceOauth2ProviderConfigOutput | undefined
  readonly slackOauth2ProviderConfig?: SlackOauth2ProviderConfigOutput | undefined
}

export interface PolicyDefinition {
  readonly cedar?: CedarPolicy | undefined
  readonly policy?: PolicyStatement | undefined
  readonly policyGeneration?: PolicyGenerationDetails | undefined
}

export interface RuntimeMetadataConfiguration {
  readonly requireMMDSV2: boolean
}

export interface Resource {
  readonly arn?: string | undefined
}

export interface KmsConfiguration {
  readonly keyType: 'CustomerManagedKey' | 'ServiceManagedKey'
  readonly kmsKeyArn?: string | undefined
}

export interface AgentRuntimeEndpoint {
  readonly agentRuntimeArn: string
  readonly agentRuntimeEndpointArn: string
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly id: string
  readonly lastUpdatedAt: Date
  readonly liveVersion?: string | undefined
  readonly name: string
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
  readonly targetVersion?: string | undefined
}

export interface AgentRuntime {
  readonly agentRuntimeArn: string
  readonly agentRuntimeId: string
  readonly agentRuntimeName: string
  readonly agentRuntimeVersion: string
  readonly description: string
  readonly lastUpdatedAt: Date
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
}

export interface AgentRuntimeVersionSummary {
  readonly agentRuntimeArn: string
  readonly agentRuntimeVersion: string
  readonly status:
    | 'CREATING'
    | 'CREATE_FAILED'
    | 'UPDATING'
    | 'UPDATE_FAILED'
    | 'READY'
    | 'DELETING'
}

export interface ApiKeyCredentialProviderItem {
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly lastUpdatedTime: Date
  readonly name: string
}

export interface GatewayRuleDetail {
  readonly actions: readonly Action[]
  readonly conditions?: readonly Condition[] | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly priority: number
  readonly ruleId: string
  readonly status: 'CREATING' | 'ACTIVE' | 'UPDATING' | 'DELETING'
  readonly system?: SystemManagedBlock | undefined
  readonly updatedAt?: Date | undefined
}

export interface TargetSummary {
  readonly authorizationData?: AuthorizationData | undefined
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly lastSynchronizedAt?: Date | undefined
  readonly listingMode?: 'DEFAULT' | 'DYNAMIC' | undefined
  readonly name: string
  readonly resourcePriority?: number | undefined
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly targetId: string
  readonly targetType?:
    | 'OPEN_API_SCHEMA'
    | 'SMITHY_MODEL'
    | 'MCP_SERVER'
    | 'LAMBDA'
    | 'API_GATEWAY'
    | 'CONNECTOR'
    | 'AGENTCORE_RUNTIME'
    | 'PASSTHROUGH'
    | 'PROVIDER'
    | 'HTTP_CONNECTOR'
    | undefined
  readonly updatedAt: Date
}

export interface GatewaySummary {
  readonly authorizerType: 'CUSTOM_JWT' | 'AWS_IAM' | 'NONE' | 'AUTHENTICATE_ONLY'
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly gatewayId: string
  readonly name: string
  readonly protocolType?: 'MCP' | undefined
  readonly status: 'CREATING' | 'UPDATING' | 'UPDATE_UNSUCCESSFUL' | 'DELETING' | 'READY' | 'FAILED'
  readonly updatedAt: Date
}

export interface Oauth2CredentialProviderItem {
  readonly createdTime: Date
  readonly credentialProviderArn: string
  readonly credentialProviderVendor:
    | 'GoogleOauth2'
    | 'GithubOauth2'
    | 'SlackOauth2'
    | 'SalesforceOauth2'
    | 'MicrosoftOauth2'
    | 'CustomOauth2'
    | 'AtlassianOauth2'
    | 'LinkedinOauth2'
    | 'XOauth2'
    | 'OktaOauth2'
    | 'OneLoginOauth2'
    | 'PingOneOauth2'
    | 'FacebookOauth2'
    | 'YandexOauth2'
    | 'RedditOauth2'
    | 'ZoomOauth2'
    | 'TwitchOauth2'
    | 'SpotifyOauth2'
    | 'DropboxOauth2'
    | 'NotionOauth2'
    | 'HubspotOauth2'
    | 'CyberArkOauth2'
    | 'FusionAuthOauth2'
    | 'Auth0Oauth2'
    | 'CognitoOauth2'
  readonly lastUpdatedTime: Date
  readonly name: string
}

export interface Policy {
  readonly createdAt: Date
  readonly definition: PolicyDefinition
  readonly description?: string | undefined
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface PolicyEngineSummary {
  readonly createdAt: Date
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface PolicyEngine {
  readonly createdAt: Date
  readonly description?: string | undefined
  readonly encryptionKeyArn?: string | undefined
  readonly name: string
  readonly policyEngineArn: string
  readonly policyEngineId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface PolicyGenerationAsset {
  readonly definition?: PolicyDefinition | undefined
  readonly findings: readonly Finding[]
  readonly policyGenerationAssetId: string
  readonly rawTextFragment: string
}

export interface PolicyGenerationSummary {
  readonly createdAt: Date
  readonly findings?: string | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly policyGenerationArn: string
  readonly policyGenerationId: string
  readonly resource: Resource
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED' | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface PolicyGeneration {
  readonly createdAt: Date
  readonly findings?: string | undefined
  readonly name: string
  readonly policyEngineId: string
  readonly policyGenerationArn: string
  readonly policyGenerationId: string
  readonly resource: Resource
  readonly status: 'GENERATING' | 'GENERATED' | 'GENERATE_FAILED' | 'DELETE_FAILED'
  readonly statusReasons: readonly string[]
  readonly updatedAt: Date
}

export interface PolicySummary {
  readonly createdAt: Date
  readonly enforcementMode?: 'ACTIVE' | 'LOG_ONLY' | undefined
  readonly name: string
  readonly policyArn: string
  readonly policyEngineId: string
  readonly policyId: string
  readonly status:
    | 'CREATING'
    | 'ACTIVE'
    | 'UPDATING'
    | 'DELETING'
    | 'CREATE_FAILED'
    | 'UPDATE_FAILED'
    | 'DELETE_FAILED'
  readonly updatedAt: Date
}

export interface WorkloadIdentityType {
  readonly name: string
  readonly workloadIdentityArn: string
}

export interface Content {
  readonly rawText?: string | undefined
}

export interface GatewayTarget {
  readonly authorizationData?: AuthorizationData | undefined
  readonly createdAt: Date
  readonly credentialProviderConfigurations: readonly CredentialProviderConfiguration[]
  readonly description?: string | undefined
  readonly gatewayArn: string
  readonly lastSynchronizedAt?: Date | undefined
  readonly metadataConfiguration?: MetadataConfiguration | undefined
  readonly name: string
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointManagedResources?: readonly ManagedResourceDetails[] | undefined
  readonly protocolType?: 'MCP' | 'HTTP' | undefined
  readonly status:
    | 'CREATING'
    | 'UPDATING'
    | 'UPDATE_UNSUCCESSFUL'
    | 'DELETING'
    | 'READY'
    | 'FAILED'
    | 'SYNCHRONIZING'
    | 'SYNCHRONIZE_UNSUCCESSFUL'
    | 'CREATE_PENDING_AUTH'
    | 'UPDATE_PENDING_AUTH'
    | 'SYNCHRONIZE_PENDING_AUTH'
  readonly statusReasons?: readonly string[] | undefined
  readonly targetConfiguration: TargetConfiguration
  readonly targetId: string
  readonly updatedAt: Date
}

export interface UpdatedDescription {
  readonly optionalValue?: string | undefined
}

export interface CodeConfiguration {
  readonly code: Code
  readonly entryPoint: readonly string[]
  readonly runtime:
    | 'PYTHON_3_10'
    | 'PYTHON_3_11'
    | 'PYTHON_3_12'
    | 'PYTHON_3_13'
    | 'PYTHON_3_14'
    | 'NODE_22'
}

export interface ContainerConfiguration {
  readonly containerUri: string
}

export interface CustomJWTAuthorizerConfiguration {
  readonly advertisedScopeMapping?: Readonly<Record<string, string>> | undefined
  readonly allowedAudience?: readonly string[] | undefined
  readonly allowedClients?: readonly string[] | undefined
  readonly allowedScopes?: readonly string[] | undefined
  readonly allowedWorkloadConfiguration?: AllowedWorkloadConfiguration | undefined
  readonly customClaims?: readonly CustomClaimValidationType[] | undefined
  readonly discoveryUrl: string
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[] | undefined
}

export interface CapacityProviderVolumeConfiguration {
  readonly mountPath: string
  readonly volumeName: string
}

export interface EfsAccessPointConfiguration {
  readonly accessPointArn: string
  readonly mountPath: string
}

export interface S3FilesAccessPointConfiguration {
  readonly accessPointArn: string
  readonly mountPath: string
}

export interface SessionStorageConfiguration {
  readonly mountPath: string
}

export interface VpcConfig {
  readonly requireServiceS3Endpoint?: boolean | undefined
  readonly securityGroups: readonly string[]
  readonly subnets: readonly string[]
}

export interface InterceptorInputConfiguration {
  readonly passRequestHeaders: boolean
  readonly payloadFilter?: InterceptorPayloadFilter | undefined
}

export interface InterceptorConfiguration {
  readonly lambda?: LambdaInterceptorConfiguration | undefined
}

export interface MCPGatewayConfiguration {
  readonly disableMcpListToolsPagination?: boolean | undefined
  readonly instructions?: string | undefined
  readonly searchType?: 'SEMANTIC' | undefined
  readonly sessionConfiguration?: SessionConfiguration | undefined
  readonly streamingConfiguration?: StreamingConfiguration | undefined
  readonly supportedVersions?: readonly string[] | undefined
}

export interface LambdaTransformConfiguration {
  readonly arn?: string | undefined
}

export interface RateConfig {
  readonly period: 'second' | 'minute'
  readonly rate: number
}

export interface ConfigurationBundleAction {
  readonly staticOverride?: StaticOverride | undefined
  readonly weightedOverride?: WeightedOverride | undefined
}

export interface RouteToTargetAction {
  readonly staticRoute?: StaticRoute | undefined
  readonly weightedRoute?: WeightedRoute | undefined
}

export interface MatchPaths {
  readonly anyOf: readonly string[]
}

export interface MatchPrincipals {
  readonly anyOf: readonly MatchPrincipalEntry[]
}

export interface CredentialProvider {
  readonly apiKeyCredentialProvider?: ApiKeyCredentialProvider | undefined
  readonly iamCredentialProvider?: IamCredentialProvider | undefined
  readonly oauthCredentialProvider?: OAuthCredentialProvider | undefined
}

export interface ManagedVpcResource {
  readonly endpointIpAddressType: 'IPV4' | 'IPV6'
  readonly routingDomain?: string | undefined
  readonly securityGroupIds?: readonly string[] | undefined
  readonly subnetIds: readonly string[]
  readonly tags?: Readonly<Record<string, string>> | undefined
  readonly vpcIdentifier: string
}

export interface SelfManagedLatticeResource {
  readonly resourceConfigurationIdentifier?: string | undefined
}

export interface HttpTargetConfiguration {
  readonly agentcoreRuntime?: RuntimeTargetConfiguration | undefined
  readonly connector?: HttpConnectorTargetConfiguration | undefined
  readonly passthrough?: PassthroughTargetConfiguration | undefined
}

export interface InferenceTargetConfiguration {
  readonly connector?: InferenceConnectorTargetConfiguration | undefined
  readonly provider?: InferenceProviderTargetConfiguration | undefined
}

export interface McpTargetConfiguration {
  readonly apiGateway?: ApiGatewayTargetConfiguration | undefined
  readonly connector?: ConnectorTargetConfiguration | undefined
  readonly lambda?: McpLambdaTargetConfiguration | undefined
  readonly mcpServer?: McpServerTargetConfiguration | undefined
  readonly openApiSchema?: ApiSchemaConfiguration | undefined
  readonly smithyModel?: ApiSchemaConfiguration | undefined
}

export interface OAuth2AuthorizationData {
  readonly authorizationUrl: string
  readonly userId?: string | undefined
}

export interface AtlassianOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface CustomOauth2ProviderConfigInput {
  readonly clientAuthenticationMethod?:
    | 'CLIENT_SECRET_BASIC'
    | 'CLIENT_SECRET_POST'
    | 'AWS_IAM_ID_TOKEN_JWT'
    | 'PRIVATE_KEY_JWT'
    | undefined
  readonly clientId?: string | undefined
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly oauthDiscovery: Oauth2Discovery
  readonly onBehalfOfTokenExchangeConfig?: OnBehalfOfTokenExchangeConfigType | undefined
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[] | undefined
  readonly privateKeyJwtConfig?: PrivateKeyJwtConfig | undefined
}

export interface GithubOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface GoogleOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface IncludedOauth2ProviderConfigInput {
  readonly authorizationEndpoint?: string | undefined
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly issuer?: string | undefined
  readonly tokenEndpoint?: string | undefined
}

export interface LinkedinOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface MicrosoftOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
  readonly tenantId?: string | undefined
}

export interface SalesforceOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface SlackOauth2ProviderConfigInput {
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly clientSecretConfig?: SecretReference | undefined
  readonly clientSecretSource?: 'MANAGED' | 'EXTERNAL' | undefined
}

export interface AtlassianOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface CustomOauth2ProviderConfigOutput {
  readonly clientAuthenticationMethod?:
    | 'CLIENT_SECRET_BASIC'
    | 'CLIENT_SECRET_POST'
    | 'AWS_IAM_ID_TOKEN_JWT'
    | 'PRIVATE_KEY_JWT'
    | undefined
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
  readonly onBehalfOfTokenExchangeConfig?: OnBehalfOfTokenExchangeConfigType | undefined
  readonly privateEndpoint?: PrivateEndpoint | undefined
  readonly privateEndpointOverrides?: readonly PrivateEndpointOverride[] | undefined
  readonly privateKeyJwtConfig?: PrivateKeyJwtConfig | undefined
}

export interface GithubOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface GoogleOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface IncludedOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface LinkedinOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface MicrosoftOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface SalesforceOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface SlackOauth2ProviderConfigOutput {
  readonly clientId?: string | undefined
  readonly oauthDiscovery: Oauth2Discovery
}

export interface CedarPolicy {
  readonly statement: string
}

export interface PolicyStatement {
  readonly statement: string
}

export interface PolicyGenerationDetails {
  readonly policyGenerationAssetId: string
  readonly policyGenerationId: string
}

export interface Finding {
  readonly description?: string | undefined
  readonly type?:
    | 'VALID'
    | 'INVALID'
    | 'NOT_TRANSLATABLE'
    | 'ALLOW_ALL'
    | 'ALLOW_NONE'
    | 'DENY_ALL'
    | 'DENY_NONE'
    | undefined
}

export interface Code {
  readonly s3?: S3Location | undefined
}

export interface AllowedWorkloadConfiguration {
  readonly hostingEnvironments?: readonly HostingEnvironment[] | undefined
  readonly workloadIdentities?: readonly string[] | undefined
}

export interface CustomClaimValidationType {
  readonly authorizingClaimMatchValue: AuthorizingClaimMatchValueType
  readonly inboundTokenClaimName: string
  readonly inboundTokenClaimValueType: 'STRING' | 'STRING_ARRAY'
}

export interface PrivateEndpointOverride {
  readonly domain: string
  readonly privateEndpoint: PrivateEndpoint
}

export interface InterceptorPayloadFilter {
  readonly exclude: readonly InterceptorPayloadExclusionSelector[]
}

export interface LambdaInterceptorConfiguration {
  readonly arn: string
}

export interface SessionConfiguration {
  readonly sessionTimeoutInSeconds?: number | undefined
}

export interface StreamingConfiguration {
  readonly enableResponseStreaming?: boolean | undefined
}

export interface StaticOverride {
  readonly bundleArn: string
  readonly bundleVersion: string
}

export interface WeightedOverride {
  readonly trafficSplit: readonly TrafficSplitEntry[]
}

export interface StaticRoute {
  readonly targetName: string
}

export interface WeightedRoute {
  readonly trafficSplit: readonly TargetTrafficSplitEntry[]
}

export interface MatchPrincipalEntry {
  readonly iamPrincipal?: IamPrincipal | undefined
}

export interface ApiKeyCredentialProvider {
  readonly credentialLocation?: 'HEADER' | 'QUERY_PARAMETER' | undefined
  readonly credentialParameterName?: string | undefined
  readonly credentialPrefix?: string | undefined
  readonly providerArn: string
}

export interface IamCredentialProvider {
  readonly region?: string | undefined
  readonly service: string
}

export interface OAuthCredentialProvider {
  readonly customParameters?: Readonly<Record<string, string>> | undefined
  readonly defaultReturnUrl?: string | undefined
  readonly grantType?: 'CLIENT_CREDENTIALS' | 'AUTHORIZATION_CODE' | 'TOKEN_EXCHANGE' | undefined
  readonly providerArn: string
  readonly scopes: readonly string[]
}

export interface RuntimeTargetConfiguration {
  readonly arn: string
  readonly qualifier?: string | undefined
  readonly schema?: HttpApiSchemaConfiguration | undefined
}

export interface HttpConnectorTargetConfiguration {
  readonly parameters?: Readonly<Record<string, string>> | undefined
  readonly source: HttpConnectorSource
}

export interface PassthroughTargetConfiguration {
  readonly endpoint: string
  readonly protocolType: 'MCP' | 'A2A' | 'INFERENCE' | 'CUSTOM'
  readonly schema?: HttpApiSchemaConfiguration | undefined
  readonly stickinessConfiguration?: StickinessConfiguration | undefined
}

export interface InferenceConnectorTargetConfiguration {
  readonly source: InferenceConnectorSource
}

export interface InferenceProviderTargetConfiguration {
  readonly endpoint: string
  readonly modelMapping?: ModelMapping | undefined
  readonly operations?: readonly InferenceOperationConfiguration[] | undefined
}

export interface ApiGatewayTargetConfiguration {
  readonly apiGatewayToolConfiguration: ApiGatewayToolConfiguration
  readonly restApiId: string
  readonly stage: string
}

export interface ConnectorTargetConfiguration {
  readonly configurations?: readonly ConnectorConfiguration[] | undefined
  readonly enabled?: readonly string[] | undefined
  readonly source: ConnectorSource
}

export interface McpLambdaTargetConfiguration {
  readonly lambdaArn: string
  readonly toolSchema: ToolSchema
}

export interface McpServerTargetConfiguration {
  readonly endpoint: string
  readonly listingMode?: 'DEFAULT' | 'DYNAMIC' | undefined
  readonly mcpToolSchema?: McpToolSchemaConfiguration | undefined
  readonly resourcePriority?: number | undefined
}

export interface ApiSchemaConfiguration {
  readonly inlinePayload?: string | undefined
  readonly s3?: S3Configuration | undefined
}

export interface Oauth2Discovery {
  readonly authorizationServerMetadata?: Oauth2AuthorizationServerMetadata | undefined
  readonly discoveryUrl?: string | undefined
}

export interface OnBehalfOfTokenExchangeConfigType {
  readonly grantType: 'TOKEN_EXCHANGE' | 'JWT_AUTHORIZATION_GRANT'
  readonly tokenExchangeGrantTypeConfig?: TokenExchangeGrantTypeConfigType | undefined
}

export interface PrivateKeyJwtConfig {
  readonly additionalHeaderClaims?: Readonly<Record<string, string>> | undefined
  readonly additionalPayloadClaims?: Readonly<Record<string, string>> | undefined
  readonly privateKeySource?: PrivateKeySource | undefined
  readonly signingAlgorithm?: 'RS256' | 'PS256' | 'ES256' | undefined
}

export interface S3Location {
  readonly bucket: string
  readonly prefix: string
  readonly versionId?: string | undefined
}

export interface HostingEnvironment {
  readonly arn: string
}

export interface AuthorizingClaimMatchValueType {
  readonly claimMatchOperator: 'EQUALS' | 'CONTAINS' | 'CONTAINS_ANY'
  readonly claimMatchValue: ClaimMatchValueType
}

export interface InterceptorPayloadExclusionSelector {
  readonly field?: 'RESPONSE_BODY' | undefined
}

export interface TrafficSplitEntry {
  readonly configurationBundle: ConfigurationBundleReference
  readonly description?: string | undefined
  readonly metadata?: Readonly<Record<string, string>> | undefined
  readonly name: string
  readonly weight: number
}

export interface TargetTrafficSplitEntry {
  readonly description?: string | undefined
  readonly metadata?: Readonly<Record<string, string>> | undefined
  readonly name: string
  readonly targetName: string
  readonly weight: number
}

export interface IamPrincipal {
  readonly arn: string
  readonly operator?: 'StringEquals' | 'StringLike' | undefined
}

export interface HttpApiSchemaConfiguration {
  readonly source: ApiSchemaConfiguration
}

export interface HttpConnectorSource {
  readonly connectorId: string
}

export interface StickinessConfiguration {
  readonly identifier: string
  readonly timeout?: number | undefined
}

export interface InferenceConnectorSource {
  readonly connectorId: string
}

export interface ModelMapping {
  readonly providerPrefix?: ProviderPrefix | undefined
}

export interface InferenceOperationConfiguration {
  readonly models?: readonly ModelEntry[] | undefined
  readonly path: string
  readonly providerPath?: string | undefined
}

export interface ApiGatewayToolConfiguration {
  readonly toolFilters: readonly ApiGatewayToolFilter[]
  readonly toolOverrides?: readonly ApiGatewayToolOverride[] | undefined
}

export interface ConnectorConfiguration {
  readonly description?: string | undefined
  readonly name: string
  readonly parameterOverrides?: readonly ConnectorParameterOverride[] | undefined
  readonly parameterValues?: unknown | undefined
}

export interface ConnectorSource {
  readonly connectorId: string
  readonly version?: string | undefined
}

export interface ToolSchema {
  readonly inlinePayload?: readonly ToolDefinition[] | undefined
  readonly s3?: S3Configuration | undefined
}

export interface McpToolSchemaConfiguration {
  readonly inlinePayload?: string | undefined
  readonly s3?: S3Configuration | undefined
}

export interface S3Configuration {
  readonly bucketOwnerAccountId?: string | undefined
  readonly uri?: string | undefined
}

export interface Oauth2AuthorizationServerMetadata {
  readonly authorizationEndpoint: string
  readonly issuer: string
  readonly responseTypes?: readonly string[] | undefined
  readonly tokenEndpoint: string
  readonly tokenEndpointAuthMethods?: readonly string[] | undefined
}

export interface TokenExchangeGrantTypeConfigType {
  readonly actorTokenContent: 'NONE' | 'M2M' | 'AWS_IAM_ID_TOKEN_JWT'
  readonly actorTokenScopes?: readonly string[] | undefined
}

export interface PrivateKeySource {
  readonly kmsKeySource?: KmsKeySourceType | undefined
}

export interface ClaimMatchValueType {
  readonly matchValueString?: string | undefined
  readonly matchValueStringList?: readonly string[] | undefined
}

export interface ConfigurationBundleReference {
  readonly bundleArn: string
  readonly bundleVersion: string
}

export interface ProviderPrefix {
  readonly separator?: string | undefined
  readonly strip?: boolean | undefined
}

export interface ModelEntry {
  readonly model: string
}

export interface ApiGatewayToolFilter {
  readonly filterPath: string
  readonly methods: readonly ('GET' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'PUT' | 'POST')[]
}

export interface ApiGatewayToolOverride {
  readonly description?: string | undefined
  readonly method: 'GET' | 'DELETE' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'PUT' | 'POST'
  readonly name: string
  readonly path: string
}

export interface ConnectorParameterOverride {
  readonly description?: string | undefined
  readonly path: string
  readonly visible?: boolean | undefined
}

export interface ToolDefinition {
  readonly description: string
  readonly inputSchema: SchemaDefinition
  readonly name: string
  readonly outputSchema?: SchemaDefinition | undefined
}

export interface KmsKeySourceType {
  readonly kmsKeyArn: string
}

export interface SchemaDefinition {
  readonly description?: string | undefined
  readonly items?: SchemaDefinition | undefined
  readonly properties?: Readonly<Record<string, SchemaDefinition>> | undefined
  readonly required?: readonly string[] | undefined
  readonly type: 'string' | 'number' | 'object' | 'array' | 'boolean' | 'integer'
}
