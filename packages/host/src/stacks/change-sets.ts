import { randomUUID } from 'node:crypto'
import { AwsFault } from '../aws/aws-fault.ts'
import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import { beginDeployment, newOperation } from './begin-operation.ts'
import type { Engine } from './engine.ts'
import { findChangeSet, getChangeSet } from './find-change-set.ts'
import { findStack, getChangeable } from './find-stack.ts'
import { stackChange } from './journal.ts'
import { newStack, refuseTakenName } from './new-stack.ts'
import { planChanges } from './plan-changes.ts'
import { prepareDeployment } from './prepare-deployment.ts'
import { removeChangeSet } from './remove-change-set.ts'
import type { ChangeSetRecord, StackRecord } from './stack-record.ts'
import type { RowChange } from './stack-rows.ts'
import type {
  ChangeSetInput,
  CreateChangeSetInput,
  CreatedChangeSet,
  ExecuteChangeSetInput,
} from './stacks.ts'
import { refuseUnlessUpdatable } from './update-stack.ts'

const NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/
const MAX_CHANGE_SETS = 100
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set."

export async function createChangeSet(
  engine: Engine,
  scope: Scope,
  input: CreateChangeSetInput,
): Promise<CreatedChangeSet> {
  const { stackName, changeSetName, changeSetType = 'UPDATE', clientToken } = input
  checkInput(input)
  const there = findStack(engine.book, scope, stackName)
  const same = there && findChangeSet(engine.book, there, changeSetName)
  if (same?.clientToken !== undefined && same.clientToken === clientToken) {
    return { id: same.changeSetId, stackId: same.stackId }
  }
  if (same !== undefined && isPending(same)) {
    throw alreadyExists(`ChangeSet [${same.changeSetId}] already exists`)
  }
  const isNew = changeSetType === 'CREATE'
  const stack = isNew ? draftFor(engine, scope, input, there) : updatable(engine, scope, stackName)
  refuseTooMany(engine, stack)
  const prepared = await prepareDeployment(engine, stack, input)
  const { changes, hasChanges } = planChanges(engine, stack, prepared.blueprint)
  const { accountId, region } = scope
  const name = newOperation('CREATE_CHANGESET', clientToken)
  const ending = hasChanges
    ? ({ status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' } as const)
    : ({ status: 'FAILED', executionStatus: 'UNAVAILABLE', statusReason: NO_CHANGES } as const)
  const record: ChangeSetRecord = {
    changeSetId: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${changeSetName}/${randomUUID()}`,
    changeSetName,
    stackId: stack.stackId,
    ...ending,
    createdAt: engine.now().toISOString(),
    changeSetType: isNew ? 'CREATE' : 'UPDATE',
    ...(input.description !== undefined && { description: input.description }),
    target: prepared.deployment,
    includeNestedStacks: input.includeNestedStacks ?? false,
    ...(input.onStackFailure !== undefined && { onStackFailure: input.onStackFailure }),
    changes,
    ...(clientToken !== undefined && { clientToken }),
  }
  const { stackId } = stack
  const { templateId } = prepared.deployment
  await engine.book.write(() => {
    const isDraft = engine.book.stack(stackId) === undefined
    if (isDraft) refuseTakenName(engine, stack)
    refuseTooMany(engine, stack)
    return [
      ...(isDraft ? stackChange(stack, name, engine.now()) : []),
      { row: 'template', value: { stackId, templateId, text: prepared.templateText } },
      { row: 'change-set', value: record },
    ]
  })
  return { id: record.changeSetId, stackId }
}

export async function executeChangeSet(
  engine: Engine,
  scope: Scope,
  input: ExecuteChangeSetInput,
): Promise<void> {
  const { changeSetId, stackId, target } = getChangeSet(engine.book, scope, input)
  const templateText = await engine.book.template(stackId, target.templateId)
  await engine.book.write(() => {
    const changeSet = getChangeSet(engine.book, scope, { changeSetName: changeSetId })
    const stack = engine.book.stack(stackId)
    if (stack === undefined) return []
    const { executionStatus, changeSetType, status, onStackFailure } = changeSet
    if (executionStatus !== 'AVAILABLE') {
      const state = status === 'FAILED' ? status : executionStatus
      const message = `ChangeSet [${changeSetId}] cannot be executed in its current status of [${state}]`
      throw new AwsFault('InvalidChangeSetStatusException', 400, message)
    }
    if (changeSetType === 'UPDATE') refuseUnlessUpdatable(stack)
    const isCreation = changeSetType === 'CREATE'
    const type = isCreation ? 'CREATE_STACK' : 'UPDATE_STACK'
    const executing = { ...changeSet, executionStatus: 'EXECUTE_IN_PROGRESS' } as const
    const others = engine.book
      .changeSets(stackId)
      .filter((each) => each.changeSetId !== changeSetId)
    const stays = input.disableRollback === true ? 'DO_NOTHING' : 'ROLLBACK'
    return [
      ...others.flatMap((each) => removeChangeSet(engine, each)),
      { row: 'change-set', value: executing },
      ...beginDeployment(
        engine,
        { ...stack, changeSetId },
        { deployment: changeSet.target, templateText },
        {
          name: newOperation(type, input.clientRequestToken),
          verb: isCreation ? 'CREATE' : 'UPDATE',
          onFailure: onFailureOf(isCreation, onStackFailure) ?? stays,
          retainExceptOnCreate: input.retainExceptOnCreate ?? false,
        },
      ),
    ]
  })
  engine.run(stackId)
}

export async function deleteChangeSet(
  engine: Engine,
  scope: Scope,
  input: ChangeSetInput,
): Promise<void> {
  const { changeSetId } = findAny(engine, scope, input) ?? {}
  if (changeSetId === undefined) return
  await engine.book.write((): readonly RowChange[] => {
    const changeSet = findAny(engine, scope, { changeSetName: changeSetId })
    if (changeSet === undefined) return []
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') {
      const message = `ChangeSet [${changeSetId}] cannot be deleted in its current status of [EXECUTE_IN_PROGRESS]`
      throw new AwsFault('InvalidChangeSetStatusException', 400, message)
    }
    return removeChangeSet(engine, changeSet)
  })
}

/** A change set that is not there is deleted already; a stack that is not there is a mistake. */
function findAny(
  { book }: Engine,
  scope: Scope,
  input: ChangeSetInput,
): ChangeSetRecord | undefined {
  try {
    return getChangeSet(book, scope, input)
  } catch (error) {
    if (error instanceof AwsFault) return undefined
    throw error
  }
}

function onFailureOf(isCreation: boolean, onStackFailure: ChangeSetRecord['onStackFailure']) {
  // an update has nothing to delete
  return isCreation || onStackFailure !== 'DELETE' ? onStackFailure : undefined
}

function draftFor(
  engine: Engine,
  scope: Scope,
  { stackName, changeSetName }: CreateChangeSetInput,
  there: StackRecord | undefined,
): StackRecord {
  const draft = newStack(engine, scope, there?.stackName ?? stackName, 'REVIEW_IN_PROGRESS')
  if (there === undefined) return { ...draft, statusReason: 'User Initiated' }
  if (there.status === 'REVIEW_IN_PROGRESS') return there
  const message = `Stack [${stackName}] already exists and cannot be created again with the changeSet [${changeSetName}].`
  throw new HostError('ERR_CONFLICT', message)
}

function updatable({ book }: Engine, scope: Scope, stackName: string): StackRecord {
  const stack = getChangeable(book, scope, stackName)
  refuseUnlessUpdatable(stack)
  return stack
}

/**
 * The name of one that is done with can be given again: the AWS command line names its change sets by
 * the second, and two deployments in one second are nothing here.
 */
function isPending({ executionStatus }: ChangeSetRecord): boolean {
  return executionStatus === 'AVAILABLE' || executionStatus === 'EXECUTE_IN_PROGRESS'
}

function refuseTooMany({ book }: Engine, { stackId }: StackRecord): void {
  if (book.changeSets(stackId).length < MAX_CHANGE_SETS) return
  const message = `Limit for change sets of a stack has been exceeded: ${MAX_CHANGE_SETS}`
  throw new AwsFault('LimitExceededException', 400, message)
}

/**
 * ImportExistingResources says that what exists under a template's name may be taken over. Nothing is
 * here: a name that is taken fails the creation, as it does without; CDK's bootstrap always says it.
 */
function checkInput({ changeSetName, changeSetType }: CreateChangeSetInput): void {
  if (!NAME.test(changeSetName)) {
    throw new HostError(
      'ERR_INVALID_INPUT',
      `1 validation error detected: Value '${changeSetName}' at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
    )
  }
  if (changeSetType === 'IMPORT') {
    const message = 'This host imports no existing resources into a stack'
    throw new HostError('ERR_NOT_SUPPORTED', message)
  }
}

function alreadyExists(message: string): AwsFault {
  return new AwsFault('AlreadyExistsException', 400, message)
}
