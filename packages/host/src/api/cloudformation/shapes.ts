// Written by scripts/generate-shapes.ts from models/cloudformation.json; change the model instead.

export type CloudformationOperations = {
  CancelUpdateStack: { input: CancelUpdateStackInput; output: {} }
  ContinueUpdateRollback: {
    input: ContinueUpdateRollbackInput
    output: ContinueUpdateRollbackOutput
  }
  CreateChangeSet: { input: CreateChangeSetInput; output: CreateChangeSetOutput }
  CreateStack: { input: CreateStackInput; output: CreateStackOutput }
  DeleteChangeSet: { input: DeleteChangeSetInput; output: DeleteChangeSetOutput }
  DeleteStack: { input: DeleteStackInput; output: {} }
  DescribeChangeSet: { input: DescribeChangeSetInput; output: DescribeChangeSetOutput }
  DescribeEvents: { input: DescribeEventsInput; output: DescribeEventsOutput }
  DescribeStackEvents: { input: DescribeStackEventsInput; output: DescribeStackEventsOutput }
  DescribeStackResource: { input: DescribeStackResourceInput; output: DescribeStackResourceOutput }
  DescribeStackResources: {
    input: DescribeStackResourcesInput
    output: DescribeStackResourcesOutput
  }
  DescribeStacks: { input: DescribeStacksInput; output: DescribeStacksOutput }
  ExecuteChangeSet: { input: ExecuteChangeSetInput; output: ExecuteChangeSetOutput }
  GetTemplate: { input: GetTemplateInput; output: GetTemplateOutput }
  GetTemplateSummary: { input: GetTemplateSummaryInput; output: GetTemplateSummaryOutput }
  ListChangeSets: { input: ListChangeSetsInput; output: ListChangeSetsOutput }
  ListExports: { input: ListExportsInput; output: ListExportsOutput }
  ListImports: { input: ListImportsInput; output: ListImportsOutput }
  ListStackResources: { input: ListStackResourcesInput; output: ListStackResourcesOutput }
  ListStacks: { input: ListStacksInput; output: ListStacksOutput }
  RollbackStack: { input: RollbackStackInput; output: RollbackStackOutput }
  UpdateStack: { input: UpdateStackInput; output: UpdateStackOutput }
  UpdateTerminationProtection: {
    input: UpdateTerminationProtectionInput
    output: UpdateTerminationProtectionOutput
  }
  ValidateTemplate: { input: ValidateTemplateInput; output: ValidateTemplateOutput }
}

export interface CancelUpdateStackInput {
  readonly ClientRequestToken?: string | undefined
  readonly StackName: string
}

export interface ContinueUpdateRollbackInput {
  readonly ClientRequestToken?: string | undefined
  readonly ResourcesToSkip?: readonly string[] | undefined
  readonly RoleARN?: string | undefined
  readonly StackName: string
}

export type ContinueUpdateRollbackOutput = Readonly<Record<never, never>>

export interface CreateChangeSetInput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly ChangeSetName: string
  readonly ChangeSetType?: 'CREATE' | 'UPDATE' | 'IMPORT' | undefined
  readonly ClientToken?: string | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly DeploymentMode?: 'REVERT_DRIFT' | undefined
  readonly Description?: string | undefined
  readonly DisableValidation?: boolean | undefined
  readonly ImportExistingResources?: boolean | undefined
  readonly IncludeNestedStacks?: boolean | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly OnStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
  readonly ResourcesToImport?: readonly ResourceToImport[] | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly StackName: string
  readonly Tags?: readonly Tag[] | undefined
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
  readonly UsePreviousTemplate?: boolean | undefined
}

export interface CreateChangeSetOutput {
  readonly Id?: string | undefined
  readonly StackId?: string | undefined
}

