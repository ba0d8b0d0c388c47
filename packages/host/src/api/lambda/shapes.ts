// Written by scripts/generate-shapes.ts from models/lambda.json; change the model instead.

export type LambdaOperations = {
  AddPermission: { input: AddPermissionRequest; output: AddPermissionResponse }
  CreateAlias: { input: CreateAliasRequest; output: AliasConfiguration }
  CreateFunction: { input: CreateFunctionRequest; output: FunctionConfiguration }
  DeleteAlias: { input: DeleteAliasRequest; output: {} }
  DeleteFunction: { input: DeleteFunctionRequest; output: DeleteFunctionResponse }
  DeleteFunctionConcurrency: { input: DeleteFunctionConcurrencyRequest; output: {} }
  DeleteLayerVersion: { input: DeleteLayerVersionRequest; output: {} }
  GetAlias: { input: GetAliasRequest; output: AliasConfiguration }
  GetFunction: { input: GetFunctionRequest; output: GetFunctionResponse }
  GetFunctionConcurrency: {
    input: GetFunctionConcurrencyRequest
    output: GetFunctionConcurrencyResponse
  }
  GetFunctionConfiguration: {
    input: GetFunctionConfigurationRequest
    output: FunctionConfiguration
  }
  GetLayerVersion: { input: GetLayerVersionRequest; output: GetLayerVersionResponse }
  GetPolicy: { input: GetPolicyRequest; output: GetPolicyResponse }
  Invoke: { input: InvocationRequest; output: InvocationResponse }
  ListAliases: { input: ListAliasesRequest; output: ListAliasesResponse }
  ListFunctions: { input: ListFunctionsRequest; output: ListFunctionsResponse }
  ListLayerVersions: { input: ListLayerVersionsRequest; output: ListLayerVersionsResponse }
  ListLayers: { input: ListLayersRequest; output: ListLayersResponse }
  ListTags: { input: ListTagsRequest; output: ListTagsResponse }
  ListVersionsByFunction: {
    input: ListVersionsByFunctionRequest
    output: ListVersionsByFunctionResponse
  }
  PublishLayerVersion: { input: PublishLayerVersionRequest; output: PublishLayerVersionResponse }
  PublishVersion: { input: PublishVersionRequest; output: FunctionConfiguration }
  PutFunctionConcurrency: { input: PutFunctionConcurrencyRequest; output: Concurrency }
  RemovePermission: { input: RemovePermissionRequest; output: {} }
  TagResource: { input: TagResourceRequest; output: {} }
  UntagResource: { input: UntagResourceRequest; output: {} }
  UpdateAlias: { input: UpdateAliasRequest; output: AliasConfiguration }
  UpdateFunctionCode: { input: UpdateFunctionCodeRequest; output: FunctionConfiguration }
  UpdateFunctionConfiguration: {
    input: UpdateFunctionConfigurationRequest
    output: FunctionConfiguration
  }
}

export interface AddPermissionRequest {
  readonly Action: string
  readonly EventSourceToken?: string | undefined
  readonly FunctionName: string
  readonly FunctionUrlAuthType?: 'NONE' | 'AWS_IAM' | undefined
  readonly InvokedViaFunctionUrl?: boolean | undefined
  readonly Principal: string
  readonly PrincipalOrgID?: string | undefined
  readonly Qualifier?: string | undefined
  readonly RevisionId?: string | undefined
  readonly SourceAccount?: string | undefined
  readonly SourceArn?: string | undefined
  readonly StatementId: string
}

export interface AddPermissionResponse {
  readonly Statement?: string | undefined
}

export interface CreateAliasRequest {
  readonly Description?: string | undefined
  readonly FunctionName: string
  readonly FunctionVersion: string
  readonly Name: string
  readonly RoutingConfig?: AliasRoutingConfiguration | undefined
}

export interface AliasConfiguration {
  readonly AliasArn?: string | undefined
  readonly Description?: string | undefined
  readonly FunctionVersion?: string | undefined
  readonly Name?: string | undefined
  readonly RevisionId?: string | undefined
  readonly RoutingConfig?: AliasRoutingConfiguration | undefined
}

