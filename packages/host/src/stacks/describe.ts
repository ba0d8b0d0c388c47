// From records to what people see.
import type {
  ChangeSetRecord,
  EventRecord,
  ResourceRecord,
  StackRecord,
  StoredParameter,
} from './stack-record.ts'
import type { ChangeSet, Parameter, Stack, StackEvent, StackResource } from './stacks.ts'

const MASK = '****'

export function describeStack(stack: StackRecord): Stack {
  const { operation, attempted, deployed, parent, timeoutInMinutes, deletionMode } = stack
  const target = operation?.kind === 'deploy' ? operation.target : undefined
  const isGoingBack = stack.status.includes('ROLLBACK') && deployed !== undefined
  const shown = isGoingBack ? deployed : (target ?? attempted ?? deployed)
  return {
    stackId: stack.stackId,
    stackName: stack.stackName,
    stackStatus: stack.status,
    ...(stack.statusReason !== undefined && { stackStatusReason: stack.statusReason }),
    ...(shown?.description !== undefined && { description: shown.description }),
    creationTime: new Date(stack.createdAt),
    ...(stack.updatedAt !== undefined && { lastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt !== undefined && { deletionTime: new Date(stack.deletedAt) }),
    ...(stack.changeSetId !== undefined && { changeSetId: stack.changeSetId }),
    ...(parent !== undefined && { parentId: parent.stackId, rootId: parent.rootId }),
    parameters: (shown?.parameters ?? []).map(describeParameter),
    outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      outputKey: key,
      outputValue: value,
      ...(description !== undefined && { description }),
      ...(exportName !== undefined && { exportName }),
    })),
    tags: shown?.tags ?? [],
    capabilities: shown?.capabilities ?? [],
    notificationArns: shown?.notificationArns ?? [],
    ...(shown?.roleArn !== undefined && { roleArn: shown.roleArn }),
    disableRollback: stack.disableRollback,
    retainExceptOnCreate: stack.retainExceptOnCreate,
    enableTerminationProtection: stack.enableTerminationProtection,
    ...(timeoutInMinutes !== undefined && { timeoutInMinutes }),
    ...(deletionMode !== undefined && { deletionMode }),
    lastOperations: stack.lastOperations.map(({ operationId, operationType }) => ({
      operationId,
      operationType,
    })),
  }
}

function describeParameter(parameter: StoredParameter): Parameter {
  const { key, text, resolvedText, noEcho } = parameter
  return {
    parameterKey: key,
    parameterValue: noEcho ? MASK : text,
    ...(resolvedText !== undefined && { resolvedValue: noEcho ? MASK : resolvedText }),
  }
}

export function describeEvent(event: EventRecord): StackEvent {
  const { physicalId, reason, properties, clientRequestToken } = event
  return {
    eventId: event.eventId,
    stackId: event.stackId,
    stackName: event.stackName,
    logicalResourceId: event.logicalId,
    ...(physicalId !== undefined && { physicalResourceId: physicalId }),
    resourceType: event.type,
    timestamp: new Date(event.at),
    resourceStatus: event.status,
    ...(reason !== undefined && { resourceStatusReason: reason }),
    ...(properties !== undefined && { resourceProperties: JSON.stringify(properties) }),
    ...(clientRequestToken !== undefined && { clientRequestToken }),
    operationId: event.operationId,
    operationType: event.operationType,
  }
}

export function describeResource(
  { stackId, stackName }: StackRecord,
  record: ResourceRecord,
): StackResource {
  const { live, step, reason } = record
  const known = live?.physicalId ?? step?.physicalId ?? record.leftovers.at(-1)?.physicalId
  const physicalId = known ?? record.lastPhysicalId
  const metadata = live?.metadata ?? {}
  return {
    stackId,
    stackName,
    logicalResourceId: record.logicalId,
    ...(physicalId !== undefined && { physicalResourceId: physicalId }),
    resourceType: record.type,
    resourceStatus: record.status,
    ...(reason !== undefined && { resourceStatusReason: reason }),
    timestamp: new Date(record.at),
    ...(Object.keys(metadata).length > 0 && { metadata: JSON.stringify(metadata) }),
  }
}

export function describeChangeSet(stack: StackRecord, record: ChangeSetRecord): ChangeSet {
  const { target, createdAt, ...rest } = record
  const { stackId, changeSetId, changeSetName, status, statusReason, executionStatus } = rest
  const { description, onStackFailure } = rest
  return {
    changeSetId,
    changeSetName,
    stackId,
    stackName: stack.stackName,
    status,
    ...(statusReason !== undefined && { statusReason }),
    executionStatus,
    creationTime: new Date(createdAt),
    changeSetType: rest.changeSetType,
    ...(description !== undefined && { description }),
    parameters: target.parameters.map(describeParameter),
    tags: target.tags,
    capabilities: target.capabilities,
    notificationArns: target.notificationArns,
    includeNestedStacks: rest.includeNestedStacks,
    ...(onStackFailure !== undefined && { onStackFailure }),
    changes: rest.changes,
  }
}
