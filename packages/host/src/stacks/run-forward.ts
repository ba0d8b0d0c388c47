// From what a stack is to what it is to be.
import { stateOfInstance } from './blueprint.ts'
import { deployResource, type DeployTask } from './deploy-resource.ts'
import { exportsProblem } from './exports.ts'
import { errorMessage, HostError } from '../kernel/host-error.ts'
import type { Engine } from './engine.ts'
import { loadBlueprint } from './load-blueprint.ts'
import type { DeployOperation, ResourceRecord, StackRecord, StoredOutput } from './stack-record.ts'
import { giveUp, succeed, turnToDeletion } from './forward-endings.ts'
import { operatingStack } from './operating-stack.ts'
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
    const current = operatingStack(engine, stack)
    const now = engine.now()
    const { thenDelete, cancelled } = current.operation
    if (thenDelete !== undefined) return turnToDeletion(current, thenDelete, now)
    if (cancelled !== undefined) return giveUp(engine, current, cancelled, now)
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

/** `The following resource(s) failed to create: [A, B]. ` */
function failureSummary(failures: readonly ResourceRecord[]): string {
  const list = (verb: string, status: string) => {
    const names = failures.filter((record) => record.status === status)
    const ids = names.map(({ logicalId }) => logicalId).join(', ')
    return ids === '' ? '' : `The following resource(s) failed to ${verb}: [${ids}]. `
  }
  return `${list('create', 'CREATE_FAILED')}${list('update', 'UPDATE_FAILED')}`
}