export interface CreateStackInput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly ClientRequestToken?: string | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly DisableRollback?: boolean | undefined
  readonly DisableValidation?: boolean | undefined
  readonly EnableTerminationProtection?: boolean | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly OnFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
  readonly RetainExceptOnCreate?: boolean | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly StackName: string
  readonly StackPolicyBody?: string | undefined
  readonly StackPolicyURL?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
  readonly TimeoutInMinutes?: number | undefined
}

export interface CreateStackOutput {
  readonly OperationId?: string | undefined
  readonly StackId?: string | undefined
}

export interface DeleteChangeSetInput {
  readonly ChangeSetName: string
  readonly StackName?: string | undefined
}

export type DeleteChangeSetOutput = Readonly<Record<never, never>>

export interface DeleteStackInput {
  readonly ClientRequestToken?: string | undefined
  readonly DeletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK' | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly RetainResources?: readonly string[] | undefined
  readonly RoleARN?: string | undefined
  readonly StackName: string
}

export interface DescribeChangeSetInput {
  readonly ChangeSetName: string
  readonly IncludePropertyValues?: boolean | undefined
  readonly NextToken?: string | undefined
  readonly StackName?: string | undefined
}

export interface DescribeChangeSetOutput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly ChangeSetId?: string | undefined
  readonly ChangeSetName?: string | undefined
  readonly Changes?: readonly Change[] | undefined
  readonly CreationTime?: Date | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly DeploymentMode?: 'REVERT_DRIFT' | undefined
  readonly Description?: string | undefined
  readonly ExecutionStatus?:
    | 'UNAVAILABLE'
    | 'AVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE'
    | undefined
  readonly ImportExistingResources?: boolean | undefined
  readonly IncludeNestedStacks?: boolean | undefined
  readonly NextToken?: string | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly OnStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ParentChangeSetId?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly RootChangeSetId?: string | undefined
  readonly StackDriftStatus?: 'DRIFTED' | 'IN_SYNC' | 'UNKNOWN' | 'NOT_CHECKED' | undefined
  readonly StackId?: string | undefined
  readonly StackName?: string | undefined
  readonly Status?:
    | 'CREATE_PENDING'
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_COMPLETE'
    | 'DELETE_PENDING'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_COMPLETE'
    | 'DELETE_FAILED'
    | 'FAILED'
    | undefined
  readonly StatusReason?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface DescribeEventsInput {
  readonly ChangeSetName?: string | undefined
  readonly Filters?: EventFilter | undefined
  readonly NextToken?: string | undefined
  readonly OperationId?: string | undefined
  readonly StackName?: string | undefined
}

export interface DescribeEventsOutput {
  readonly NextToken?: string | undefined
  readonly OperationEvents?: readonly OperationEvent[] | undefined
}

export interface DescribeStackEventsInput {
  readonly NextToken?: string | undefined
  readonly StackName: string
}

export interface DescribeStackEventsOutput {
  readonly NextToken?: string | undefined
  readonly StackEvents?: readonly StackEvent[] | undefined
}

export interface DescribeStackResourceInput {
  readonly LogicalResourceId: string
  readonly StackName: string
}

export interface DescribeStackResourceOutput {
  readonly StackResourceDetail?: StackResourceDetail | undefined
}

export interface DescribeStackResourcesInput {
  readonly LogicalResourceId?: string | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly StackName?: string | undefined
}

export interface DescribeStackResourcesOutput {
  readonly StackResources?: readonly StackResource[] | undefined
}

export interface DescribeStacksInput {
  readonly NextToken?: string | undefined
  readonly StackName?: string | undefined
}

export interface DescribeStacksOutput {
  readonly NextToken?: string | undefined
  readonly Stacks?: readonly Stack[] | undefined
}

export interface ExecuteChangeSetInput {
  readonly ChangeSetName: string
  readonly ClientRequestToken?: string | undefined
  readonly DisableRollback?: boolean | undefined
  readonly RetainExceptOnCreate?: boolean | undefined
  readonly StackName?: string | undefined
}

export type ExecuteChangeSetOutput = Readonly<Record<never, never>>

