// Written by scripts/generate-shapes.ts from models/sts.json; change the model instead.

export type StsOperations = {
  AssumeRole: { input: AssumeRoleRequest; output: AssumeRoleResponse }
  GetCallerIdentity: { input: GetCallerIdentityRequest; output: GetCallerIdentityResponse }
}

export interface AssumeRoleRequest {
  readonly DurationSeconds?: number | undefined
  readonly ExternalId?: string | undefined
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly PolicyDescriptorType[] | undefined
  readonly ProvidedContexts?: readonly ProvidedContext[] | undefined
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly SerialNumber?: string | undefined
  readonly SourceIdentity?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly TokenCode?: string | undefined
  readonly TransitiveTagKeys?: readonly string[] | undefined
}

export interface AssumeRoleResponse {
  readonly AssumedRoleUser?: AssumedRoleUser | undefined
  readonly Credentials?: Credentials | undefined
  readonly PackedPolicySize?: number | undefined
  readonly SourceIdentity?: string | undefined
}

export type GetCallerIdentityRequest = Readonly<Record<never, never>>

export interface GetCallerIdentityResponse {
  readonly Account?: string | undefined
  readonly Arn?: string | undefined
  readonly UserId?: string | undefined
}

export interface PolicyDescriptorType {
  readonly arn?: string | undefined
}

export interface ProvidedContext {
  readonly ContextAssertion?: string | undefined
  readonly ProviderArn?: string | undefined
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface AssumedRoleUser {
  readonly Arn: string
  readonly AssumedRoleId: string
}

export interface Credentials {
  readonly AccessKeyId: string
  readonly Expiration: Date
  readonly SecretAccessKey: string
  readonly SessionToken: string
}
