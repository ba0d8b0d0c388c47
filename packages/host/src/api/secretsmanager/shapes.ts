// Written by scripts/generate-shapes.ts from models/secretsmanager.json; change the model instead.

export type SecretsmanagerOperations = {
  CreateSecret: { input: CreateSecretRequest; output: CreateSecretResponse }
  DeleteSecret: { input: DeleteSecretRequest; output: DeleteSecretResponse }
  DescribeSecret: { input: DescribeSecretRequest; output: DescribeSecretResponse }
  GetSecretValue: { input: GetSecretValueRequest; output: GetSecretValueResponse }
  PutSecretValue: { input: PutSecretValueRequest; output: PutSecretValueResponse }
  UpdateSecret: { input: UpdateSecretRequest; output: UpdateSecretResponse }
}

export interface CreateSecretRequest {
  readonly AddReplicaRegions?: readonly ReplicaRegionType[] | undefined
  readonly ClientRequestToken?: string | undefined
  readonly Description?: string | undefined
  readonly ForceOverwriteReplicaSecret?: boolean | undefined
  readonly KmsKeyId?: string | undefined
  readonly Name: string
  readonly SecretBinary?: Uint8Array | undefined
  readonly SecretString?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly Type?: string | undefined
}

export interface CreateSecretResponse {
  readonly ARN?: string | undefined
  readonly Name?: string | undefined
  readonly ReplicationStatus?: readonly ReplicationStatusType[] | undefined
  readonly VersionId?: string | undefined
}

export interface DeleteSecretRequest {
  readonly ForceDeleteWithoutRecovery?: boolean | undefined
  readonly RecoveryWindowInDays?: number | undefined
  readonly SecretId: string
}

export interface DeleteSecretResponse {
  readonly ARN?: string | undefined
  readonly DeletionDate?: Date | undefined
  readonly Name?: string | undefined
}

export interface DescribeSecretRequest {
  readonly SecretId: string
}

export interface DescribeSecretResponse {
  readonly ARN?: string | undefined
  readonly CreatedDate?: Date | undefined
  readonly DeletedDate?: Date | undefined
  readonly Description?: string | undefined
  readonly ExternalSecretRotationMetadata?:
    | readonly ExternalSecretRotationMetadataItem[]
    | undefined
  readonly ExternalSecretRotationRoleArn?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly LastAccessedDate?: Date | undefined
  readonly LastChangedDate?: Date | undefined
  readonly LastRotatedDate?: Date | undefined
  readonly Name?: string | undefined
  readonly NextRotationDate?: Date | undefined
  readonly OwningService?: string | undefined
  readonly PrimaryRegion?: string | undefined
  readonly ReplicationStatus?: readonly ReplicationStatusType[] | undefined
  readonly RotationEnabled?: boolean | undefined
  readonly RotationLambdaARN?: string | undefined
  readonly RotationRules?: RotationRulesType | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly Type?: string | undefined
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>> | undefined
}

export interface GetSecretValueRequest {
  readonly SecretId: string
  readonly VersionId?: string | undefined
  readonly VersionStage?: string | undefined
}

export interface GetSecretValueResponse {
  readonly ARN?: string | undefined
  readonly CreatedDate?: Date | undefined
  readonly Name?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
  readonly SecretString?: string | undefined
  readonly VersionId?: string | undefined
  readonly VersionStages?: readonly string[] | undefined
}

export interface PutSecretValueRequest {
  readonly ClientRequestToken?: string | undefined
  readonly RotationToken?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
  readonly SecretId: string
  readonly SecretString?: string | undefined
  readonly VersionStages?: readonly string[] | undefined
}

export interface PutSecretValueResponse {
  readonly ARN?: string | undefined
  readonly Name?: string | undefined
  readonly VersionId?: string | undefined
  readonly VersionStages?: readonly string[] | undefined
}

export interface UpdateSecretRequest {
  readonly ClientRequestToken?: string | undefined
  readonly Description?: string | undefined
  readonly KmsKeyId?: string | undefined
  readonly SecretBinary?: Uint8Array | undefined
  readonly SecretId: string
  readonly SecretString?: string | undefined
  readonly Type?: string | undefined
}

export interface UpdateSecretResponse {
  readonly ARN?: string | undefined
  readonly Name?: string | undefined
  readonly VersionId?: string | undefined
}

export interface ReplicaRegionType {
  readonly KmsKeyId?: string | undefined
  readonly Region?: string | undefined
}

export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export interface ReplicationStatusType {
  readonly KmsKeyId?: string | undefined
  readonly LastAccessedDate?: Date | undefined
  readonly Region?: string | undefined
  readonly Status?: 'InSync' | 'Failed' | 'InProgress' | undefined
  readonly StatusMessage?: string | undefined
}

export interface ExternalSecretRotationMetadataItem {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

export interface RotationRulesType {
  readonly AutomaticallyAfterDays?: number | undefined
  readonly Duration?: string | undefined
  readonly ScheduleExpression?: string | undefined
}
