import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import { checkStackCount } from './check-limits.ts'
import type { Engine } from './engine.ts'
import type { StackRecord } from './stack-record.ts'
import type { StackStatus } from './status.ts'

const STACK_NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/

/** A stack that does not exist yet. */
export function newStack(
  { now }: Engine,
  scope: Scope,
  stackName: string,
  status: StackStatus,
): StackRecord {
  if (!STACK_NAME.test(stackName)) {
    const message = `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`
    throw new HostError('ERR_INVALID_INPUT', message)
  }
  const { accountId, region } = scope
  return {
    stackId: `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${randomUUID()}`,
    stackName,
    scope: { accountId, region },
    status,
    createdAt: now().toISOString(),
    outputs: [],
    lastOperations: [],
    disableRollback: false,
    retainExceptOnCreate: false,
    enableTerminationProtection: false,
  }
}

/** Asked again in the turn in which the stack is written: of two creations, one is refused. */
export function refuseTakenName({ book }: Engine, { scope, stackName }: StackRecord): void {
  const there = book
    .stacks()
    .filter(
      (stack) => scopeKey(stack.scope) === scopeKey(scope) && stack.status !== 'DELETE_COMPLETE',
    )
  checkStackCount(there.length)
  if (!there.some((stack) => stack.stackName === stackName)) return
  throw new AwsFault('AlreadyExistsException', 400, `Stack [${stackName}] already exists`)
}
