import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { findOperation, newOperation, remember } from './begin-operation.ts'
import type { Engine } from './engine.ts'
import { exportsProblem } from './exports.ts'
import { findStack } from './find-stack.ts'
import { stackChange } from './journal.ts'
import type { DeleteOperation, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type { DeleteStackInput } from './stacks.ts'
import { isInProgress } from './status.ts'

export async function deleteStack(
  engine: Engine,
  scope: Scope,
  input: DeleteStackInput,
): Promise<void> {
  const { stackId, status } = findStack(engine.book, scope, input.stackName) ?? {}
  if (stackId === undefined || status === 'DELETE_COMPLETE') return
  await engine.book.write(() => {
    const stack = engine.book.stack(stackId)
    if (stack === undefined || stack.status === 'DELETE_COMPLETE') return []
    if (findOperation(stack, 'DELETE_STACK', input.clientRequestToken) !== undefined) return []
    return beginDeletion(engine, stack, input)
  })
  if (engine.book.stack(stackId)?.operation?.kind === 'deploy') engine.interrupt(stackId)
  engine.run(stackId)
}

function beginDeletion(
  engine: Engine,
  stack: StackRecord,
  { clientRequestToken, retainResources = [], deletionMode = 'STANDARD' }: DeleteStackInput,
): readonly RowChange[] {
  const { stackName, stackId, status } = stack
  if (status === 'DELETE_IN_PROGRESS') return []
  if (stack.enableTerminationProtection) {
    throw refuse(`Stack [${stackName}] cannot be deleted while TerminationProtection is enabled`)
  }
  if (status !== 'DELETE_FAILED' && (retainResources.length > 0 || deletionMode !== 'STANDARD')) {
    throw refuse(
      `Invalid operation on stack [${stackId}]. RetainResources and FORCE_DELETE_STACK need a stack in DELETE_FAILED state`,
    )
  }
  const name = newOperation('DELETE_STACK', clientRequestToken)
  const isForced = deletionMode === 'FORCE_DELETE_STACK'
  const operation: DeleteOperation = { kind: 'delete', ...name, retain: retainResources, isForced }
  if (stack.operation?.kind === 'deploy' && status === 'CREATE_IN_PROGRESS') {
    const creation = { ...stack.operation, cancelled: 'User Initiated', thenDelete: operation }
    const cancelled = { ...stack, lastOperations: remember(stack, name), operation: creation }
    return [{ row: 'stack', value: cancelled }]
  }
  if (isInProgress(status)) {
    throw refuse(`Stack [${stackId}] cannot be deleted while in status ${status}`)
  }
  const deleting: StackRecord = {
    ...stack,
    status: 'DELETE_IN_PROGRESS',
    statusReason: 'User Initiated',
    deletionMode,
    lastOperations: remember(stack, name),
    operation,
  }
  const begun = stackChange(deleting, operation, engine.now())
  const problem = exportsProblem(engine.book, stack, [])
  if (problem === undefined) return begun
  // CloudFormation begins, and goes back to what was
  const { operation: _, ...rest } = deleting
  const back = { ...rest, status, statusReason: problem }
  return [...begun, ...stackChange(back, operation, engine.now())]
}

function refuse(message: string): HostError {
  return new HostError('ERR_CONFLICT', message)
}
