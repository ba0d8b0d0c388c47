// CloudFormation's operations as the API and the command see them. Members are CloudFormation's with the
// first letter lowered. What cannot be done is refused with a HostError, or with an AwsFault where
// CloudFormation has an error of its own for it (AlreadyExistsException, ChangeSetNotFoundException, …).
import type { Log } from '../kernel/log.ts'
import type { Sealer } from '../kernel/seal.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Store } from '../store/store.ts'
import type { CallAws, ResourceType } from './resource-type.ts'
import type { ChangeSetStatus, ExecutionStatus, ResourceStatus, StackStatus } from './status.ts'

export interface StacksOptions {
  readonly store: Store
  readonly sealer: Sealer
  readonly log?: Log
  readonly types: ReadonlyMap<string, ResourceType>
  /** Operations of this host's services, as the account and in the Region of a stack. */
  readonly aws: (scope: Scope) => CallAws
  /** The text behind a TemplateURL; refuses what it cannot read. */
  readonly readTemplateUrl: (scope: Scope, url: string) => Promise<string>
  /** The value of an SSM parameter, or undefined when there is none. */
  readonly readParameter: (scope: Scope, name: string) => Promise<string | undefined>
  /** The SecretString of a secret's version, for `{{resolve:secretsmanager:…}}`. */
  readonly readSecret: (scope: Scope, secret: SecretReference) => Promise<string | undefined>
  readonly now?: () => Date
  /** How many resources of one stack are worked on at once. */
  readonly concurrency?: number
}

export interface SecretReference {
  readonly secretId: string
  readonly versionStage?: string
  readonly versionId?: string
}

export interface Stacks extends AsyncDisposable {
  createStack(scope: Scope, input: CreateStackInput): Promise<StackOperation>
  updateStack(scope: Scope, input: UpdateStackInput): Promise<StackOperation>
  /** A stack that does not exist is deleted already, as CloudFormation has it. */
  deleteStack(scope: Scope, input: DeleteStackInput): Promise<void>
  cancelUpdateStack(scope: Scope, input: StackInput): Promise<void>
  continueUpdateRollback(scope: Scope, input: ContinueUpdateRollbackInput): Promise<void>
  rollbackStack(scope: Scope, input: RollbackStackInput): Promise<StackOperation>
  updateTerminationProtection(
    scope: Scope,
    input: { readonly stackName: string; readonly enableTerminationProtection: boolean },
  ): Promise<{ readonly stackId: string }>

  createChangeSet(scope: Scope, input: CreateChangeSetInput): Promise<CreatedChangeSet>
  describeChangeSet(scope: Scope, input: ChangeSetInput): Promise<ChangeSet>
  executeChangeSet(scope: Scope, input: ExecuteChangeSetInput): Promise<void>
  deleteChangeSet(scope: Scope, input: ChangeSetInput): Promise<void>
  listChangeSets(scope: Scope, stackName: string): Promise<readonly ChangeSet[]>

  /** One stack by name or id (deleted ones by id only), or without a name all that are not deleted. */
  describeStacks(scope: Scope, stackName?: string): Promise<readonly Stack[]>
  /** Deleted ones too. Newest first. */
  listStacks(scope: Scope, statusFilter?: readonly string[]): Promise<readonly Stack[]>
  /** Newest first. */
  events(scope: Scope, stackName: string): Promise<readonly StackEvent[]>
  resources(scope: Scope, stackName: string): Promise<readonly StackResource[]>
  /** DescribeStackResources by PhysicalResourceId. */
  resourcesAround(scope: Scope, physicalResourceId: string): Promise<readonly StackResource[]>
  exports(scope: Scope): Promise<readonly Export[]>
  /** The names of the stacks that import a name; refused when there is no such export or import. */
  imports(scope: Scope, exportName: string): Promise<readonly string[]>
  getTemplate(scope: Scope, input: GetTemplateInput): Promise<string>
  validateTemplate(scope: Scope, template: TemplateSource): Promise<TemplateSummary>
  /** GetTemplateSummary; of a stack when it names one. */
  templateSummary(
    scope: Scope,
    source: TemplateSource | { readonly stackName: string },
  ): Promise<TemplateSummary>