export interface CreateFunctionRequest {
  readonly Architectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CapacityProviderConfig?: CapacityProviderConfig | undefined
  readonly Code: FunctionCode
  readonly CodeSigningConfigArn?: string | undefined
  readonly DeadLetterConfig?: DeadLetterConfig | undefined
  readonly Description?: string | undefined
  readonly DurableConfig?: DurableConfig | undefined
  readonly Environment?: Environment | undefined
  readonly EphemeralStorage?: EphemeralStorage | undefined
  readonly FileSystemConfigs?: readonly FileSystemConfig[] | undefined
  readonly FunctionName: string
  readonly Handler?: string | undefined
  readonly ImageConfig?: ImageConfig | undefined
  readonly KMSKeyArn?: string | undefined
  readonly Layers?: readonly string[] | undefined
  readonly LoggingConfig?: LoggingConfig | undefined
  readonly MemorySize?: number | undefined
  readonly PackageType?: 'Zip' | 'Image' | undefined
  readonly Publish?: boolean | undefined
  readonly PublishTo?: 'LATEST_PUBLISHED' | undefined
  readonly Role: string
  readonly Runtime?:
    | 'nodejs'
    | 'nodejs4.3'
    | 'nodejs6.10'
    | 'nodejs8.10'
    | 'nodejs10.x'
    | 'nodejs12.x'
    | 'nodejs14.x'
    | 'nodejs16.x'
    | 'nodejs18.x'
    | 'nodejs20.x'
    | 'nodejs22.x'
    | 'nodejs24.x'
    | 'java8'
    | 'java8.al2'
    | 'java11'
    | 'java17'
    | 'java21'
    | 'java25'
    | 'python2.7'
    | 'python3.6'
    | 'python3.7'
    | 'python3.8'
    | 'python3.9'
    | 'python3.10'
    | 'python3.11'
    | 'python3.12'
    | 'python3.13'
    | 'python3.14'
    | 'dotnetcore1.0'
    | 'dotnetcore2.0'
    | 'dotnetcore2.1'
    | 'dotnetcore3.1'
    | 'dotnet6'
    | 'dotnet8'
    | 'dotnet10'
    | 'nodejs4.3-edge'
    | 'go1.x'
    | 'ruby2.5'
    | 'ruby2.7'
    | 'ruby3.2'
    | 'ruby3.3'
    | 'ruby3.4'
    | 'ruby4.0'
    | 'provided'
    | 'provided.al2'
    | 'provided.al2023'
    | 'nodejs26.x'
    | 'python3.15'
    | 'java8.al2023'
    | 'java11.al2023'
    | 'java17.al2023'
    | undefined
  readonly SnapStart?: SnapStart | undefined
  readonly Tags?: Readonly<Record<string, string>> | undefined
  readonly TenancyConfig?: TenancyConfig | undefined
  readonly Timeout?: number | undefined
  readonly TracingConfig?: TracingConfig | undefined
  readonly VpcConfig?: VpcConfig | undefined
}

