import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import { scopeKey, type Scope } from '../kernel/scope.ts'
import { getStack } from './find-stack.ts'
import type { StackBook } from './stack-book.ts'
import type { ChangeSetRecord, StackRecord } from './stack-record.ts'
import type { ChangeSetInput } from './stacks.ts'

/** The newest of that name. */
export function findChangeSet(
  book: StackBook,
  { stackId }: StackRecord,
  changeSetName: string,
): ChangeSetRecord | undefined {
  return book.changeSets(stackId).findLast((each) => each.changeSetName === changeSetName)
}

/** By ARN, or by its name and its stack's. */
export function getChangeSet(
  book: StackBook,
  scope: Scope,
  { changeSetName, stackName }: ChangeSetInput,
): ChangeSetRecord {
  const found = changeSetName.startsWith('arn:')
    ? findByArn(book, scope, changeSetName)
    : findChangeSet(book, getNamedStack(book, scope, stackName), changeSetName)
  if (found !== undefined) return found
  const message = `ChangeSet [${changeSetName}] does not exist`
  throw new AwsFault('ChangeSetNotFoundException', 404, message)
}

function getNamedStack(book: StackBook, scope: Scope, stackName: string | undefined): StackRecord {
  if (stackName !== undefined) return getStack(book, scope, stackName)
  const message = 'StackName must be specified if ChangeSetName is not specified as an ARN.'
  throw new HostError('ERR_INVALID_INPUT', message)
}

function findByArn(book: StackBook, scope: Scope, arn: string): ChangeSetRecord | undefined {
  return book
    .stacks()
    .filter((stack) => scopeKey(stack.scope) === scopeKey(scope))
    .flatMap(({ stackId }) => book.changeSets(stackId))
    .find(({ changeSetId }) => changeSetId === arn)
}
