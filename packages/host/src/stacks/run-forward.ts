// From what a stack is to what it is to be.
import { stateOfInstance, type Blueprint } from './blueprint.ts'
import { deployResource, type DeployTask } from './deploy-resource.ts'
import { exportsProblem } from './exports.ts'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Engine } from './engine.ts'
import { stackChange } from './journal.ts'
import { loadBlueprint } from './load-blueprint.ts'
import type { DeployOperation, ResourceRecord, StackRecord, StoredOutput } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import { endOperation } from './end-operation.ts'
import { changedRecord } from './changed-record.ts'
import { walkGraph } from './walk-graph.ts'

type Ending =
  | { readonly kind: 'well'; readonly outputs: readonly StoredOutput[] }
  | { readonly kind: 'failed'; readonly reason: string }

export async function runForward(
  engine: Engine,
  stack: StackRecord,
  operation: DeployOperation,
  signal: AbortSignal,
): Promise<void> {
  const blueprint = await loadBlueprint(engine, stack, operation.target)
  const here = `${operation.operationId}/forward`
  const ending = await build({ engine, stack, operation, here, signal, blueprint })
  await engine.book.write(() => {
    const current = changedRecord(engine, stack)
    const now = engine.now()
    if (current.operation.thenDelete !== undefined) return beginDeletion(current, now)
    if (current.operation.cancelled !== undefined) {
      return giveUp(engine, current, current.operation.cancelled, now)
    }
    if (ending.kind === 'failed') return giveUp(engine, current, ending.reason, now)
    const problem = exportsProblem(engine.book, current, ending.outputs)
    if (problem !== undefined) return giveUp(engine, current, problem, now)
    return succeed(engine, current, ending.outputs, blueprint, now)
  })
}

async function build(task: DeployTask & { operation: DeployOperation }): Promise<Ending> {
  const { engine, stack, blueprint, signal } = task
  const records = () => engine.book.resources(stack.stackId)
  const hasFailed = [...records().values()].some(
    ({ settledIn, status }) => settledIn === task.here && status.endsWith('_FAILED'),
  )
  // What was begun before the host stopped is brought to an end even if nothing new is to be begun.
  const isGivenUp = hasFailed || task.operation.cancelled !== undefined
  const isBegun = (name: string) => {
    const record = records().get(name)
    return record?.step !== undefined && record.settledIn !== task.here
  }
  const graph = new Map([...blueprint.graph].filter(([name]) => !isGivenUp || isBegun(name)))
  const giveUp = new AbortController()
  const { failed, left } = await walkGraph({
    graph,
    concurrency: engine.concurrency,
    isOver: () => signal.aborted || engine.stopping.aborted || giveUp.signal.aborted,
    async visit(name) {
      const isWell = await deployResource(name, {
        ...task,
        signal: AbortSignal.any([signal, giveUp.signal]),
      })
      if (!isWell) giveUp.abort()
      return isWell
    },
  })
  engine.stopping.throwIfAborted()
  const failures = [...records().values()].filter(
    ({ settledIn, status }) => settledIn === task.here && status.endsWith('_FAILED'),
  )
  if (failures.length > 0) return { kind: 'failed', reason: failureSummary(failures) }
  if (failed.length + left.length > 0 || isGivenUp || signal.aborted) {
    return { kind: 'failed', reason: 'Resource creation cancelled' }
  }
  try {
    const outputs = blueprint.outputs((id) => stateOfInstance(records().get(id)?.live))
    return { kind: 'well', outputs }
  } catch (error) {
    if (error instanceof HostError) return { kind: 'failed', reason: errorMessage(error) }
    throw error
  }
}

function succeed(
  engine: Engine,
  { operation, ...stack }: Operating,
  outputs: readonly StoredOutput[],
  blueprint: Blueprint,
  now: Date,
): readonly RowChange[] {
  const { attempted: _a, statusReason: _r, ...rest } = stack
  const deployed: StackRecord = {
    ...rest,
    deployed: operation.target,
    outputs,
    status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    operation: { ...operation, phase: 'cleanup' },
  }
  const records = [...engine.book.resources(stack.stackId).values()]
  if (operation.verb === 'CREATE')
    return endOperation(engine, deployed, operation, 'CREATE_COMPLETE')
  const removed = records.filter(
    ({ logicalId, live }) => live !== undefined && !blueprint.resources.has(logicalId),
  )
  return [
    ...removed.map((record) => ({ row: 'resource', value: takeOut(record) }) as const),
    ...stackChange(deployed, operation, now),
  ]
}

/** No more a part of the stack; the clean-up finds it in `before`. */
function takeOut({ live, ...record }: ResourceRecord): ResourceRecord {
  if (live === undefined || record.before?.kind === 'instance') {
    const others = live === undefined || sameAsBefore(record, live.physicalId) ? [] : [live]
    return { ...record, leftovers: [...record.leftovers, ...others] }
  }
  return { ...record, before: { kind: 'instance', instance: live } }
}

function sameAsBefore({ before }: ResourceRecord, physicalId: string): boolean {
  return before?.kind === 'instance' && before.instance.physicalId === physicalId
}

function giveUp(
  engine: Engine,
  { operation, ...stack }: Operating,
  reason: string,
  now: Date,
): readonly RowChange[] {
  const { verb, onFailure, target } = operation
  if (onFailure === 'DO_NOTHING') {
    const failed: StackRecord = { ...stack, attempted: target, statusReason: reason, operation }
    return endOperation(engine, failed, operation, `${verb}_FAILED`)
  }
  if (onFailure === 'DELETE') {
    const { operationId, operationType, clientRequestToken } = operation
    const name = { operationId, operationType, ...(clientRequestToken && { clientRequestToken }) }
    const deletion = { kind: 'delete', ...name, retain: [], isForced: false } as const
    const statusReason = `${reason} Delete requested by user.`
    return stackChange(
      {
        ...stack,
        attempted: target,
        status: 'DELETE_IN_PROGRESS',
        statusReason,
        operation: deletion,
      },
      operation,
      now,
    )
  }
  const isFirst = stack.deployed === undefined
  const statusReason =
    isFirst && !operation.cancelled ? `${reason} Rollback requested by user.` : reason
  return stackChange(
    {
      ...stack,
      ...(isFirst && { attempted: target }),
      status: isFirst ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
      statusReason: statusReason.replaceAll('  ', ' '),
      operation: { ...operation, phase: 'rollback' },
    },
    operation,
    now,
  )
}

function beginDeletion({ operation, ...stack }: Operating, now: Date): readonly RowChange[] {
  const { thenDelete = operation, target } = operation
  const record: StackRecord = {
    ...stack,
    attempted: target,
    status: 'DELETE_IN_PROGRESS',
    statusReason: 'User Initiated',
    operation: thenDelete,
  }
  return stackChange(record, thenDelete, now)
}

/** `The following resource(s) failed to create: [A, B]. ` */
function failureSummary(failures: readonly ResourceRecord[]): string {
  const list = (verb: string, status: string) => {
    const names = failures.filter((record) => record.status === status)
    const ids = names.map(({ logicalId }) => logicalId).join(', ')
    return ids === '' ? '' : `The following resource(s) failed to ${verb}: [${ids}]. `
  }
  return `${list('create', 'CREATE_FAILED')}${list('update', 'UPDATE_FAILED')}`
}

type Operating = StackRecord & { readonly operation: DeployOperation }
