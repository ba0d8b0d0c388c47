import { HostError } from '../../kernel/host-error.ts'
import type { Scope } from '../../kernel/scope.ts'
import type { StackEvent, Stacks } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { notSupported } from './deployment-input.ts'
import { pageNewestFirst } from './newest-first.ts'
import type {
  CloudformationOperations,
  DescribeEventsInput,
  OperationEvent,
  StackEvent as DescribedEvent,
} from './shapes.ts'
import { raise } from './wire-case.ts'

const idOf = ({ eventId }: StackEvent) => eventId

/** What happened, newest first: of one stack, or of one operation. */
export function eventOperations(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    async DescribeStackEvents({ StackName, NextToken }, { scope }) {
      const page = pageNewestFirst(await stacks.events(scope, StackName), NextToken, idOf)
      return { StackEvents: page.items.map(describeStackEvent), NextToken: page.nextToken }
    },
    async DescribeEvents(input, { scope }) {
      const { FailedEvents = false } = input.Filters ?? {}
      const events = (await findEvents(input, scope)).filter(
        (event) => !FailedEvents || isFailure(event),
      )
      const page = pageNewestFirst(events, input.NextToken, idOf)
      return { OperationEvents: page.items.map(describeOperationEvent), NextToken: page.nextToken }
    },
  }

  async function findEvents(
    { ChangeSetName, StackName, OperationId }: DescribeEventsInput,
    scope: Scope,
  ): Promise<readonly StackEvent[]> {
    if (ChangeSetName !== undefined) throw notSupported('ChangeSetName') // they have no events here
    const isOfOperation = ({ operationId }: StackEvent) =>
      OperationId === undefined || operationId === OperationId
    if (StackName !== undefined)
      return (await stacks.events(scope, StackName)).filter(isOfOperation)
    if (OperationId === undefined) {
      throw new HostError('ERR_INVALID_INPUT', 'StackName or OperationId must be given.')
    }
    for (const { stackId } of await stacks.listStacks(scope)) {
      const events = (await stacks.events(scope, stackId)).filter(isOfOperation)
      if (events.length > 0) return events
    }
    throw new HostError('ERR_NOT_FOUND', `Operation [${OperationId}] does not exist`)
  }
}

function describeStackEvent(event: StackEvent): DescribedEvent {
  const { operationType, resourceStatus, ...rest } = event
  void operationType // StackEvents have no member for it
  return { ...raise(rest), ResourceStatus: readStatus(resourceStatus) }
}

function describeOperationEvent(event: StackEvent): OperationEvent {
  const { stackName, resourceStatus, ...rest } = event
  void stackName // nor OperationEvents for this
  const described = { ...raise(rest), ResourceStatus: readStatus(resourceStatus) }
  if (event.physicalResourceId !== event.stackId) {
    return { ...described, EventType: isFailure(event) ? 'PROVISIONING_ERROR' : 'PROGRESS_EVENT' }
  }
  return {
    ...described,
    EventType: 'STACK_EVENT',
    OperationStatus: readOperationStatus(resourceStatus),
  }
}

/** The model leaves out three states of stacks (cleaning up, being reviewed) that CloudFormation sends. */
function readStatus(status: StackEvent['resourceStatus']): DescribedEvent['ResourceStatus'] {
  return status as DescribedEvent['ResourceStatus']
}

function isFailure({ resourceStatus }: Pick<StackEvent, 'resourceStatus'>): boolean {
  return resourceStatus.endsWith('_FAILED')
}

function readOperationStatus(status: string): OperationEvent['OperationStatus'] {
  if (status.endsWith('_IN_PROGRESS')) return 'IN_PROGRESS'
  return status.endsWith('_FAILED') || status.includes('ROLLBACK') ? 'FAILED' : 'SUCCEEDED'
}
