import type { Stack, Stacks } from '../../stacks/stacks.ts'
import type { Handlers } from '../operation.ts'
import { paginate } from '../paginate.ts'
import { describeStack, summarizeStack } from './describe-stack.ts'
import { PAGE, pageNewestFirst } from './newest-first.ts'
import type { CloudformationOperations } from './shapes.ts'
import { raise } from './wire-case.ts'

const idOf = ({ stackId }: Stack) => stackId

/** Stacks, and what they export to each other. */
export function stackLists(stacks: Stacks): Handlers<CloudformationOperations> {
  return {
    async DescribeStacks({ StackName, NextToken }, { scope }) {
      const found = await stacks.describeStacks(scope, StackName === '' ? undefined : StackName)
      const page = pageNewestFirst(found, NextToken, idOf)
      return { Stacks: page.items.map(describeStack), NextToken: page.nextToken }
    },
    async ListStacks({ StackStatusFilter, NextToken }, { scope }) {
      const page = pageNewestFirst(
        await stacks.listStacks(scope, StackStatusFilter),
        NextToken,
        idOf,
      )
      return { StackSummaries: page.items.map(summarizeStack), NextToken: page.nextToken }
    },
    async ListExports({ NextToken }, { scope }) {
      const page = paginate(await stacks.exports(scope), {
        maxResults: undefined,
        nextToken: NextToken,
        limit: PAGE,
        keyOf: ({ name }) => name,
      })
      return { Exports: page.items.map(raise), NextToken: page.nextToken }
    },
    async ListImports({ ExportName, NextToken }, { scope }) {
      const page = paginate(await stacks.imports(scope, ExportName), {
        maxResults: undefined,
        nextToken: NextToken,
        limit: PAGE,
        keyOf: (stackName) => stackName,
      })
      return { Imports: page.items, NextToken: page.nextToken }
    },
  }
}