export interface GetTemplateInput {
  readonly ChangeSetName?: string | undefined
  readonly StackName?: string | undefined
  readonly TemplateStage?: 'Original' | 'Processed' | undefined
}

export interface GetTemplateOutput {
  readonly StagesAvailable?: readonly ('Original' | 'Processed')[] | undefined
  readonly TemplateBody?: string | undefined
}

export interface GetTemplateSummaryInput {
  readonly CallAs?: 'SELF' | 'DELEGATED_ADMIN' | undefined
  readonly StackName?: string | undefined
  readonly StackSetName?: string | undefined
  readonly TemplateBody?: string | undefined
  readonly TemplateSummaryConfig?: TemplateSummaryConfig | undefined
  readonly TemplateURL?: string | undefined
}

export interface GetTemplateSummaryOutput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly CapabilitiesReason?: string | undefined
  readonly DeclaredTransforms?: readonly string[] | undefined
  readonly Description?: string | undefined
  readonly Metadata?: string | undefined
  readonly Parameters?: readonly ParameterDeclaration[] | undefined
  readonly ResourceIdentifierSummaries?: readonly ResourceIdentifierSummary[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
  readonly Version?: string | undefined
  readonly Warnings?: Warnings | undefined
}

export interface ListChangeSetsInput {
  readonly NextToken?: string | undefined
  readonly StackName: string
}

export interface ListChangeSetsOutput {
  readonly NextToken?: string | undefined
  readonly Summaries?: readonly ChangeSetSummary[] | undefined
}

export interface ListExportsInput {
  readonly NextToken?: string | undefined
}

export interface ListExportsOutput {
  readonly Exports?: readonly Export[] | undefined
  readonly NextToken?: string | undefined
}

export interface ListImportsInput {
  readonly ExportName: string
  readonly NextToken?: string | undefined
}

export interface ListImportsOutput {
  readonly Imports?: readonly string[] | undefined
  readonly NextToken?: string | undefined
}

export interface ListStackResourcesInput {
  readonly NextToken?: string | undefined
  readonly StackName: string
}

export interface ListStackResourcesOutput {
  readonly NextToken?: string | undefined
  readonly StackResourceSummaries?: readonly StackResourceSummary[] | undefined
}

export interface ListStacksInput {
  readonly NextToken?: string | undefined
  readonly StackStatusFilter?:
    | readonly (
        | 'CREATE_IN_PROGRESS'
        | 'CREATE_FAILED'
        | 'CREATE_COMPLETE'
        | 'ROLLBACK_IN_PROGRESS'
        | 'ROLLBACK_FAILED'
        | 'ROLLBACK_COMPLETE'
        | 'DELETE_IN_PROGRESS'
        | 'DELETE_FAILED'
        | 'DELETE_COMPLETE'
        | 'UPDATE_IN_PROGRESS'
        | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
        | 'UPDATE_COMPLETE'
        | 'UPDATE_FAILED'
        | 'UPDATE_ROLLBACK_IN_PROGRESS'
        | 'UPDATE_ROLLBACK_FAILED'
        | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
        | 'UPDATE_ROLLBACK_COMPLETE'
        | 'REVIEW_IN_PROGRESS'
        | 'IMPORT_IN_PROGRESS'
        | 'IMPORT_COMPLETE'
        | 'IMPORT_ROLLBACK_IN_PROGRESS'
        | 'IMPORT_ROLLBACK_FAILED'
        | 'IMPORT_ROLLBACK_COMPLETE'
      )[]
    | undefined
}

export interface ListStacksOutput {
  readonly NextToken?: string | undefined
  readonly StackSummaries?: readonly StackSummary[] | undefined
}

export interface RollbackStackInput {
  readonly ClientRequestToken?: string | undefined
  readonly RetainExceptOnCreate?: boolean | undefined
  readonly RoleARN?: string | undefined
  readonly StackName: string
}

export interface RollbackStackOutput {
  readonly OperationId?: string | undefined
  readonly StackId?: string | undefined
}

