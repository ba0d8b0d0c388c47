import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { beginDeployment, findOperation, newOperation } from './begin-operation.ts'
import type { Engine } from './engine.ts'
import { getChangeable } from './find-stack.ts'
import { obsoleteChangeSets } from './obsolete-change-sets.ts'
import { planChanges } from './plan-changes.ts'
import { prepareDeployment } from './prepare-deployment.ts'
import type { StackRecord } from './stack-record.ts'
import type { StackOperation, UpdateStackInput } from './stacks.ts'
import type { StackStatus } from './status.ts'

const UPDATABLE: readonly StackStatus[] = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  // without a rollback, what is there may be repaired
  'CREATE_FAILED',
  'UPDATE_FAILED',
]

export async function updateStack(
  engine: Engine,
  scope: Scope,
  input: UpdateStackInput,
): Promise<StackOperation> {
  const stack = getChangeable(engine.book, scope, input.stackName)
  const { stackId } = stack
  const repeated = findOperation(stack, 'UPDATE_STACK', input.clientRequestToken)
  if (repeated !== undefined) return { stackId, operationId: repeated.operationId }
  refuseUnlessUpdatable(stack)
  const prepared = await prepareDeployment(engine, stack, input)
  if (!planChanges(engine, stack, prepared.blueprint).hasChanges) {
    throw new HostError('ERR_INVALID_INPUT', 'No updates are to be performed.')
  }
  const name = newOperation('UPDATE_STACK', input.clientRequestToken)
  await engine.book.write(() => {
    const current = engine.book.stack(stackId) ?? stack
    refuseUnlessUpdatable(current)
    return [
      ...beginDeployment(engine, current, prepared, {
        name,
        verb: 'UPDATE',
        onFailure: input.disableRollback === true ? 'DO_NOTHING' : 'ROLLBACK',
        retainExceptOnCreate: input.retainExceptOnCreate ?? false,
      }),
      ...obsoleteChangeSets(engine, stackId),
    ]
  })
  engine.run(stackId)
  return { stackId, operationId: name.operationId }
}

export function refuseUnlessUpdatable({ stackId, status }: StackRecord): void {
  if (UPDATABLE.includes(status)) return
  const message = `Stack:${stackId} is in ${status} state and can not be updated.`
  throw new HostError('ERR_CONFLICT', message)
}
