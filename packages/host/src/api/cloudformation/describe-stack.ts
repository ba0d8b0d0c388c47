import type { Stack as StackView } from '../../stacks/stacks.ts'
import type { Stack, StackSummary } from './shapes.ts'
import { raise } from './wire-case.ts'

const NOT_CHECKED = { StackDriftStatus: 'NOT_CHECKED' } as const

/** A stack as DescribeStacks shows it. */
export function describeStack({ roleArn, notificationArns, ...stack }: StackView): Stack {
  return {
    ...raise(stack),
    Capabilities: readCapabilities(stack.capabilities),
    NotificationARNs: notificationArns,
    ...(roleArn !== undefined && { RoleARN: roleArn }),
    RollbackConfiguration: {},
    DriftInformation: NOT_CHECKED,
  }
}

/** A stack as ListStacks shows it. */
export function summarizeStack(stack: StackView): StackSummary {
  const { stackId, stackName, description, creationTime, lastUpdatedTime, deletionTime } = stack
  const { stackStatus, stackStatusReason, parentId, rootId } = stack
  return {
    StackId: stackId,
    StackName: stackName,
    ...(description !== undefined && { TemplateDescription: description }),
    CreationTime: creationTime,
    ...(lastUpdatedTime && { LastUpdatedTime: lastUpdatedTime }),
    ...(deletionTime && { DeletionTime: deletionTime }),
    StackStatus: stackStatus,
    ...(stackStatusReason !== undefined && { StackStatusReason: stackStatusReason }),
    ...(parentId !== undefined && { ParentId: parentId }),
    ...(rootId !== undefined && { RootId: rootId }),
    DriftInformation: NOT_CHECKED,
    LastOperations: raise(stack.lastOperations),
  }
}

type Capability = NonNullable<Stack['Capabilities']>[number]
const CAPABILITIES: readonly Capability[] = [
  'CAPABILITY_IAM',
  'CAPABILITY_NAMED_IAM',
  'CAPABILITY_AUTO_EXPAND',
]

export function readCapabilities(texts: readonly string[]): readonly Capability[] {
  return CAPABILITIES.filter((capability) => texts.includes(capability))
}
