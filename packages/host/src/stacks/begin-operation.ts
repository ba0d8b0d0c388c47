import { randomUUID } from 'node:crypto'
import type { Engine } from './engine.ts'
import { stackChange } from './journal.ts'
import type { Prepared } from './prepare-deployment.ts'
import type { DeployOperation, LastOperation, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type { OperationType } from './stacks.ts'
import type { StackStatus } from './status.ts'

/** How many operations a stack names; clients that repeat a request find it among them. */
const REMEMBERED = 5

export function newOperation(
  operationType: OperationType,
  clientRequestToken: string | undefined,
): LastOperation {
  const operationId = randomUUID()
  return { operationId, operationType, ...(clientRequestToken && { clientRequestToken }) }
}

/** The operation that a repeated request has begun before. */
export function findOperation(
  { lastOperations }: StackRecord,
  operationType: OperationType,
  clientRequestToken: string | undefined,
): LastOperation | undefined {
  if (clientRequestToken === undefined) return undefined
  return lastOperations.find(
    (each) =>
      each.clientRequestToken === clientRequestToken && each.operationType === operationType,
  )
}

export function remember(stack: StackRecord, operation: LastOperation): readonly LastOperation[] {
  return [operation, ...stack.lastOperations].slice(0, REMEMBERED)
}

export interface DeployOptions {
  readonly name: LastOperation
  readonly verb: DeployOperation['verb']
  readonly onFailure: DeployOperation['onFailure']
  readonly retainExceptOnCreate: boolean
  readonly deadline?: string | undefined
}

/** The rows with which a stack begins to become what was prepared. */
export function beginDeployment(
  { now }: Engine,
  stack: StackRecord,
  { deployment, templateText }: Pick<Prepared, 'deployment' | 'templateText'>,
  { name, verb, onFailure, retainExceptOnCreate, deadline }: DeployOptions,
): readonly RowChange[] {
  const operation: DeployOperation = {
    kind: 'deploy',
    ...name,
    verb,
    phase: 'forward',
    target: deployment,
    onFailure,
    retainExceptOnCreate,
    skip: [],
    ...(deadline !== undefined && { deadline }),
  }
  const at = now()
  const status: StackStatus = `${verb}_IN_PROGRESS`
  const begun: StackRecord = {
    ...stack,
    status,
    statusReason: 'User Initiated',
    ...(verb === 'UPDATE' && { updatedAt: at.toISOString() }),
    retainExceptOnCreate,
    disableRollback: onFailure === 'DO_NOTHING',
    lastOperations: remember(stack, name),
    operation,
  }
  const { stackId } = stack
  const { templateId } = deployment
  return [
    { row: 'template', value: { stackId, templateId, text: templateText } },
    ...stackChange(begun, operation, at),
  ]
}
