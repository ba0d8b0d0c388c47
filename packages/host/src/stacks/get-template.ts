import { HostError } from '../kernel/host-error.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Engine } from './engine.ts'
import { getChangeSet } from './find-change-set.ts'
import { getStack } from './find-stack.ts'
import type { GetTemplateInput } from './stacks.ts'

/** The text as it was given. */
export async function getTemplate(
  { book }: Engine,
  scope: Scope,
  { stackName, changeSetName }: GetTemplateInput,
): Promise<string> {
  if (changeSetName !== undefined) {
    const { stackId, target } = getChangeSet(book, scope, { changeSetName, stackName })
    return book.template(stackId, target.templateId)
  }
  if (stackName === undefined) {
    throw new HostError('ERR_INVALID_INPUT', 'Either StackName or ChangeSetName must be specified.')
  }
  const { stackId, deployed, attempted, operation } = getStack(book, scope, stackName)
  const target = operation?.kind === 'deploy' ? operation.target : undefined
  const templateId = (target ?? attempted ?? deployed)?.templateId
  // a stack in review has change sets, and no template yet
  return templateId === undefined ? '{}' : book.template(stackId, templateId)
}
