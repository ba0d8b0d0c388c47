import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { beginDeployment, findOperation, newOperation } from './begin-operation.ts'
import type { Engine } from './engine.ts'
import { findStack } from './find-stack.ts'
import { newStack, refuseTakenName } from './new-stack.ts'
import { prepareDeployment } from './prepare-deployment.ts'
import type { StackRecord } from './stack-record.ts'
import type { CreateStackInput, StackOperation } from './stacks.ts'

export async function createStack(
  engine: Engine,
  scope: Scope,
  input: CreateStackInput,
  parent?: StackRecord['parent'],
): Promise<StackOperation> {
  const { stackName, clientRequestToken, disableRollback, onFailure, timeoutInMinutes } = input
  if (disableRollback !== undefined && onFailure !== undefined) {
    const message = 'You can specify either DisableRollback or OnFailure, but not both'
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  const there = findStack(engine.book, scope, stackName)
  const repeated = there && findOperation(there, 'CREATE_STACK', clientRequestToken)
  if (there && repeated) return { stackId: there.stackId, operationId: repeated.operationId }
  const draft: StackRecord = {
    ...newStack(engine, scope, stackName, 'CREATE_IN_PROGRESS'),
    enableTerminationProtection: input.enableTerminationProtection ?? false,
    ...(timeoutInMinutes !== undefined && { timeoutInMinutes }),
    ...(parent !== undefined && { parent }),
  }
  refuseTakenName(engine, draft)
  const prepared = await prepareDeployment(engine, draft, input)
  const name = newOperation('CREATE_STACK', clientRequestToken)
  const deadline =
    timeoutInMinutes === undefined
      ? undefined
      : new Date(engine.now().getTime() + timeoutInMinutes * 60_000).toISOString()
  await engine.book.write(() => {
    refuseTakenName(engine, draft)
    return beginDeployment(engine, draft, prepared, {
      name,
      verb: 'CREATE',
      onFailure: onFailure ?? (disableRollback === true ? 'DO_NOTHING' : 'ROLLBACK'),
      retainExceptOnCreate: input.retainExceptOnCreate ?? false,
      deadline,
    })
  })
  engine.run(draft.stackId)
  return { stackId: draft.stackId, operationId: name.operationId }
}