export interface UpdateStackInput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly ClientRequestToken?: string | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly DisableRollback?: boolean | undefined
  readonly DisableValidation?: boolean | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ResourceTypes?: readonly string[] | undefined
  readonly RetainExceptOnCreate?: boolean | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly StackName: string
  readonly StackPolicyBody?: string | undefined
  readonly StackPolicyDuringUpdateBody?: string | undefined
  readonly StackPolicyDuringUpdateURL?: string | undefined
  readonly StackPolicyURL?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
  readonly UsePreviousTemplate?: boolean | undefined
}

export interface UpdateStackOutput {
  readonly OperationId?: string | undefined
  readonly StackId?: string | undefined
}

export interface UpdateTerminationProtectionInput {
  readonly EnableTerminationProtection: boolean
  readonly StackName: string
}

export interface UpdateTerminationProtectionOutput {
  readonly StackId?: string | undefined
}

export interface ValidateTemplateInput {
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
}

export interface ValidateTemplateOutput {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly CapabilitiesReason?: string | undefined
  readonly DeclaredTransforms?: readonly string[] | undefined
  readonly Description?: string | undefined
  readonly Parameters?: readonly TemplateParameter[] | undefined
}

export interface DeploymentConfig {
  readonly DisableRollback?: boolean | undefined
  readonly Mode?: 'STANDARD' | 'EXPRESS' | undefined
}

export interface Parameter {
  readonly ParameterKey?: string | undefined
  readonly ParameterValue?: string | undefined
  readonly ResolvedValue?: string | undefined
  readonly UsePreviousValue?: boolean | undefined
}

export interface ResourceToImport {
  readonly LogicalResourceId: string
  readonly ResourceIdentifier: Readonly<Record<string, string>>
  readonly ResourceType: string
}

export interface RollbackConfiguration {
  readonly MonitoringTimeInMinutes?: number | undefined
  readonly RollbackTriggers?: readonly RollbackTrigger[] | undefined
}

export interface Tag {
  readonly Key: string
  readonly Value: string
}

export interface Change {
  readonly HookInvocationCount?: number | undefined
  readonly ResourceChange?: ResourceChange | undefined
  readonly Type?: 'Resource' | undefined
}

export interface EventFilter {
  readonly FailedEvents?: boolean | undefined
}

export interface OperationEvent {
  readonly ClientRequestToken?: string | undefined
  readonly DetailedStatus?: 'CONFIGURATION_COMPLETE' | 'VALIDATION_FAILED' | undefined
  readonly EndTime?: Date | undefined
  readonly EventId?: string | undefined
  readonly EventType?:
    | 'STACK_EVENT'
    | 'PROGRESS_EVENT'
    | 'VALIDATION_ERROR'
    | 'PROVISIONING_ERROR'
    | 'HOOK_INVOCATION_ERROR'
    | undefined
  readonly HookFailureMode?: 'FAIL' | 'WARN' | undefined
  readonly HookInvocationPoint?: 'PRE_PROVISION' | undefined
  readonly HookStatus?:
    | 'HOOK_IN_PROGRESS'
    | 'HOOK_COMPLETE_SUCCEEDED'
    | 'HOOK_COMPLETE_FAILED'
    | 'HOOK_FAILED'
    | undefined
  readonly HookStatusReason?: string | undefined
  readonly HookType?: string | undefined
  readonly LogicalResourceId?: string | undefined
  readonly OperationId?: string | undefined
  readonly OperationStatus?: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | undefined
  readonly OperationType?:
    | 'CREATE_STACK'
    | 'UPDATE_STACK'
    | 'DELETE_STACK'
    | 'CONTINUE_ROLLBACK'
    | 'ROLLBACK'
    | 'CREATE_CHANGESET'
    | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly ResourceProperties?: string | undefined
  readonly ResourceStatus?:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'DELETE_SKIPPED'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_FAILED'
    | 'UPDATE_COMPLETE'
    | 'IMPORT_FAILED'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
    | 'EXPORT_FAILED'
    | 'EXPORT_COMPLETE'
    | 'EXPORT_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_FAILED'
    | 'EXPORT_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_COMPLETE'
    | 'ROLLBACK_FAILED'
    | undefined
  readonly ResourceStatusReason?: string | undefined
  readonly ResourceType?: string | undefined
  readonly StackId?: string | undefined
  readonly StartTime?: Date | undefined
  readonly Timestamp?: Date | undefined
  readonly ValidationFailureMode?: 'FAIL' | 'WARN' | undefined
  readonly ValidationName?: string | undefined
  readonly ValidationPath?: string | undefined
  readonly ValidationStatus?: 'FAILED' | 'SKIPPED' | undefined
  readonly ValidationStatusReason?: string | undefined
}