  /** Goes on with what was under way when the last host stopped; to be called once this one serves. */
  resume(): void
  /** When nothing is being done to the stack any more. Refused when the host stops before that. */
  settled(stackId: string): Promise<void>
}

export interface TemplateSource {
  readonly templateBody?: string | undefined
  readonly templateUrl?: string | undefined
}

export interface StackInput {
  /** A name or an id. */
  readonly stackName: string
  readonly clientRequestToken?: string | undefined
}

export interface GivenParameter {
  readonly parameterKey: string
  readonly parameterValue?: string | undefined
  readonly usePreviousValue?: boolean | undefined
}

export interface Tag {
  readonly key: string
  readonly value: string
}

/** What a stack is made with, and a change set too. */
interface DeploymentInput extends TemplateSource {
  readonly parameters?: readonly GivenParameter[] | undefined
  /** Absent at an update: the tags stay. */
  readonly tags?: readonly Tag[] | undefined
  readonly capabilities?: readonly string[] | undefined
  readonly roleArn?: string | undefined
  readonly notificationArns?: readonly string[] | undefined
}

export interface CreateStackInput extends StackInput, DeploymentInput {
  readonly disableRollback?: boolean | undefined
  readonly onFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
  readonly timeoutInMinutes?: number | undefined
  readonly enableTerminationProtection?: boolean | undefined
  readonly retainExceptOnCreate?: boolean | undefined
}

export interface UpdateStackInput extends StackInput, DeploymentInput {
  readonly usePreviousTemplate?: boolean | undefined
  readonly disableRollback?: boolean | undefined
  readonly retainExceptOnCreate?: boolean | undefined
}

export interface DeleteStackInput extends StackInput {
  readonly retainResources?: readonly string[] | undefined
  readonly deletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK' | undefined
}

export interface ContinueUpdateRollbackInput extends StackInput {
  readonly resourcesToSkip?: readonly string[] | undefined
}

export interface RollbackStackInput extends StackInput {
  readonly retainExceptOnCreate?: boolean | undefined
}

export interface StackOperation {
  readonly stackId: string
  readonly operationId: string
}

export interface CreateChangeSetInput extends StackInput, DeploymentInput {
  readonly changeSetName: string
  /** UPDATE when absent. */
  readonly changeSetType?: string | undefined
  readonly usePreviousTemplate?: boolean | undefined
  readonly description?: string | undefined
  readonly clientToken?: string | undefined
  readonly includeNestedStacks?: boolean | undefined
  readonly importExistingResources?: boolean | undefined
  readonly onStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE' | undefined
}

export interface ChangeSetInput {
  /** A name (then the stack is needed) or an ARN. */
  readonly changeSetName: string
  readonly stackName?: string | undefined
}

export interface ExecuteChangeSetInput extends ChangeSetInput {
  readonly clientRequestToken?: string | undefined
  readonly disableRollback?: boolean | undefined
  readonly retainExceptOnCreate?: boolean | undefined
}

export interface CreatedChangeSet {
  readonly id: string
  readonly stackId: string
}

export interface GetTemplateInput {
  readonly stackName?: string | undefined
  readonly changeSetName?: string | undefined
}

/** DescribeStacks, and what ListStacks needs of it. Values of NoEcho parameters are `****`. */
export interface Stack {
  readonly stackId: string
  readonly stackName: string
  readonly stackStatus: StackStatus
  readonly stackStatusReason?: string
  readonly description?: string
  readonly creationTime: Date
  readonly lastUpdatedTime?: Date
  readonly deletionTime?: Date
  readonly changeSetId?: string
  readonly parentId?: string
  readonly rootId?: string
  readonly parameters: readonly Parameter[]
  readonly outputs: readonly Output[]
  readonly tags: readonly Tag[]
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
  readonly roleArn?: string
  readonly disableRollback: boolean
  readonly retainExceptOnCreate: boolean
  readonly enableTerminationProtection: boolean
  readonly timeoutInMinutes?: number
  readonly deletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK'
  readonly lastOperations: readonly {
    readonly operationId: string
    readonly operationType: OperationType
  }[]
}

