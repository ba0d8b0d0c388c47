// What the engine remembers. Everything is JSON, because it is stored; times are ISO 8601 texts.
import type { Scope } from '../kernel/scope.ts'
import type { JsonObject } from './json.ts'
import type { ChangeSetStatus, ExecutionStatus, ResourceStatus, StackStatus } from './status.ts'
import type { OperationType, ResourceChange, Tag } from './stacks.ts'
import type { DeletionPolicy } from './template/template.ts'

export interface StackRecord {
  readonly stackId: string
  readonly stackName: string
  readonly scope: Scope
  readonly status: StackStatus
  readonly statusReason?: string
  readonly createdAt: string
  readonly updatedAt?: string
  readonly deletedAt?: string
  /** The last good state, where an update that fails goes back to; absent until there was one. */
  readonly deployed?: Deployment
  /** What an operation left half done that was not to be rolled back. */
  readonly attempted?: Deployment
  readonly outputs: readonly StoredOutput[]
  /** What is being done; it is there as long as the status is one of progress. */
  readonly operation?: Operation
  /** The newest first. */
  readonly lastOperations: readonly LastOperation[]
  readonly disableRollback: boolean
  readonly retainExceptOnCreate: boolean
  readonly enableTerminationProtection: boolean
  readonly timeoutInMinutes?: number
  readonly deletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK'
  readonly changeSetId?: string
  /** Of a nested stack. */
  readonly parent?: { readonly stackId: string; readonly rootId: string }
}

export interface LastOperation {
  readonly operationId: string
  readonly operationType: OperationType
  readonly clientRequestToken?: string
}

/** What is in a stack, or is to be. */
export interface Deployment {
  readonly templateId: string
  readonly description?: string
  readonly parameters: readonly StoredParameter[]
  readonly tags: readonly Tag[]
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
  readonly roleArn?: string
  /** The names of the exports of other stacks that it stands on. */
  readonly imports: readonly string[]
}

export interface StoredParameter {
  readonly key: string
  readonly text: string
  readonly value: string | readonly string[]
  readonly resolvedText?: string
  readonly noEcho: boolean
}

export interface StoredOutput {
  readonly key: string
  readonly value: string
  readonly description?: string
  readonly exportName?: string
}

/** An operation goes on where its phase says, also after the host was killed. */
export type Operation = DeployOperation | DeleteOperation

export interface DeployOperation {
  readonly kind: 'deploy'
  readonly operationId: string
  readonly operationType: OperationType
  readonly clientRequestToken?: string
  readonly verb: 'CREATE' | 'UPDATE'
  readonly phase: 'forward' | 'cleanup' | 'rollback' | 'rollback-cleanup'
  readonly target: Deployment
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'
  readonly retainExceptOnCreate: boolean
  /** Nothing new is begun once this is there: why. */
  readonly cancelled?: string
  /** The stack is to be deleted as soon as what was begun has ended. */
  readonly thenDelete?: DeleteOperation
  /** ContinueUpdateRollback: what is to be left as it is. */
  readonly skip: readonly string[]
  readonly deadline?: string
}

export interface DeleteOperation {
  readonly kind: 'delete'
  readonly operationId: string
  readonly operationType: OperationType
  readonly clientRequestToken?: string
  readonly retain: readonly string[]
  readonly isForced: boolean
}

/** A resource of a stack, under its logical id. */
export interface ResourceRecord {
  readonly stackId: string
  readonly logicalId: string
  readonly type: string
  readonly status: ResourceStatus
  readonly reason?: string
  readonly at: string
  /** What `Ref` means now. */
  readonly live?: Instance
  /** What it was called, once it is gone. */
  readonly lastPhysicalId?: string
  /** What it was when the stack was last well; there once an operation has touched it. */
  readonly before?: Before
  /** Made on the way, and to be deleted. */
  readonly leftovers: readonly Instance[]
  /** Begun, and not known to have ended well. */
  readonly step?: Step
  /** The operation and phase that brought it where it belongs, or failed to. */
  readonly settledIn?: string
}

export type Before =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'instance'; readonly instance: Instance }

export interface Step {
  readonly kind: 'create' | 'update'
  readonly planned: PlannedInstance
  /** Of a creation that has made something already. */
  readonly physicalId?: string
  /** An update that failed: nobody knows what the resource is like now. */
  readonly hasFailed: boolean
}

/** What a resource is to be. */
export interface PlannedInstance {
  readonly type: string
  /** Evaluated; dynamic references are not resolved, so that no secret of theirs is kept. */
  readonly properties: JsonObject
  /** The properties as people may see them, where that is something else. */
  readonly shown?: JsonObject
  /** Of the stack, for types that take them. */
  readonly tags?: Readonly<Record<string, string>>
  readonly metadata: JsonObject
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: DeletionPolicy
}

/** What a resource is. */
export interface Instance extends PlannedInstance {
  readonly physicalId: string
  readonly attributes: JsonObject
  readonly isSecret?: boolean
  readonly isSkipped?: boolean
}

export interface EventRecord {
  readonly eventId: string
  readonly stackId: string
  readonly stackName: string
  readonly logicalId: string
  readonly physicalId?: string
  readonly type: string
  readonly at: string
  readonly status: ResourceStatus | StackStatus
  readonly reason?: string
  readonly properties?: JsonObject
  readonly clientRequestToken?: string
  readonly operationId: string
  readonly operationType: OperationType
}

export interface ChangeSetRecord {
  readonly changeSetId: string
  readonly changeSetName: string
  readonly stackId: string
  readonly status: ChangeSetStatus
  readonly statusReason?: string
  readonly executionStatus: ExecutionStatus
  readonly createdAt: string
  readonly changeSetType: 'CREATE' | 'UPDATE'
  readonly description?: string
  readonly target: Deployment
  readonly includeNestedStacks: boolean
  readonly onStackFailure?: 'DO_NOTHING' | 'ROLLBACK' | 'DELETE'
  readonly changes: readonly ResourceChange[]
  readonly clientToken?: string
}