export interface StackEvent {
  readonly ClientRequestToken?: string | undefined
  readonly DetailedStatus?: 'CONFIGURATION_COMPLETE' | 'VALIDATION_FAILED' | undefined
  readonly EventId: string
  readonly HookFailureMode?: 'FAIL' | 'WARN' | undefined
  readonly HookInvocationId?: string | undefined
  readonly HookInvocationPoint?: 'PRE_PROVISION' | undefined
  readonly HookStatus?:
    | 'HOOK_IN_PROGRESS'
    | 'HOOK_COMPLETE_SUCCEEDED'
    | 'HOOK_COMPLETE_FAILED'
    | 'HOOK_FAILED'
    | undefined
  readonly HookStatusReason?: string | undefined
  readonly HookType?: string | undefined
  readonly LogicalResourceId?: string | undefined
  readonly OperationId?: string | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly ResourceProperties?: string | undefined
  readonly ResourceStatus?:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'DELETE_SKIPPED'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_FAILED'
    | 'UPDATE_COMPLETE'
    | 'IMPORT_FAILED'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
    | 'EXPORT_FAILED'
    | 'EXPORT_COMPLETE'
    | 'EXPORT_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_FAILED'
    | 'EXPORT_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_COMPLETE'
    | 'ROLLBACK_FAILED'
    | undefined
  readonly ResourceStatusReason?: string | undefined
  readonly ResourceType?: string | undefined
  readonly StackId: string
  readonly StackName: string
  readonly Timestamp: Date
}

export interface StackResourceDetail {
  readonly Description?: string | undefined
  readonly DriftInformation?: StackResourceDriftInformation | undefined
  readonly LastUpdatedTimestamp: Date
  readonly LogicalResourceId: string
  readonly Metadata?: string | undefined
  readonly ModuleInfo?: ModuleInfo | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly ResourceStatus:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'DELETE_SKIPPED'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_FAILED'
    | 'UPDATE_COMPLETE'
    | 'IMPORT_FAILED'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
    | 'EXPORT_FAILED'
    | 'EXPORT_COMPLETE'
    | 'EXPORT_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_FAILED'
    | 'EXPORT_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_COMPLETE'
    | 'ROLLBACK_FAILED'
  readonly ResourceStatusReason?: string | undefined
  readonly ResourceType: string
  readonly StackId?: string | undefined
  readonly StackName?: string | undefined
}

export interface StackResource {
  readonly Description?: string | undefined
  readonly DriftInformation?: StackResourceDriftInformation | undefined
  readonly LogicalResourceId: string
  readonly ModuleInfo?: ModuleInfo | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly ResourceStatus:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'DELETE_SKIPPED'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_FAILED'
    | 'UPDATE_COMPLETE'
    | 'IMPORT_FAILED'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
    | 'EXPORT_FAILED'
    | 'EXPORT_COMPLETE'
    | 'EXPORT_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_FAILED'
    | 'EXPORT_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_COMPLETE'
    | 'ROLLBACK_FAILED'
  readonly ResourceStatusReason?: string | undefined
  readonly ResourceType: string
  readonly StackId?: string | undefined
  readonly StackName?: string | undefined
  readonly Timestamp: Date
}