export interface FunctionConfiguration {
  readonly Architectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CapacityProviderConfig?: CapacityProviderConfig | undefined
  readonly CodeSha256?: string | undefined
  readonly CodeSize?: number | undefined
  readonly ConfigSha256?: string | undefined
  readonly DeadLetterConfig?: DeadLetterConfig | undefined
  readonly Description?: string | undefined
  readonly DurableConfig?: DurableConfig | undefined
  readonly Environment?: EnvironmentResponse | undefined
  readonly EphemeralStorage?: EphemeralStorage | undefined
  readonly FileSystemConfigs?: readonly FileSystemConfig[] | undefined
  readonly FunctionArn?: string | undefined
  readonly FunctionName?: string | undefined
  readonly Handler?: string | undefined
  readonly ImageConfigResponse?: ImageConfigResponse | undefined
  readonly KMSKeyArn?: string | undefined
  readonly LastModified?: string | undefined
  readonly LastUpdateStatus?: 'Successful' | 'Failed' | 'InProgress' | undefined
  readonly LastUpdateStatusReason?: string | undefined
  readonly LastUpdateStatusReasonCode?:
    | 'EniLimitExceeded'
    | 'InsufficientRolePermissions'
    | 'InvalidConfiguration'
    | 'InternalError'
    | 'SubnetOutOfIPAddresses'
    | 'InvalidSubnet'
    | 'InvalidSecurityGroup'
    | 'ImageDeleted'
    | 'ImageAccessDenied'
    | 'InvalidImage'
    | 'KMSKeyAccessDenied'
    | 'KMSKeyNotFound'
    | 'InvalidStateKMSKey'
    | 'DisabledKMSKey'
    | 'EFSIOError'
    | 'EFSMountConnectivityError'
    | 'EFSMountFailure'
    | 'EFSMountTimeout'
    | 'InvalidRuntime'
    | 'InvalidZipFileException'
    | 'FunctionError'
    | 'ServiceQuotaExceededException'
    | 'VcpuLimitExceeded'
    | 'CapacityProviderScalingLimitExceeded'
    | 'InsufficientCapacity'
    | 'EC2RequestLimitExceeded'
    | 'FunctionError.InitTimeout'
    | 'FunctionError.RuntimeInitError'
    | 'FunctionError.ExtensionInitError'
    | 'FunctionError.InvalidEntryPoint'
    | 'FunctionError.InvalidWorkingDirectory'
    | 'FunctionError.PermissionDenied'
    | 'FunctionError.TooManyExtensions'
    | 'FunctionError.InitResourceExhausted'
    | 'DisallowedByVpcEncryptionControl'
    | 'DependencyError'
    | undefined
  readonly Layers?: readonly Layer[] | undefined
  readonly LoggingConfig?: LoggingConfig | undefined
  readonly MasterArn?: string | undefined
  readonly MemorySize?: number | undefined
  readonly PackageType?: 'Zip' | 'Image' | undefined
  readonly RevisionId?: string | undefined
  readonly Role?: string | undefined
  readonly Runtime?:
    | 'nodejs'
    | 'nodejs4.3'
    | 'nodejs6.10'
    | 'nodejs8.10'
    | 'nodejs10.x'
    | 'nodejs12.x'
    | 'nodejs14.x'
    | 'nodejs16.x'
    | 'nodejs18.x'
    | 'nodejs20.x'
    | 'nodejs22.x'
    | 'nodejs24.x'
    | 'java8'
    | 'java8.al2'
    | 'java11'
    | 'java17'
    | 'java21'
    | 'java25'
    | 'python2.7'
    | 'python3.6'
    | 'python3.7'
    | 'python3.8'
    | 'python3.9'
    | 'python3.10'
    | 'python3.11'
    | 'python3.12'
    | 'python3.13'
    | 'python3.14'
    | 'dotnetcore1.0'
    | 'dotnetcore2.0'
    | 'dotnetcore2.1'
    | 'dotnetcore3.1'
    | 'dotnet6'
    | 'dotnet8'
    | 'dotnet10'
    | 'nodejs4.3-edge'
    | 'go1.x'
    | 'ruby2.5'
    | 'ruby2.7'
    | 'ruby3.2'
    | 'ruby3.3'
    | 'ruby3.4'
    | 'ruby4.0'
    | 'provided'
    | 'provided.al2'
    | 'provided.al2023'
    | 'nodejs26.x'
    | 'python3.15'
    | 'java8.al2023'
    | 'java11.al2023'
    | 'java17.al2023'
    | undefined
  readonly RuntimeVersionConfig?: RuntimeVersionConfig | undefined
  readonly SigningJobArn?: string | undefined
  readonly SigningProfileVersionArn?: string | undefined
  readonly SnapStart?: SnapStartResponse | undefined
  readonly State?:
    | 'Pending'
    | 'Active'
    | 'Inactive'
    | 'Failed'
    | 'Deactivating'
    | 'Deactivated'
    | 'ActiveNonInvocable'
    | 'Deleting'
    | undefined
  readonly StateReason?: string | undefined
  readonly StateReasonCode?:
    | 'Idle'
    | 'Creating'
    | 'Restoring'
    | 'EniLimitExceeded'
    | 'InsufficientRolePermissions'
    | 'InvalidConfiguration'
    | 'InternalError'
    | 'SubnetOutOfIPAddresses'
    | 'InvalidSubnet'
    | 'InvalidSecurityGroup'
    | 'ImageDeleted'
    | 'ImageAccessDenied'
    | 'InvalidImage'
    | 'KMSKeyAccessDenied'
    | 'KMSKeyNotFound'
    | 'InvalidStateKMSKey'
    | 'DisabledKMSKey'
    | 'EFSIOError'
    | 'EFSMountConnectivityError'
    | 'EFSMountFailure'
    | 'EFSMountTimeout'
    | 'InvalidRuntime'
    | 'InvalidZipFileException'
    | 'FunctionError'
    | 'ServiceQuotaExceededException'
    | 'VcpuLimitExceeded'
    | 'CapacityProviderScalingLimitExceeded'
    | 'InsufficientCapacity'
    | 'EC2RequestLimitExceeded'
    | 'FunctionError.InitTimeout'
    | 'FunctionError.RuntimeInitError'
    | 'FunctionError.ExtensionInitError'
    | 'FunctionError.InvalidEntryPoint'
    | 'FunctionError.InvalidWorkingDirectory'
    | 'FunctionError.PermissionDenied'
    | 'FunctionError.TooManyExtensions'
    | 'FunctionError.InitResourceExhausted'
    | 'DisallowedByVpcEncryptionControl'
    | 'DrainingDurableExecutions'
    | 'DependencyError'
    | undefined
  readonly TenancyConfig?: TenancyConfig | undefined
  readonly Timeout?: number | undefined
  readonly TracingConfig?: TracingConfigResponse | undefined
  readonly Version?: string | undefined
  readonly VpcConfig?: VpcConfigResponse | undefined
}

export interface DeleteAliasRequest {
  readonly FunctionName: string
  readonly Name: string
}

export interface DeleteFunctionRequest {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
}

export interface DeleteFunctionResponse {
  readonly StatusCode?: number | undefined
}

