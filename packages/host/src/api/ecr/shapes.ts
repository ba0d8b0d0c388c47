// Written by scripts/generate-shapes.ts from models/ecr.json; change the model instead.

export type EcrOperations = {
  BatchGetImage: { input: BatchGetImageRequest; output: BatchGetImageResponse }
  CreateRepository: { input: CreateRepositoryRequest; output: CreateRepositoryResponse }
  DeleteRepository: { input: DeleteRepositoryRequest; output: DeleteRepositoryResponse }
  DescribeImages: { input: DescribeImagesRequest; output: DescribeImagesResponse }
  DescribeRepositories: { input: DescribeRepositoriesRequest; output: DescribeRepositoriesResponse }
  GetAuthorizationToken: {
    input: GetAuthorizationTokenRequest
    output: GetAuthorizationTokenResponse
  }
  ListImages: { input: ListImagesRequest; output: ListImagesResponse }
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse }
  TagResource: { input: TagResourceRequest; output: TagResourceResponse }
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse }
}

export interface BatchGetImageRequest {
  readonly acceptedMediaTypes?: readonly string[] | undefined
  readonly imageIds: readonly ImageIdentifier[]
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface BatchGetImageResponse {
  readonly failures?: readonly ImageFailure[] | undefined
  readonly images?: readonly Image[] | undefined
}

export interface CreateRepositoryRequest {
  readonly encryptionConfiguration?: EncryptionConfiguration | undefined
  readonly imageScanningConfiguration?: ImageScanningConfiguration | undefined
  readonly imageTagMutability?:
    | 'MUTABLE'
    | 'IMMUTABLE'
    | 'IMMUTABLE_WITH_EXCLUSION'
    | 'MUTABLE_WITH_EXCLUSION'
    | undefined
  readonly imageTagMutabilityExclusionFilters?:
    | readonly ImageTagMutabilityExclusionFilter[]
    | undefined
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly tags?: readonly Tag[] | undefined
}

export interface CreateRepositoryResponse {
  readonly repository?: Repository | undefined
}

export interface DeleteRepositoryRequest {
  readonly force?: boolean | undefined
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface DeleteRepositoryResponse {
  readonly repository?: Repository | undefined
}

export interface DescribeImagesRequest {
  readonly filter?: DescribeImagesFilter | undefined
  readonly imageIds?: readonly ImageIdentifier[] | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface DescribeImagesResponse {
  readonly imageDetails?: readonly ImageDetail[] | undefined
  readonly nextToken?: string | undefined
}

export interface DescribeRepositoriesRequest {
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly registryId?: string | undefined
  readonly repositoryNames?: readonly string[] | undefined
}

export interface DescribeRepositoriesResponse {
  readonly nextToken?: string | undefined
  readonly repositories?: readonly Repository[] | undefined
}

export interface GetAuthorizationTokenRequest {
  readonly registryIds?: readonly string[] | undefined
}

export interface GetAuthorizationTokenResponse {
  readonly authorizationData?: readonly AuthorizationData[] | undefined
}

export interface ListImagesRequest {
  readonly filter?: ListImagesFilter | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface ListImagesResponse {
  readonly imageIds?: readonly ImageIdentifier[] | undefined
  readonly nextToken?: string | undefined
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string
}

export interface ListTagsForResourceResponse {
  readonly tags?: readonly Tag[] | undefined
}

export interface TagResourceRequest {
  readonly resourceArn: string
  readonly tags: readonly Tag[]
}

export type TagResourceResponse = Readonly<Record<never, never>>

export interface UntagResourceRequest {
  readonly resourceArn: string
  readonly tagKeys: readonly string[]
}

export type UntagResourceResponse = Readonly<Record<never, never>>

export interface ImageIdentifier {
  readonly imageDigest?: string | undefined
  readonly imageTag?: string | undefined
}

export interface ImageFailure {
  readonly failureCode?:
    | 'InvalidImageDigest'
    | 'InvalidImageTag'
    | 'ImageTagDoesNotMatchDigest'
    | 'ImageNotFound'
    | 'MissingDigestAndTag'
    | 'ImageReferencedByManifestList'
    | 'KmsError'
    | 'UpstreamAccessDenied'
    | 'UpstreamTooManyRequests'
    | 'UpstreamUnavailable'
    | 'ImageInaccessible'
    | undefined
  readonly failureReason?: string | undefined
  readonly imageId?: ImageIdentifier | undefined
}

export interface Image {
  readonly imageId?: ImageIdentifier | undefined
  readonly imageManifest?: string | undefined
  readonly imageManifestMediaType?: string | undefined
  readonly registryId?: string | undefined
  readonly repositoryName?: string | undefined
}

export interface EncryptionConfiguration {
  readonly encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'
  readonly kmsKey?: string | undefined
}

export interface ImageScanningConfiguration {
  readonly scanOnPush?: boolean | undefined
}

export interface ImageTagMutabilityExclusionFilter {
  readonly filter: string
  readonly filterType: 'WILDCARD'
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface Repository {
  readonly createdAt?: Date | undefined
  readonly encryptionConfiguration?: EncryptionConfiguration | undefined
  readonly imageScanningConfiguration?: ImageScanningConfiguration | undefined
  readonly imageTagMutability?:
    | 'MUTABLE'
    | 'IMMUTABLE'
    | 'IMMUTABLE_WITH_EXCLUSION'
    | 'MUTABLE_WITH_EXCLUSION'
    | undefined
  readonly imageTagMutabilityExclusionFilters?:
    | readonly ImageTagMutabilityExclusionFilter[]
    | undefined
  readonly registryId?: string | undefined
  readonly repositoryArn?: string | undefined
  readonly repositoryName?: string | undefined
  readonly repositoryUri?: string | undefined
}

export interface DescribeImagesFilter {
  readonly imageStatus?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING' | 'ANY' | undefined
  readonly tagStatus?: 'TAGGED' | 'UNTAGGED' | 'ANY' | undefined
}

export interface ImageDetail {
  readonly artifactMediaType?: string | undefined
  readonly imageDigest?: string | undefined
  readonly imageManifestMediaType?: string | undefined
  readonly imagePushedAt?: Date | undefined
  readonly imageScanFindingsSummary?: ImageScanFindingsSummary | undefined
  readonly imageScanStatus?: ImageScanStatus | undefined
  readonly imageSizeInBytes?: number | undefined
  readonly imageStatus?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING' | undefined
  readonly imageTags?: readonly string[] | undefined
  readonly lastActivatedAt?: Date | undefined
  readonly lastArchivedAt?: Date | undefined
  readonly lastRecordedPullTime?: Date | undefined
  readonly registryId?: string | undefined
  readonly repositoryName?: string | undefined
  readonly subjectManifestDigest?: string | undefined
}

export interface AuthorizationData {
  readonly authorizationToken?: string | undefined
  readonly expiresAt?: Date | undefined
  readonly proxyEndpoint?: string | undefined
}

export interface ListImagesFilter {
  readonly imageStatus?: 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING' | 'ANY' | undefined
  readonly tagStatus?: 'TAGGED' | 'UNTAGGED' | 'ANY' | undefined
}

export interface ImageScanFindingsSummary {
  readonly findingSeverityCounts?: Readonly<Record<string, number>> | undefined
  readonly imageScanCompletedAt?: Date | undefined
  readonly vulnerabilitySourceUpdatedAt?: Date | undefined
}

export interface ImageScanStatus {
  readonly description?: string | undefined
  readonly status?:
    | 'IN_PROGRESS'
    | 'COMPLETE'
    | 'FAILED'
    | 'UNSUPPORTED_IMAGE'
    | 'ACTIVE'
    | 'PENDING'
    | 'SCAN_ELIGIBILITY_EXPIRED'
    | 'FINDINGS_UNAVAILABLE'
    | 'LIMIT_EXCEEDED'
    | 'IMAGE_ARCHIVED'
    | undefined
}