export interface Stack {
  readonly Capabilities?:
    | readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[]
    | undefined
  readonly ChangeSetId?: string | undefined
  readonly CreationTime: Date
  readonly DeletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK' | undefined
  readonly DeletionTime?: Date | undefined
  readonly DeploymentConfig?: DeploymentConfig | undefined
  readonly Description?: string | undefined
  readonly DetailedStatus?: 'CONFIGURATION_COMPLETE' | 'VALIDATION_FAILED' | undefined
  readonly DisableRollback?: boolean | undefined
  readonly DriftInformation?: StackDriftInformation | undefined
  readonly EnableTerminationProtection?: boolean | undefined
  readonly LastOperations?: readonly OperationEntry[] | undefined
  readonly LastUpdatedTime?: Date | undefined
  readonly NotificationARNs?: readonly string[] | undefined
  readonly Outputs?: readonly Output[] | undefined
  readonly Parameters?: readonly Parameter[] | undefined
  readonly ParentId?: string | undefined
  readonly RetainExceptOnCreate?: boolean | undefined
  readonly RoleARN?: string | undefined
  readonly RollbackConfiguration?: RollbackConfiguration | undefined
  readonly RootId?: string | undefined
  readonly StackId?: string | undefined
  readonly StackName: string
  readonly StackStatus:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_FAILED'
    | 'ROLLBACK_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
    | 'UPDATE_COMPLETE'
    | 'UPDATE_FAILED'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'REVIEW_IN_PROGRESS'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
  readonly StackStatusReason?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
  readonly TimeoutInMinutes?: number | undefined
}

export interface TemplateSummaryConfig {
  readonly TreatUnrecognizedResourceTypesAsWarnings?: boolean | undefined
}

export interface ParameterDeclaration {
  readonly DefaultValue?: string | undefined
  readonly Description?: string | undefined
  readonly NoEcho?: boolean | undefined
  readonly ParameterConstraints?: ParameterConstraints | undefined
  readonly ParameterKey?: string | undefined
  readonly ParameterType?: string | undefined
}

export interface ResourceIdentifierSummary {
  readonly LogicalResourceIds?: readonly string[] | undefined
  readonly ResourceIdentifiers?: readonly string[] | undefined
  readonly ResourceType?: string | undefined
}

export interface Warnings {
  readonly UnrecognizedResourceTypes?: readonly string[] | undefined
}

export interface ChangeSetSummary {
  readonly ChangeSetId?: string | undefined
  readonly ChangeSetName?: string | undefined
  readonly CreationTime?: Date | undefined
  readonly Description?: string | undefined
  readonly ExecutionStatus?:
    | 'UNAVAILABLE'
    | 'AVAILABLE'
    | 'EXECUTE_IN_PROGRESS'
    | 'EXECUTE_COMPLETE'
    | 'EXECUTE_FAILED'
    | 'OBSOLETE'
    | undefined
  readonly ImportExistingResources?: boolean | undefined
  readonly IncludeNestedStacks?: boolean | undefined
  readonly ParentChangeSetId?: string | undefined
  readonly RootChangeSetId?: string | undefined
  readonly StackId?: string | undefined
  readonly StackName?: string | undefined
  readonly Status?:
    | 'CREATE_PENDING'
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_COMPLETE'
    | 'DELETE_PENDING'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_COMPLETE'
    | 'DELETE_FAILED'
    | 'FAILED'
    | undefined
  readonly StatusReason?: string | undefined
}

export interface Export {
  readonly ExportingStackId?: string | undefined
  readonly Name?: string | undefined
  readonly Value?: string | undefined
}