export interface DeleteFunctionConcurrencyRequest {
  readonly FunctionName: string
}

export interface DeleteLayerVersionRequest {
  readonly LayerName: string
  readonly VersionNumber: number
}

export interface GetAliasRequest {
  readonly FunctionName: string
  readonly Name: string
}

export interface GetFunctionRequest {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
}

export interface GetFunctionResponse {
  readonly Code?: FunctionCodeLocation | undefined
  readonly Concurrency?: Concurrency | undefined
  readonly Configuration?: FunctionConfiguration | undefined
  readonly Tags?: Readonly<Record<string, string>> | undefined
  readonly TagsError?: TagsError | undefined
}

export interface GetFunctionConcurrencyRequest {
  readonly FunctionName: string
}

export interface GetFunctionConcurrencyResponse {
  readonly ReservedConcurrentExecutions?: number | undefined
}

export interface GetFunctionConfigurationRequest {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
}

export interface GetLayerVersionRequest {
  readonly LayerName: string
  readonly VersionNumber: number
}

export interface GetLayerVersionResponse {
  readonly CompatibleArchitectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CompatibleRuntimes?:
    | readonly (
        | 'nodejs'
        | 'nodejs4.3'
        | 'nodejs6.10'
        | 'nodejs8.10'
        | 'nodejs10.x'
        | 'nodejs12.x'
        | 'nodejs14.x'
        | 'nodejs16.x'
        | 'nodejs18.x'
        | 'nodejs20.x'
        | 'nodejs22.x'
        | 'nodejs24.x'
        | 'java8'
        | 'java8.al2'
        | 'java11'
        | 'java17'
        | 'java21'
        | 'java25'
        | 'python2.7'
        | 'python3.6'
        | 'python3.7'
        | 'python3.8'
        | 'python3.9'
        | 'python3.10'
        | 'python3.11'
        | 'python3.12'
        | 'python3.13'
        | 'python3.14'
        | 'dotnetcore1.0'
        | 'dotnetcore2.0'
        | 'dotnetcore2.1'
        | 'dotnetcore3.1'
        | 'dotnet6'
        | 'dotnet8'
        | 'dotnet10'
        | 'nodejs4.3-edge'
        | 'go1.x'
        | 'ruby2.5'
        | 'ruby2.7'
        | 'ruby3.2'
        | 'ruby3.3'
        | 'ruby3.4'
        | 'ruby4.0'
        | 'provided'
        | 'provided.al2'
        | 'provided.al2023'
        | 'nodejs26.x'
        | 'python3.15'
        | 'java8.al2023'
        | 'java11.al2023'
        | 'java17.al2023'
      )[]
    | undefined
  readonly Content?: LayerVersionContentOutput | undefined
  readonly CreatedDate?: string | undefined
  readonly Description?: string | undefined
  readonly LayerArn?: string | undefined
  readonly LayerVersionArn?: string | undefined
  readonly LicenseInfo?: string | undefined
  readonly Version?: number | undefined
}

export interface GetPolicyRequest {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
}

export interface GetPolicyResponse {
  readonly Policy?: string | undefined
  readonly RevisionId?: string | undefined
}

export interface InvocationRequest {
  readonly ClientContext?: string | undefined
  readonly DurableExecutionName?: string | undefined
  readonly FunctionName: string
  readonly InvocationType?: 'Event' | 'RequestResponse' | 'DryRun' | undefined
  readonly LogType?: 'None' | 'Tail' | undefined
  readonly Payload?: Uint8Array | undefined
  readonly Qualifier?: string | undefined
  readonly TenantId?: string | undefined
}

export interface InvocationResponse {
  readonly DurableExecutionArn?: string | undefined
  readonly ExecutedVersion?: string | undefined
  readonly FunctionError?: string | undefined
  readonly LogResult?: string | undefined
  readonly Payload?: Uint8Array | undefined
  readonly StatusCode?: number | undefined
}