export interface Parameter {
  readonly parameterKey: string
  readonly parameterValue: string
  /** The value behind an `AWS::SSM::Parameter::Value<…>`. */
  readonly resolvedValue?: string
}

export interface Output {
  readonly outputKey: string
  readonly outputValue: string
  readonly description?: string
  readonly exportName?: string
}

export type OperationType =
  | 'CREATE_STACK'
  | 'UPDATE_STACK'
  | 'DELETE_STACK'
  | 'ROLLBACK'
  | 'CONTINUE_ROLLBACK'
  | 'CREATE_CHANGESET'

export interface StackEvent {
  readonly eventId: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalResourceId: string
  readonly physicalResourceId?: string
  readonly resourceType: string
  readonly timestamp: Date
  readonly resourceStatus: ResourceStatus | StackStatus
  readonly resourceStatusReason?: string
  /** JSON; the properties that came from NoEcho parameters are masked. */
  readonly resourceProperties?: string
  readonly clientRequestToken?: string
  readonly operationId: string
  readonly operationType: OperationType
}

export interface StackResource {
  readonly stackId: string
  readonly stackName: string
  readonly logicalResourceId: string
  readonly physicalResourceId?: string
  readonly resourceType: string
  readonly resourceStatus: ResourceStatus
  readonly resourceStatusReason?: string
  readonly timestamp: Date
  /** The template's Metadata, as JSON text. */
  readonly metadata?: string
}

export interface Export {
  readonly exportingStackId: string
  readonly name: string
  readonly value: string
}

export interface ChangeSet {
  readonly changeSetId: string
  readonly changeSetName: string
  readonly stackId: string
  readonly stackName: string
  readonly status: ChangeSetStatus
  readonly statusReason?: string
  readonly executionStatus: ExecutionStatus
  readonly creationTime: Date
  readonly changeSetType: 'CREATE' | 'UPDATE'
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly tags: readonly Tag[]
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
  readonly includeNestedStacks: boolean
  readonly onStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE'
  readonly changes: readonly ResourceChange[]
}

/** ResourceChange of DescribeChangeSet; `Change.Type` is always Resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove'
  readonly policyAction?: 'Delete' | 'Retain' | 'ReplaceAndDelete' | 'ReplaceAndRetain'
  readonly logicalResourceId: string
  readonly physicalResourceId?: string
  readonly resourceType: string
  readonly replacement?: 'True' | 'False' | 'Conditional'
  readonly scope: readonly ('Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy')[]
  readonly details: readonly ResourceChangeDetail[]
  /** `{"Properties": …}` as JSON text, secrets masked; what is not known yet is `{{changeSet:KNOWN_AFTER_APPLY}}`. */
  readonly beforeContext?: string
  readonly afterContext?: string
}

export interface ResourceChangeDetail {
  readonly evaluation: 'Static' | 'Dynamic'
  readonly changeSource: 'DirectModification' | 'ParameterReference' | 'ResourceReference'
  readonly causingEntity?: string
  readonly target: {
    readonly attribute: 'Properties' | 'Metadata' | 'Tags' | 'DeletionPolicy'
    readonly name?: string
    readonly path?: string
    readonly requiresRecreation: 'Never' | 'Conditionally' | 'Always'
    readonly attributeChangeType?: 'Add' | 'Remove' | 'Modify'
    readonly beforeValue?: string
    readonly afterValue?: string
  }
}

/** What a template asks for, for ValidateTemplate and GetTemplateSummary. */
export interface TemplateSummary {
  readonly description?: string
  readonly version?: string
  /** JSON text of the template's Metadata. */
  readonly metadata?: string
  readonly parameters: readonly ParameterDeclaration[]
  readonly capabilities: readonly string[]
  readonly capabilitiesReason?: string
  /** Every type once, in the order of the template. */
  readonly resourceTypes: readonly string[]
  /** Those that this host has no resource type for. */
  readonly unrecognizedResourceTypes: readonly string[]
  readonly declaredTransforms: readonly string[]
}

export interface ParameterDeclaration {
  readonly parameterKey: string
  readonly parameterType: string
  readonly defaultValue?: string
  readonly noEcho: boolean
  readonly description?: string
  readonly constraints?: { readonly allowedValues?: readonly string[] }
}
