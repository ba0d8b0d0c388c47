// CloudFormation's lists have pages of a hundred, and nobody can ask for another size.
import {
  CreateChangeSetCommand,
  paginateDescribeChangeSet,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  paginateListChangeSets,
  paginateListExports,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation'
import { test } from 'vitest'
import { startAwsHost } from '../../support/aws-host.ts'
import { createStack, parametersTemplate } from '../../support/stack-world.ts'

const names = Array.from({ length: 120 }, (_, index) => `P${1000 + index}`)

/** Of one stack: they are one page. */
const MOST_CHANGE_SETS = 100

/** What every page has, and how many there are. */
async function readPages<Page, Item>(
  pages: AsyncIterable<Page>,
  read: (page: Page) => readonly Item[] | undefined,
) {
  const lists: (readonly Item[])[] = []
  for await (const page of pages) lists.push(read(page) ?? [])
  return { sizes: lists.map(({ length }) => length), items: lists.flat() }
}

test('a long stack is read in pages, each thing once', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const values = Object.fromEntries(names.map((name) => [name, 'a']))
  const Outputs = Object.fromEntries(
    names.map((name) => [name, { Value: name, Export: { Name: name } }]),
  )
  const body = parametersTemplate(values, { Outputs })
  const name = { StackName: 'long', ChangeSetName: 'long' }
  await client.send(
    new CreateChangeSetCommand({ ...name, TemplateBody: body, ChangeSetType: 'CREATE' }),
  )
  const changes = await readPages(paginateDescribeChangeSet({ client }, name), (page) =>
    page.Changes?.map(({ ResourceChange }) => ResourceChange?.LogicalResourceId),
  )
  expect(changes).toEqual({ sizes: [100, 20], items: names })
  await createStack(client, 'shop', body)
  const StackName = 'shop'
  const resources = await readPages(paginateListStackResources({ client }, { StackName }), (page) =>
    page.StackResourceSummaries?.map(({ LogicalResourceId }) => LogicalResourceId),
  )
  expect(resources).toEqual({ sizes: [100, 20], items: names })
  const events = await readPages(paginateDescribeStackEvents({ client }, { StackName }), (page) =>
    page.StackEvents?.map(({ EventId }) => EventId),
  )
  expect(events.sizes.slice(0, -1).every((size) => size === 100)).toBe(true)
  expect(new Set(events.items).size).toBe(events.items.length)
  expect(events.items.length).toBeGreaterThanOrEqual(2 + 2 * names.length)
  const exports = await readPages(paginateListExports({ client }, {}), (page) =>
    page.Exports?.map(({ Name }) => Name),
  )
  expect(exports).toEqual({ sizes: [100, 20], items: names })
})

test('many stacks and change sets are read in pages, each once', async ({ expect }) => {
  await using host = await startAwsHost()
  const { cloudformation: client } = host.clients()
  const TemplateBody = parametersTemplate({ A: 'a' })
  const propose = (StackName: string, ChangeSetName: string) =>
    client.send(
      new CreateChangeSetCommand({
        StackName,
        ChangeSetName,
        TemplateBody,
        ChangeSetType: 'CREATE',
      }),
    )
  for (const name of names) {
    await propose(name, 'first')
  }
  const proposed = names.slice(0, MOST_CHANGE_SETS)
  for (const name of proposed) await propose('shop', name)
  await expect(propose('shop', 'more')).rejects.toMatchObject({ name: 'LimitExceededException' })
  const stacks = await readPages(paginateDescribeStacks({ client }, {}), (page) =>
    page.Stacks?.map(({ StackName }) => StackName),
  )
  expect(stacks.sizes).toEqual([100, 21])
  expect(new Set(stacks.items)).toEqual(new Set(['shop', ...names]))
  const listed = await readPages(paginateListStacks({ client }, {}), (page) =>
    page.StackSummaries?.map(({ StackName }) => StackName),
  )
  expect(listed).toEqual(stacks)
  const changeSets = await readPages(
    paginateListChangeSets({ client }, { StackName: 'shop' }),
    (page) => page.Summaries?.map(({ ChangeSetName }) => ChangeSetName),
  )
  expect(changeSets).toEqual({ sizes: [MOST_CHANGE_SETS], items: proposed })
})
