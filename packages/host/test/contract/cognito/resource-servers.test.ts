// Resource servers of Cognito user pools, whose scopes clients ask for.
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { test } from 'vitest'
import { TOOLS, invalid, status400 } from '../../support/cognito-requests.ts'
import { startCognito } from '../../support/cognito-world.ts'

test('resource servers come, change and go', async ({ expect }) => {
  await using world = await startCognito()
  const { cognito } = world
  const UserPoolId = await world.createPool()
  const create = (change: object = {}) =>
    cognito.send(new sdk.CreateResourceServerCommand({ UserPoolId, ...TOOLS, ...change }))
  const { ResourceServer } = await create()
  expect(ResourceServer).toEqual({ UserPoolId, ...TOOLS })
  await expect(create()).rejects.toMatchObject(
    invalid(`tools already exists in user pool ${UserPoolId}.`),
  )
  await expect(create({ Identifier: 'a b' })).rejects.toMatchObject(
    invalid(expect.stringContaining('1 validation error detected')),
  )
  for (const Identifier of ['b', 'c', 'd']) await create({ Identifier })
  const pages: number[] = []
  const paginated = sdk.paginateListResourceServers(
    { client: cognito, pageSize: 3 },
    { UserPoolId, MaxResults: 3 },
  )
  for await (const page of paginated) pages.push(page.ResourceServers?.length ?? 0)
  expect(pages).toEqual([3, 1])
  const changed = { UserPoolId, Identifier: 'tools', Name: 'More', Scopes: [] }
  await cognito.send(new sdk.UpdateResourceServerCommand(changed))
  const named = { UserPoolId, Identifier: 'tools' }
  const described = await cognito.send(new sdk.DescribeResourceServerCommand(named))
  expect(described.ResourceServer).toEqual(changed)
  await cognito.send(new sdk.DeleteResourceServerCommand(named))
  await expect(cognito.send(new sdk.DescribeResourceServerCommand(named))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    ...status400,
  })
})
