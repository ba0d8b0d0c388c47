import type { ResourceContext } from '../resource-type.ts'
import type { Output } from './output.ts'

/**
 * The client that a try before this one has made, if it came so far: the only one of that name in the
 * pool. Clients have no tags that would say whose they are, so of several none is taken.
 */
export async function findUserPoolClient(
  { aws }: ResourceContext,
  { UserPoolId, ClientName }: Output,
): Promise<string | undefined> {
  const found: string[] = []
  let NextToken: string | undefined
  do {
    const page = await aws<ListedClients>('cognito-idp', 'ListUserPoolClients', {
      UserPoolId,
      MaxResults: 60,
      ...(NextToken !== undefined && { NextToken }),
    })
    const same = page.UserPoolClients.filter((client) => client.ClientName === ClientName)
    found.push(...same.map(({ ClientId }) => ClientId))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found.length === 1 ? found[0] : undefined
}

interface ListedClients {
  readonly UserPoolClients: readonly { readonly ClientId: string; readonly ClientName: string }[]
  readonly NextToken?: string
}
