import { randomUUID } from 'node:crypto'
import type { JsonObject } from './json.ts'
import type {
  DeleteOperation,
  DeployOperation,
  EventRecord,
  ResourceRecord,
  StackRecord,
} from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type { ResourceStatus } from './status.ts'

/** The type of what a stack itself is called in events. */
export const STACK_TYPE = 'AWS::CloudFormation::Stack'

type OperationName = Pick<
  DeployOperation | DeleteOperation,
  'operationId' | 'operationType' | 'clientRequestToken'
>

/** A stack in its new state, and the event that says so. */
export function stackChange(
  stack: StackRecord,
  operation: OperationName,
  at: Date,
): readonly RowChange[] {
  const { stackId, stackName, status, statusReason } = stack
  const event = {
    ...eventBase(stack, operation, at),
    logicalId: stackName,
    physicalId: stackId,
    type: STACK_TYPE,
    status,
    ...(statusReason !== undefined && { reason: shorten(statusReason) }),
  }
  return [
    { row: 'stack', value: stack },
    { row: 'event', value: event },
  ]
}

export interface ResourceHappening {
  readonly status: ResourceStatus
  readonly reason?: string | undefined
  readonly physicalId?: string | undefined
  readonly properties?: JsonObject | undefined
}

/** Something that happened to a resource, for the list of events. */
export function resourceEvent(
  stack: StackRecord,
  operation: OperationName,
  { logicalId, type }: Pick<ResourceRecord, 'logicalId' | 'type'>,
  { status, reason, physicalId, properties }: ResourceHappening,
  at: Date,
): RowChange {
  const value: EventRecord = {
    ...eventBase(stack, operation, at),
    logicalId,
    type,
    status,
    ...(physicalId !== undefined && { physicalId }),
    ...(reason !== undefined && { reason: shorten(reason) }),
    ...(properties !== undefined && isShort(properties) && { properties }),
  }
  return { row: 'event', value }
}

/** A stack has thousands of events: what one of them says is bounded. */
const MAX_REASON = 4_000
const MAX_PROPERTIES = 16_000

function shorten(reason: string): string {
  return reason.length <= MAX_REASON ? reason : `${reason.slice(0, MAX_REASON)}…`
}

function isShort(properties: JsonObject): boolean {
  return JSON.stringify(properties).length <= MAX_PROPERTIES
}

function eventBase(
  { stackId, stackName }: StackRecord,
  { operationId, operationType, clientRequestToken }: OperationName,
  at: Date,
) {
  return {
    eventId: randomUUID(),
    stackId,
    stackName,
    operationId,
    operationType,
    at: at.toISOString(),
    ...(clientRequestToken !== undefined && { clientRequestToken }),
  }
}
