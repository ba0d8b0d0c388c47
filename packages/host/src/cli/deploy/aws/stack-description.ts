// What CloudFormation says of stacks, read from its XML.
import { membersOf, textOf, type XmlElement } from './read-xml.ts'

export interface StackDescription {
  readonly stackId: string
  readonly stackName: string
  readonly status: string
  readonly statusReason: string | undefined
  readonly description: string | undefined
  /** When it was changed last, else made. */
  readonly changedAt: string
  readonly outputs: readonly StackOutput[]
  /** Name to value; CloudFormation shows stars for the values of those with NoEcho. */
  readonly parameters: ReadonlyMap<string, string>
  /** Termination protection. */
  readonly isProtected: boolean
  readonly tags: ReadonlyMap<string, string>
}

export interface StackOutput {
  readonly key: string
  readonly value: string
  readonly description: string | undefined
  readonly exportName: string | undefined
}

export interface StackEvent {
  readonly eventId: string
  readonly logicalId: string
  readonly physicalId: string
  readonly type: string
  readonly status: string
  readonly reason: string | undefined
  readonly timestamp: string
  readonly clientRequestToken: string | undefined
}

export interface StackResource {
  readonly physicalId: string | undefined
  readonly type: string
  readonly status: string
}

export function readStack(stack: XmlElement): StackDescription {
  return {
    stackId: textOf(stack, 'StackId') ?? '',
    stackName: textOf(stack, 'StackName') ?? '',
    status: textOf(stack, 'StackStatus') ?? '',
    statusReason: textOf(stack, 'StackStatusReason'),
    description: textOf(stack, 'Description'),
    changedAt: textOf(stack, 'LastUpdatedTime') ?? textOf(stack, 'CreationTime') ?? '',
    outputs: membersOf(stack, 'Outputs').map((it) => ({
      key: textOf(it, 'OutputKey') ?? '',
      value: textOf(it, 'OutputValue') ?? '',
      description: textOf(it, 'Description'),
      exportName: textOf(it, 'ExportName'),
    })),
    parameters: new Map(
      membersOf(stack, 'Parameters').map((it) => [
        textOf(it, 'ParameterKey') ?? '',
        textOf(it, 'ParameterValue') ?? '',
      ]),
    ),
    isProtected: textOf(stack, 'EnableTerminationProtection') === 'true',
    tags: new Map(
      membersOf(stack, 'Tags').map((it) => [textOf(it, 'Key') ?? '', textOf(it, 'Value') ?? '']),
    ),
  }
}

export function readEvent(event: XmlElement): StackEvent {
  return {
    eventId: textOf(event, 'EventId') ?? '',
    logicalId: textOf(event, 'LogicalResourceId') ?? '',
    physicalId: textOf(event, 'PhysicalResourceId') ?? '',
    type: textOf(event, 'ResourceType') ?? '',
    status: textOf(event, 'ResourceStatus') ?? '',
    reason: textOf(event, 'ResourceStatusReason'),
    timestamp: textOf(event, 'Timestamp') ?? '',
    clientRequestToken: textOf(event, 'ClientRequestToken'),
  }
}

/** One of DescribeStackResources, with its logical id. */
export function readResource(resource: XmlElement): [logicalId: string, StackResource] {
  return [
    textOf(resource, 'LogicalResourceId') ?? '',
    {
      physicalId: textOf(resource, 'PhysicalResourceId'),
      type: textOf(resource, 'ResourceType') ?? '',
      status: textOf(resource, 'ResourceStatus') ?? '',
    },
  ]
}
