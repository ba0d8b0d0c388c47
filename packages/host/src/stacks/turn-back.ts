// Operations that take a stack back to its last good state: CancelUpdateStack, ContinueUpdateRollback and
// RollbackStack.
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { newOperation, remember } from './begin-operation.ts'
import type { Engine } from './engine.ts'
import { getChangeable } from './find-stack.ts'
import { stackChange } from './journal.ts'
import type { DeployOperation, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type {
  ContinueUpdateRollbackInput,
  OperationType,
  RollbackStackInput,
  StackInput,
  StackOperation,
} from './stacks.ts'

export async function cancelUpdateStack(
  engine: Engine,
  scope: Scope,
  { stackName }: StackInput,
): Promise<void> {
  const { stackId } = getChangeable(engine.book, scope, stackName)
  await engine.book.write(() => {
    const stack = engine.book.stack(stackId)
    const operation = stack?.operation
    if (stack?.status !== 'UPDATE_IN_PROGRESS' || operation?.kind !== 'deploy') {
      const message = 'CancelUpdateStack cannot be called from current stack status'
      throw new HostError('ERR_CONFLICT', message)
    }
    const cancelled = { ...operation, cancelled: 'User Initiated', onFailure: 'ROLLBACK' } as const
    return [{ row: 'stack', value: { ...stack, operation: cancelled } }]
  })
  engine.interrupt(stackId)
}

export async function continueUpdateRollback(
  engine: Engine,
  scope: Scope,
  { stackName, clientRequestToken, resourcesToSkip = [] }: ContinueUpdateRollbackInput,
): Promise<void> {
  const { stackId } = getChangeable(engine.book, scope, stackName)
  await engine.book.write(() => {
    const stack = engine.book.stack(stackId)
    if (stack?.status !== 'UPDATE_ROLLBACK_FAILED') {
      const message = `Stack:${stackId} is in ${stack?.status} state and can not continue rollback.`
      throw new HostError('ERR_CONFLICT', message)
    }
    const options = { clientRequestToken, retainExceptOnCreate: false, skip: resourcesToSkip }
    return beginRollback(engine, stack, 'CONTINUE_ROLLBACK', options).changes
  })
  engine.run(stackId)
}

export async function rollbackStack(
  engine: Engine,
  scope: Scope,
  { stackName, clientRequestToken, retainExceptOnCreate = false }: RollbackStackInput,
): Promise<StackOperation> {
  const { stackId } = getChangeable(engine.book, scope, stackName)
  let operationId = ''
  await engine.book.write(() => {
    const stack = engine.book.stack(stackId)
    if (stack?.status !== 'CREATE_FAILED' && stack?.status !== 'UPDATE_FAILED') {
      const message = `Stack:${stackId} is in ${stack?.status} state and can not be rolled back.`
      throw new HostError('ERR_CONFLICT', message)
    }
    const options = { clientRequestToken, retainExceptOnCreate, skip: [] }
    const begun = beginRollback(engine, stack, 'ROLLBACK', options)
    operationId = begun.operationId
    return begun.changes
  })
  engine.run(stackId)
  return { stackId, operationId }
}

interface RollbackOptions {
  readonly clientRequestToken: string | undefined
  readonly retainExceptOnCreate: boolean
  readonly skip: readonly string[]
}

function beginRollback(
  engine: Engine,
  stack: StackRecord,
  operationType: OperationType,
  { clientRequestToken, retainExceptOnCreate, skip }: RollbackOptions,
): { readonly operationId: string; readonly changes: readonly RowChange[] } {
  const target = stack.attempted ?? stack.deployed
  if (target === undefined) throw new HostError('ERR_CONFLICT', 'There is nothing to roll back')
  const name = newOperation(operationType, clientRequestToken)
  const isFirst = stack.deployed === undefined
  const operation: DeployOperation = {
    kind: 'deploy',
    ...name,
    verb: isFirst ? 'CREATE' : 'UPDATE',
    phase: 'rollback',
    target,
    onFailure: 'ROLLBACK',
    retainExceptOnCreate,
    skip,
  }
  const begun: StackRecord = {
    ...stack,
    status: isFirst ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
    statusReason: 'User Initiated',
    lastOperations: remember(stack, name),
    operation,
  }
  const changes = stackChange(begun, operation, engine.now())
  return { operationId: name.operationId, changes }
}
