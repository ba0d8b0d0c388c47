import type { Engine } from './engine.ts'
import { resourceEvent, type ResourceHappening } from './journal.ts'
import type {
  DeleteOperation,
  DeployOperation,
  ResourceRecord,
  StackRecord,
} from './stack-record.ts'

/** One phase of one operation on one stack. */
export interface Task {
  readonly engine: Engine
  /** As it was when the phase began. */
  readonly stack: StackRecord
  readonly operation: DeployOperation | DeleteOperation
  /** Names the phase in `settledIn`. */
  readonly here: string
  /** Whoever waits for a resource gives up. */
  readonly signal: AbortSignal
}

export function findRecord(task: Task, logicalId: string): ResourceRecord | undefined {
  return task.engine.book.resources(task.stack.stackId).get(logicalId)
}

/** The new record and the event that says so, together; the record takes the event's status unless told otherwise. */
export async function note(
  task: Task,
  record: ResourceRecord,
  happening?: ResourceHappening,
): Promise<void> {
  const { engine, stack, operation } = task
  await engine.book.write(() => [
    { row: 'resource', value: record },
    ...(happening === undefined
      ? []
      : [resourceEvent(stack, operation, record, happening, engine.now())]),
  ])
}

/** An event alone, which nobody waits for. */
export function noteProgress(
  { engine, stack, operation }: Task,
  record: ResourceRecord,
  reason: string,
  physicalId: string | undefined,
): void {
  const happening = { status: record.status, reason, physicalId }
  const event = resourceEvent(stack, operation, record, happening, engine.now())
  // an event of progress may be lost: when the store cannot be written, what comes next says so
  engine.book.write(() => [event]).catch(() => {})
}

/** A record with another status. */
export function withStatus(
  task: Task,
  { reason: _reason, ...record }: ResourceRecord,
  { status, reason }: ResourceHappening,
): ResourceRecord {
  const at = task.engine.now().toISOString()
  return { ...record, status, at, ...(reason !== undefined && { reason }) }
}