export interface ListAliasesRequest {
  readonly FunctionName: string
  readonly FunctionVersion?: string | undefined
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface ListAliasesResponse {
  readonly Aliases?: readonly AliasConfiguration[] | undefined
  readonly NextMarker?: string | undefined
}

export interface ListFunctionsRequest {
  readonly FunctionVersion?: 'ALL' | undefined
  readonly Marker?: string | undefined
  readonly MasterRegion?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface ListFunctionsResponse {
  readonly Functions?: readonly FunctionConfiguration[] | undefined
  readonly NextMarker?: string | undefined
}

export interface ListLayerVersionsRequest {
  readonly CompatibleArchitecture?: 'x86_64' | 'arm64' | undefined
  readonly CompatibleRuntime?:
    | 'nodejs'
    | 'nodejs4.3'
    | 'nodejs6.10'
    | 'nodejs8.10'
    | 'nodejs10.x'
    | 'nodejs12.x'
    | 'nodejs14.x'
    | 'nodejs16.x'
    | 'nodejs18.x'
    | 'nodejs20.x'
    | 'nodejs22.x'
    | 'nodejs24.x'
    | 'java8'
    | 'java8.al2'
    | 'java11'
    | 'java17'
    | 'java21'
    | 'java25'
    | 'python2.7'
    | 'python3.6'
    | 'python3.7'
    | 'python3.8'
    | 'python3.9'
    | 'python3.10'
    | 'python3.11'
    | 'python3.12'
    | 'python3.13'
    | 'python3.14'
    | 'dotnetcore1.0'
    | 'dotnetcore2.0'
    | 'dotnetcore2.1'
    | 'dotnetcore3.1'
    | 'dotnet6'
    | 'dotnet8'
    | 'dotnet10'
    | 'nodejs4.3-edge'
    | 'go1.x'
    | 'ruby2.5'
    | 'ruby2.7'
    | 'ruby3.2'
    | 'ruby3.3'
    | 'ruby3.4'
    | 'ruby4.0'
    | 'provided'
    | 'provided.al2'
    | 'provided.al2023'
    | 'nodejs26.x'
    | 'python3.15'
    | 'java8.al2023'
    | 'java11.al2023'
    | 'java17.al2023'
    | undefined
  readonly LayerName: string
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface ListLayerVersionsResponse {
  readonly LayerVersions?: readonly LayerVersionsListItem[] | undefined
  readonly NextMarker?: string | undefined
}

export interface ListLayersRequest {
  readonly CompatibleArchitecture?: 'x86_64' | 'arm64' | undefined
  readonly CompatibleRuntime?:
    | 'nodejs'
    | 'nodejs4.3'
    | 'nodejs6.10'
    | 'nodejs8.10'
    | 'nodejs10.x'
    | 'nodejs12.x'
    | 'nodejs14.x'
    | 'nodejs16.x'
    | 'nodejs18.x'
    | 'nodejs20.x'
    | 'nodejs22.x'
    | 'nodejs24.x'
    | 'java8'
    | 'java8.al2'
    | 'java11'
    | 'java17'
    | 'java21'
    | 'java25'
    | 'python2.7'
    | 'python3.6'
    | 'python3.7'
    | 'python3.8'
    | 'python3.9'
    | 'python3.10'
    | 'python3.11'
    | 'python3.12'
    | 'python3.13'
    | 'python3.14'
    | 'dotnetcore1.0'
    | 'dotnetcore2.0'
    | 'dotnetcore2.1'
    | 'dotnetcore3.1'
    | 'dotnet6'
    | 'dotnet8'
    | 'dotnet10'
    | 'nodejs4.3-edge'
    | 'go1.x'
    | 'ruby2.5'
    | 'ruby2.7'
    | 'ruby3.2'
    | 'ruby3.3'
    | 'ruby3.4'
    | 'ruby4.0'
    | 'provided'
    | 'provided.al2'
    | 'provided.al2023'
    | 'nodejs26.x'
    | 'python3.15'
    | 'java8.al2023'
    | 'java11.al2023'
    | 'java17.al2023'
    | undefined
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface ListLayersResponse {
  readonly Layers?: readonly LayersListItem[] | undefined
  readonly NextMarker?: string | undefined
}

export interface ListTagsRequest {
  readonly Resource: string
}

export interface ListTagsResponse {
  readonly Tags?: Readonly<Record<string, string>> | undefined
}

export interface ListVersionsByFunctionRequest {
  readonly FunctionName: string
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface ListVersionsByFunctionResponse {
  readonly NextMarker?: string | undefined
  readonly Versions?: readonly FunctionConfiguration[] | undefined
}

export interface PublishLayerVersionRequest {
  readonly CompatibleArchitectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CompatibleRuntimes?:
    | readonly (
        | 'nodejs'
        | 'nodejs4.3'
        | 'nodejs6.10'
        | 'nodejs8.10'
        | 'nodejs10.x'
        | 'nodejs12.x'
        | 'nodejs14.x'
        | 'nodejs16.x'
        | 'nodejs18.x'
        | 'nodejs20.x'
        | 'nodejs22.x'
        | 'nodejs24.x'
        | 'java8'
        | 'java8.al2'
        | 'java11'
        | 'java17'
        | 'java21'
        | 'java25'
        | 'python2.7'
        | 'python3.6'
        | 'python3.7'
        | 'python3.8'
        | 'python3.9'
        | 'python3.10'
        | 'python3.11'
        | 'python3.12'
        | 'python3.13'
        | 'python3.14'
        | 'dotnetcore1.0'
        | 'dotnetcore2.0'
        | 'dotnetcore2.1'
        | 'dotnetcore3.1'
        | 'dotnet6'
        | 'dotnet8'
        | 'dotnet10'
        | 'nodejs4.3-edge'
        | 'go1.x'
        | 'ruby2.5'
        | 'ruby2.7'
        | 'ruby3.2'
        | 'ruby3.3'
        | 'ruby3.4'
        | 'ruby4.0'
        | 'provided'
        | 'provided.al2'
        | 'provided.al2023'
        | 'nodejs26.x'
        | 'python3.15'
        | 'java8.al2023'
        | 'java11.al2023'
        | 'java17.al2023'
      )[]
    | undefined
  readonly Content: LayerVersionContentInput
  readonly Description?: string | undefined
  readonly LayerName: string
  readonly LicenseInfo?: string | undefined
}

export interface PublishLayerVersionResponse {
  readonly CompatibleArchitectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CompatibleRuntimes?:
    | readonly (
        | 'nodejs'
        | 'nodejs4.3'
        | 'nodejs6.10'
        | 'nodejs8.10'
        | 'nodejs10.x'
        | 'nodejs12.x'
        | 'nodejs14.x'
        | 'nodejs16.x'
        | 'nodejs18.x'
        | 'nodejs20.x'
        | 'nodejs22.x'
        | 'nodejs24.x'
        | 'java8'
        | 'java8.al2'
        | 'java11'
        | 'java17'
        | 'java21'
        | 'java25'
        | 'python2.7'
        | 'python3.6'
        | 'python3.7'
        | 'python3.8'
        | 'python3.9'
        | 'python3.10'
        | 'python3.11'
        | 'python3.12'
        | 'python3.13'
        | 'python3.14'
        | 'dotnetcore1.0'
        | 'dotnetcore2.0'
        | 'dotnetcore2.1'
        | 'dotnetcore3.1'
        | 'dotnet6'
        | 'dotnet8'
        | 'dotnet10'
        | 'nodejs4.3-edge'
        | 'go1.x'
        | 'ruby2.5'
        | 'ruby2.7'
        | 'ruby3.2'
        | 'ruby3.3'
        | 'ruby3.4'
        | 'ruby4.0'
        | 'provided'
        | 'provided.al2'
        | 'provided.al2023'
        | 'nodejs26.x'
        | 'python3.15'
        | 'java8.al2023'
        | 'java11.al2023'
        | 'java17.al2023'
      )[]
    | undefined
  readonly Content?: LayerVersionContentOutput | undefined
  readonly CreatedDate?: string | undefined
  readonly Description?: string | undefined
  readonly LayerArn?: string | undefined
  readonly LayerVersionArn?: string | undefined
  readonly LicenseInfo?: string | undefined
  readonly Version?: number | undefined
}

export interface PublishVersionRequest {
  readonly CodeSha256?: string | undefined
  readonly Description?: string | undefined
  readonly FunctionName: string
  readonly PublishTo?: 'LATEST_PUBLISHED' | undefined
  readonly RevisionId?: string | undefined
}

export interface PutFunctionConcurrencyRequest {
  readonly FunctionName: string
  readonly ReservedConcurrentExecutions: number
}

export interface Concurrency {
  readonly ReservedConcurrentExecutions?: number | undefined
}

export interface RemovePermissionRequest {
  readonly FunctionName: string
  readonly Qualifier?: string | undefined
  readonly RevisionId?: string | undefined
  readonly StatementId: string
}

export interface TagResourceRequest {
  readonly Resource: string
  readonly Tags: Readonly<Record<string, string>>
}

export interface UntagResourceRequest {
  readonly Resource: string
  readonly TagKeys: readonly string[]
}

export interface UpdateAliasRequest {
  readonly Description?: string | undefined
  readonly FunctionName: string
  readonly FunctionVersion?: string | undefined
  readonly Name: string
  readonly RevisionId?: string | undefined
  readonly RoutingConfig?: AliasRoutingConfiguration | undefined
}

export interface UpdateFunctionCodeRequest {
  readonly Architectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly DryRun?: boolean | undefined
  readonly FunctionName: string
  readonly ImageUri?: string | undefined
  readonly Publish?: boolean | undefined
  readonly PublishTo?: 'LATEST_PUBLISHED' | undefined
  readonly RevisionId?: string | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectStorageMode?: 'COPY' | 'REFERENCE' | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly SourceKMSKeyArn?: string | undefined
  readonly ZipFile?: Uint8Array | undefined
}

export interface UpdateFunctionConfigurationRequest {
  readonly CapacityProviderConfig?: CapacityProviderConfig | undefined
  readonly DeadLetterConfig?: DeadLetterConfig | undefined
  readonly Description?: string | undefined
  readonly DurableConfig?: DurableConfig | undefined
  readonly Environment?: Environment | undefined
  readonly EphemeralStorage?: EphemeralStorage | undefined
  readonly FileSystemConfigs?: readonly FileSystemConfig[] | undefined
  readonly FunctionName: string
  readonly Handler?: string | undefined
  readonly ImageConfig?: ImageConfig | undefined
  readonly KMSKeyArn?: string | undefined
  readonly Layers?: readonly string[] | undefined
  readonly LoggingConfig?: LoggingConfig | undefined
  readonly MemorySize?: number | undefined
  readonly RevisionId?: string | undefined
  readonly Role?: string | undefined
  readonly Runtime?:
    | 'nodejs'
    | 'nodejs4.3'
    | 'nodejs6.10'
    | 'nodejs8.10'
    | 'nodejs10.x'
    | 'nodejs12.x'
    | 'nodejs14.x'
    | 'nodejs16.x'
    | 'nodejs18.x'
    | 'nodejs20.x'
    | 'nodejs22.x'
    | 'nodejs24.x'
    | 'java8'
    | 'java8.al2'
    | 'java11'
    | 'java17'
    | 'java21'
    | 'java25'
    | 'python2.7'
    | 'python3.6'
    | 'python3.7'
    | 'python3.8'
    | 'python3.9'
    | 'python3.10'
    | 'python3.11'
    | 'python3.12'
    | 'python3.13'
    | 'python3.14'
    | 'dotnetcore1.0'
    | 'dotnetcore2.0'
    | 'dotnetcore2.1'
    | 'dotnetcore3.1'
    | 'dotnet6'
    | 'dotnet8'
    | 'dotnet10'
    | 'nodejs4.3-edge'
    | 'go1.x'
    | 'ruby2.5'
    | 'ruby2.7'
    | 'ruby3.2'
    | 'ruby3.3'
    | 'ruby3.4'
    | 'ruby4.0'
    | 'provided'
    | 'provided.al2'
    | 'provided.al2023'
    | 'nodejs26.x'
    | 'python3.15'
    | 'java8.al2023'
    | 'java11.al2023'
    | 'java17.al2023'
    | undefined
  readonly SnapStart?: SnapStart | undefined
  readonly Timeout?: number | undefined
  readonly TracingConfig?: TracingConfig | undefined
  readonly VpcConfig?: VpcConfig | undefined
}

export interface AliasRoutingConfiguration {
  readonly AdditionalVersionWeights?: Readonly<Record<string, number>> | undefined
}

export interface CapacityProviderConfig {
  readonly LambdaManagedInstancesCapacityProviderConfig: LambdaManagedInstancesCapacityProviderConfig
}

export interface FunctionCode {
  readonly ImageUri?: string | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectStorageMode?: 'COPY' | 'REFERENCE' | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly SourceKMSKeyArn?: string | undefined
  readonly ZipFile?: Uint8Array | undefined
}

export interface DeadLetterConfig {
  readonly TargetArn?: string | undefined
}

export interface DurableConfig {
  readonly ExecutionTimeout?: number | undefined
  readonly KMSKeyArn?: string | undefined
  readonly RetentionPeriodInDays?: number | undefined
}

export interface Environment {
  readonly Variables?: Readonly<Record<string, string>> | undefined
}

export interface EphemeralStorage {
  readonly Size: number
}

export interface FileSystemConfig {
  readonly Arn: string
  readonly LocalMountPath: string
}

export interface ImageConfig {
  readonly Command?: readonly string[] | undefined
  readonly EntryPoint?: readonly string[] | undefined
  readonly WorkingDirectory?: string | undefined
}

export interface LoggingConfig {
  readonly ApplicationLogLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL' | undefined
  readonly LogFormat?: 'JSON' | 'Text' | undefined
  readonly LogGroup?: string | undefined
  readonly SystemLogLevel?: 'DEBUG' | 'INFO' | 'WARN' | undefined
}

export interface SnapStart {
  readonly ApplyOn?: 'PublishedVersions' | 'None' | undefined
}

export interface TenancyConfig {
  readonly TenantIsolationMode: 'PER_TENANT'
}

export interface TracingConfig {
  readonly Mode?: 'Active' | 'PassThrough' | undefined
}

export interface VpcConfig {
  readonly Ipv6AllowedForDualStack?: boolean | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly SubnetIds?: readonly string[] | undefined
}

export interface EnvironmentResponse {
  readonly Error?: EnvironmentError | undefined
  readonly Variables?: Readonly<Record<string, string>> | undefined
}

export interface ImageConfigResponse {
  readonly Error?: ImageConfigError | undefined
  readonly ImageConfig?: ImageConfig | undefined
}

export interface Layer {
  readonly Arn?: string | undefined
  readonly CodeSize?: number | undefined
  readonly SigningJobArn?: string | undefined
  readonly SigningProfileVersionArn?: string | undefined
}

export interface RuntimeVersionConfig {
  readonly Error?: RuntimeVersionError | undefined
  readonly RuntimeVersionArn?: string | undefined
}

export interface SnapStartResponse {
  readonly ApplyOn?: 'PublishedVersions' | 'None' | undefined
  readonly OptimizationStatus?: 'On' | 'Off' | undefined
}

export interface TracingConfigResponse {
  readonly Mode?: 'Active' | 'PassThrough' | undefined
}

export interface VpcConfigResponse {
  readonly Ipv6AllowedForDualStack?: boolean | undefined
  readonly SecurityGroupIds?: readonly string[] | undefined
  readonly SubnetIds?: readonly string[] | undefined
  readonly VpcId?: string | undefined
}

export interface FunctionCodeLocation {
  readonly Error?: FunctionCodeLocationError | undefined
  readonly ImageUri?: string | undefined
  readonly Location?: string | undefined
  readonly RepositoryType?: string | undefined
  readonly ResolvedImageUri?: string | undefined
  readonly ResolvedS3Object?: ResolvedS3Object | undefined
  readonly SourceKMSKeyArn?: string | undefined
}

export interface TagsError {
  readonly ErrorCode: string
  readonly Message: string
}

export interface LayerVersionContentOutput {
  readonly CodeSha256?: string | undefined
  readonly CodeSize?: number | undefined
  readonly Location?: string | undefined
  readonly ResolvedS3Object?: ResolvedS3Object | undefined
  readonly SigningJobArn?: string | undefined
  readonly SigningProfileVersionArn?: string | undefined
}

export interface LayerVersionsListItem {
  readonly CompatibleArchitectures?: readonly ('x86_64' | 'arm64')[] | undefined
  readonly CompatibleRuntimes?:
    | readonly (
        | 'nodejs'
        | 'nodejs4.3'
        | 'nodejs6.10'
        | 'nodejs8.10'
        | 'nodejs10.x'
        | 'nodejs12.x'
        | 'nodejs14.x'
        | 'nodejs16.x'
        | 'nodejs18.x'
        | 'nodejs20.x'
        | 'nodejs22.x'
        | 'nodejs24.x'
        | 'java8'
        | 'java8.al2'
        | 'java11'
        | 'java17'
        | 'java21'
        | 'java25'
        | 'python2.7'
        | 'python3.6'
        | 'python3.7'
        | 'python3.8'
        | 'python3.9'
        | 'python3.10'
        | 'python3.11'
        | 'python3.12'
        | 'python3.13'
        | 'python3.14'
        | 'dotnetcore1.0'
        | 'dotnetcore2.0'
        | 'dotnetcore2.1'
        | 'dotnetcore3.1'
        | 'dotnet6'
        | 'dotnet8'
        | 'dotnet10'
        | 'nodejs4.3-edge'
        | 'go1.x'
        | 'ruby2.5'
        | 'ruby2.7'
        | 'ruby3.2'
        | 'ruby3.3'
        | 'ruby3.4'
        | 'ruby4.0'
        | 'provided'
        | 'provided.al2'
        | 'provided.al2023'
        | 'nodejs26.x'
        | 'python3.15'
        | 'java8.al2023'
        | 'java11.al2023'
        | 'java17.al2023'
      )[]
    | undefined
  readonly CreatedDate?: string | undefined
  readonly Description?: string | undefined
  readonly LayerVersionArn?: string | undefined
  readonly LicenseInfo?: string | undefined
  readonly Version?: number | undefined
}

export interface LayersListItem {
  readonly LatestMatchingVersion?: LayerVersionsListItem | undefined
  readonly LayerArn?: string | undefined
  readonly LayerName?: string | undefined
}

export interface LayerVersionContentInput {
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectStorageMode?: 'COPY' | 'REFERENCE' | undefined
  readonly S3ObjectVersion?: string | undefined
  readonly ZipFile?: Uint8Array | undefined
}

export interface LambdaManagedInstancesCapacityProviderConfig {
  readonly CapacityProviderArn: string
  readonly ExecutionEnvironmentMemoryGiBPerVCpu?: number | undefined
  readonly PerExecutionEnvironmentMaxConcurrency?: number | undefined
}

export interface EnvironmentError {
  readonly ErrorCode?: string | undefined
  readonly Message?: string | undefined
}

export interface ImageConfigError {
  readonly ErrorCode?: string | undefined
  readonly Message?: string | undefined
}

export interface RuntimeVersionError {
  readonly ErrorCode?: string | undefined
  readonly Message?: string | undefined
}

export interface FunctionCodeLocationError {
  readonly ErrorCode?: string | undefined
  readonly Message?: string | undefined
}

export interface ResolvedS3Object {
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
}