export interface StackResourceSummary {
  readonly DriftInformation?: StackResourceDriftInformationSummary | undefined
  readonly LastUpdatedTimestamp: Date
  readonly LogicalResourceId: string
  readonly ModuleInfo?: ModuleInfo | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly ResourceStatus:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'DELETE_SKIPPED'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_FAILED'
    | 'UPDATE_COMPLETE'
    | 'IMPORT_FAILED'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
    | 'EXPORT_FAILED'
    | 'EXPORT_COMPLETE'
    | 'EXPORT_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_IN_PROGRESS'
    | 'EXPORT_ROLLBACK_FAILED'
    | 'EXPORT_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_COMPLETE'
    | 'ROLLBACK_FAILED'
  readonly ResourceStatusReason?: string | undefined
  readonly ResourceType: string
}

export interface StackSummary {
  readonly CreationTime: Date
  readonly DeletionTime?: Date | undefined
  readonly DriftInformation?: StackDriftInformationSummary | undefined
  readonly LastOperations?: readonly OperationEntry[] | undefined
  readonly LastUpdatedTime?: Date | undefined
  readonly ParentId?: string | undefined
  readonly RootId?: string | undefined
  readonly StackId?: string | undefined
  readonly StackName: string
  readonly StackStatus:
    | 'CREATE_IN_PROGRESS'
    | 'CREATE_FAILED'
    | 'CREATE_COMPLETE'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_FAILED'
    | 'ROLLBACK_COMPLETE'
    | 'DELETE_IN_PROGRESS'
    | 'DELETE_FAILED'
    | 'DELETE_COMPLETE'
    | 'UPDATE_IN_PROGRESS'
    | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
    | 'UPDATE_COMPLETE'
    | 'UPDATE_FAILED'
    | 'UPDATE_ROLLBACK_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_FAILED'
    | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
    | 'UPDATE_ROLLBACK_COMPLETE'
    | 'REVIEW_IN_PROGRESS'
    | 'IMPORT_IN_PROGRESS'
    | 'IMPORT_COMPLETE'
    | 'IMPORT_ROLLBACK_IN_PROGRESS'
    | 'IMPORT_ROLLBACK_FAILED'
    | 'IMPORT_ROLLBACK_COMPLETE'
  readonly StackStatusReason?: string | undefined
  readonly TemplateDescription?: string | undefined
}

export interface TemplateParameter {
  readonly DefaultValue?: string | undefined
  readonly Description?: string | undefined
  readonly NoEcho?: boolean | undefined
  readonly ParameterKey?: string | undefined
}

export interface RollbackTrigger {
  readonly Arn: string
  readonly Type: string
}

export interface ResourceChange {
  readonly Action?:
    | 'Add'
    | 'Modify'
    | 'Remove'
    | 'Import'
    | 'Dynamic'
    | 'SyncWithActual'
    | undefined
  readonly AfterContext?: string | undefined
  readonly BeforeContext?: string | undefined
  readonly ChangeSetId?: string | undefined
  readonly Details?: readonly ResourceChangeDetail[] | undefined
  readonly LogicalResourceId?: string | undefined
  readonly ModuleInfo?: ModuleInfo | undefined
  readonly PhysicalResourceId?: string | undefined
  readonly PolicyAction?:
    | 'Delete'
    | 'Retain'
    | 'Snapshot'
    | 'ReplaceAndDelete'
    | 'ReplaceAndRetain'
    | 'ReplaceAndSnapshot'
    | undefined
  readonly PreviousDeploymentContext?: string | undefined
  readonly Replacement?: 'True' | 'False' | 'Conditional' | undefined
  readonly ResourceDriftIgnoredAttributes?: readonly ResourceDriftIgnoredAttribute[] | undefined
  readonly ResourceDriftStatus?:
    | 'IN_SYNC'
    | 'MODIFIED'
    | 'DELETED'
    | 'NOT_CHECKED'
    | 'UNKNOWN'
    | 'UNSUPPORTED'
    | undefined
  readonly ResourceType?: string | undefined
  readonly Scope?:
    | readonly (
        | 'Properties'
        | 'Metadata'
        | 'CreationPolicy'
        | 'UpdatePolicy'
        | 'DeletionPolicy'
        | 'UpdateReplacePolicy'
        | 'Tags'
      )[]
    | undefined
}

