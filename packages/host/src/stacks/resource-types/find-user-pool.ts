import type { ResourceContext } from '../resource-type.ts'
import type { Output } from './output.ts'

/** The pool of this resource in this stack, as its tags say. */
export async function findUserPool(
  { aws, stackId, logicalId }: ResourceContext,
  { PoolName }: Output,
): Promise<string | undefined> {
  let NextToken: string | undefined
  do {
    const page = await aws<ListedPools>('cognito-idp', 'ListUserPools', {
      MaxResults: 60,
      ...(NextToken !== undefined && { NextToken }),
    })
    for (const { Id } of page.UserPools.filter(({ Name }) => Name === PoolName)) {
      const asked = { UserPoolId: Id }
      const { UserPool } = await aws<DescribedPool>('cognito-idp', 'DescribeUserPool', asked)
      const tags = UserPool.UserPoolTags ?? {}
      const isOfStack = tags['aws:cloudformation:stack-id'] === stackId
      if (isOfStack && tags['aws:cloudformation:logical-id'] === logicalId) return Id
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return undefined
}

interface ListedPools {
  readonly UserPools: readonly { readonly Id: string; readonly Name: string }[]
  readonly NextToken?: string
}

interface DescribedPool {
  readonly UserPool: { readonly UserPoolTags?: Readonly<Record<string, string>> }
}
