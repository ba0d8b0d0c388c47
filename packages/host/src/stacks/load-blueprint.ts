import { createBlueprint, type Blueprint } from './blueprint.ts'
import type { Engine } from './engine.ts'
import { exportsOf } from './exports.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Deployment, StackRecord } from './stack-record.ts'
import { readTemplate } from './template/read-template.ts'
import type { EvaluationScope } from './template/evaluation-scope.ts'

/** The blueprint of a deployment whose template is stored. */
export async function loadBlueprint(
  engine: Engine,
  stack: StackRecord,
  deployment: Deployment,
): Promise<Blueprint> {
  const template = readTemplate(await engine.book.template(stack.stackId, deployment.templateId))
  return createBlueprint({
    stack,
    template,
    deployment,
    types: engine.types,
    ...otherStacks(engine, stack.scope),
  })
}

/** What templates may ask of other stacks of the account. */
export function otherStacks(
  { book }: Engine,
  scope: Scope,
): Pick<EvaluationScope, 'importValue'> & Required<Pick<EvaluationScope, 'stackOutput'>> {
  let values: ReadonlyMap<string, string> | undefined
  return {
    importValue(name) {
      // what a deployment imports is kept by its stack while it is being made
      values ??= new Map(exportsOf(book, scope).map((each) => [each.name, each.value]))
      return values.get(name)
    },
    stackOutput({ stackName, outputName, region = scope.region }) {
      const stack = book
        .stacks()
        .find(
          (each) =>
            each.stackName === stackName &&
            each.status !== 'DELETE_COMPLETE' &&
            each.scope.accountId === scope.accountId &&
            each.scope.region === region,
        )
      return stack?.outputs.find(({ key }) => key === outputName)?.value
    },
  }
}