export interface StackResourceDriftInformation {
  readonly LastCheckTimestamp?: Date | undefined
  readonly StackResourceDriftStatus:
    | 'IN_SYNC'
    | 'MODIFIED'
    | 'DELETED'
    | 'NOT_CHECKED'
    | 'UNKNOWN'
    | 'UNSUPPORTED'
}

export interface ModuleInfo {
  readonly LogicalIdHierarchy?: string | undefined
  readonly TypeHierarchy?: string | undefined
}

export interface StackDriftInformation {
  readonly LastCheckTimestamp?: Date | undefined
  readonly StackDriftStatus: 'DRIFTED' | 'IN_SYNC' | 'UNKNOWN' | 'NOT_CHECKED'
}

export interface OperationEntry {
  readonly OperationId?: string | undefined
  readonly OperationType?:
    | 'CREATE_STACK'
    | 'UPDATE_STACK'
    | 'DELETE_STACK'
    | 'CONTINUE_ROLLBACK'
    | 'ROLLBACK'
    | 'CREATE_CHANGESET'
    | undefined
}

export interface Output {
  readonly Description?: string | undefined
  readonly ExportName?: string | undefined
  readonly OutputKey?: string | undefined
  readonly OutputValue?: string | undefined
}

export interface ParameterConstraints {
  readonly AllowedValues?: readonly string[] | undefined
}

export interface StackResourceDriftInformationSummary {
  readonly LastCheckTimestamp?: Date | undefined
  readonly StackResourceDriftStatus:
    | 'IN_SYNC'
    | 'MODIFIED'
    | 'DELETED'
    | 'NOT_CHECKED'
    | 'UNKNOWN'
    | 'UNSUPPORTED'
}

export interface StackDriftInformationSummary {
  readonly LastCheckTimestamp?: Date | undefined
  readonly StackDriftStatus: 'DRIFTED' | 'IN_SYNC' | 'UNKNOWN' | 'NOT_CHECKED'
}

export interface ResourceChangeDetail {
  readonly CausingEntity?: string | undefined
  readonly ChangeSource?:
    | 'ResourceReference'
    | 'ParameterReference'
    | 'ResourceAttribute'
    | 'DirectModification'
    | 'Automatic'
    | 'NoModification'
    | undefined
  readonly Evaluation?: 'Static' | 'Dynamic' | undefined
  readonly Target?: ResourceTargetDefinition | undefined
}

export interface ResourceDriftIgnoredAttribute {
  readonly Path?: string | undefined
  readonly Reason?: 'MANAGED_BY_AWS' | 'WRITE_ONLY_PROPERTY' | 'SENSITIVE_PROPERTY' | undefined
}

export interface ResourceTargetDefinition {
  readonly AfterValue?: string | undefined
  readonly AfterValueFrom?: 'TEMPLATE' | undefined
  readonly Attribute?:
    | 'Properties'
    | 'Metadata'
    | 'CreationPolicy'
    | 'UpdatePolicy'
    | 'DeletionPolicy'
    | 'UpdateReplacePolicy'
    | 'Tags'
    | undefined
  readonly AttributeChangeType?: 'Add' | 'Remove' | 'Modify' | 'SyncWithActual' | undefined
  readonly BeforeValue?: string | undefined
  readonly BeforeValueFrom?: 'PREVIOUS_DEPLOYMENT_STATE' | 'ACTUAL_STATE' | undefined
  readonly Drift?: LiveResourceDrift | undefined
  readonly Name?: string | undefined
  readonly Path?: string | undefined
  readonly RequiresRecreation?: 'Never' | 'Conditionally' | 'Always' | undefined
}

export interface LiveResourceDrift {
  readonly ActualValue?: string | undefined
  readonly DriftDetectionTimestamp?: Date | undefined
  readonly PreviousValue?: string | undefined
}
