// What is known of a running operation on a stack: a pure function of its events.
import type { StackEvent } from '../aws/stack-description.ts'
import type { ConstructNode } from './construct-tree.ts'

export interface ResourceProgress {
  readonly logicalId: string
  readonly type: string
  /** CloudFormation's: `CREATE_IN_PROGRESS`. */
  readonly status: string
  readonly reason: string | undefined
  readonly startedMs: number
  /** When the state was reached that it is in. */
  readonly changedMs: number
}

export interface Failure {
  readonly logicalId: string
  readonly type: string
  readonly reason: string
}

export interface StackProgress {
  readonly stackName: string
  /** `CREATE_IN_PROGRESS`, or empty before the first event. */
  readonly status: string
  readonly reason: string | undefined
  readonly startedMs: number
  readonly resources: ReadonlyMap<string, ResourceProgress>
  /** In the order they happened; those that follow from others are left out. */
  readonly failures: readonly Failure[]
}

export function beginProgress(stackName: string, startedMs: number): StackProgress {
  return {
    stackName,
    status: '',
    reason: undefined,
    startedMs,
    resources: new Map(),
    failures: [],
  }
}

const STACK = 'AWS::CloudFormation::Stack'

/** What is known after more events, oldest first. */
export function withEvents(before: StackProgress, events: readonly StackEvent[]): StackProgress {
  if (events.length === 0) return before
  let { status, reason } = before
  const resources = new Map(before.resources)
  const failures = [...before.failures]
  for (const event of events) {
    const { logicalId, type } = event
    if (isOfStack(event, before.stackName)) {
      status = event.status
      reason = event.reason
    } else {
      const known = resources.get(logicalId)
      const changedMs = Date.parse(event.timestamp)
      const begins = event.status.endsWith('_IN_PROGRESS') && known?.status !== event.status
      resources.set(logicalId, {
        logicalId,
        type,
        status: event.status,
        reason: readable(event.reason),
        startedMs: begins || known === undefined ? changedMs : known.startedMs,
        changedMs,
      })
    }
    if (event.status.endsWith('_FAILED') && !followsFromOther(event.reason)) {
      failures.push({ logicalId, type, reason: readable(event.reason) ?? event.status })
    }
  }
  return { ...before, status, reason, resources, failures: tellingFailures(failures) }
}

/** Whether an operation on a stack has come to its end, and which. */
export function outcomeOf(status: string): 'running' | 'done' | 'failed' {
  if (status === '' || status.endsWith('_IN_PROGRESS')) return 'running'
  const isDone = status.endsWith('_COMPLETE') && !status.includes('ROLLBACK')
  return isDone ? 'done' : 'failed'
}

export function isOfStack({ type, logicalId, physicalId }: StackEvent, stackName: string): boolean {
  return type === STACK && logicalId === stackName && physicalId.includes(`:stack/${stackName}/`)
}

/** CloudFormation wraps what a service said into what only its own support can use. */
function readable(reason: string | undefined): string | undefined {
  const [, message] =
    /^Resource handler returned message: "(.*)" \(RequestToken: [^)]*\)$/s.exec(reason ?? '') ?? []
  return message ?? reason
}

/** What CloudFormation says of every resource. */
export function isOrdinaryReason(reason: string): boolean {
  return /^Resource \w+ Initiated$/i.test(reason)
}

/** CloudFormation's words for a resource that was stopped because another one failed. */
function followsFromOther(reason: string | undefined): boolean {
  return reason === undefined || /^Resource (?:creation|update|deletion) cancelled/i.test(reason)
}

/** The stack says that resources failed; that is only worth telling when none of them did. */
function tellingFailures(failures: readonly Failure[]): readonly Failure[] {
  const own = failures.filter(({ type }) => type !== STACK)
  return own.length > 0 ? own : failures
}

/** Every resource in a tree. */
export function resourcesIn(tree: readonly ConstructNode[]): readonly ConstructNode[] {
  return tree.flatMap((node) => [...(node.resource ? [node] : []), ...resourcesIn(node.children)])
}
