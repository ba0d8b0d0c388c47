import { test } from 'vitest'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'

const URL_OF = 'https://s3.us-east-1.amazonaws.com/templates/child.json'

const child = (Value: unknown) =>
  JSON.stringify({
    Parameters: { Size: { Type: 'String', Default: '1' } },
    Resources: { Inner: resource('Thing', { Value, Secret: { Ref: 'Size' } }) },
    Outputs: { Id: { Value: { Ref: 'Inner' } } },
  })

const parent = (size: number, url = URL_OF) => ({
  Child: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: url, Parameters: { Size: size } },
  },
  User: resource('Thing', { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Id'] } }),
})

test('a stack in a stack is made, changed and deleted with it', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  world.templates.set(URL_OF, child('x'))
  expect((await world.deploy('app', parent(1))).stackStatus).toBe('CREATE_COMPLETE')
  const all = await stacks.listStacks(SCOPE)
  const nested = all.find(({ parentId }) => parentId !== undefined)
  expect(nested).toMatchObject({ rootId: (await world.describe('app')).stackId })
  expect(nested?.stackName).toMatch(/^app-Child-[A-Z0-9]{12}$/)
  expect(cloud.things.size).toBe(2)
  await world.deploy('app', parent(2))
  expect((await stacks.describeStacks(SCOPE, nested?.stackId))[0]?.parameters).toEqual([
    { parameterKey: 'Size', parameterValue: '2' },
  ])
  expect((await world.destroy('app')).stackStatus).toBe('DELETE_COMPLETE')
  expect(cloud.things.size).toBe(0)
  expect(await stacks.describeStacks(SCOPE)).toEqual([])
})

test('a nested stack that fails takes its parent back', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { cloud } = world
  world.templates.set(URL_OF, child('x'))
  cloud.failing.set('create Inner', { how: 'half-made', times: 1 })
  expect((await world.deploy('app', parent(1))).stackStatus).toBe('ROLLBACK_COMPLETE')
  expect((await world.events('app')).join('\n')).toMatch(
    /Child CREATE_FAILED Embedded stack arn:aws:cloudformation:\S+ was not successfully created: The following resource\(s\) failed to create: \[Inner\]/,
  )
  expect(cloud.things.size).toBe(0)
  await world.destroy('app')

  await world.deploy('two', parent(1))
  const before = new Map(cloud.things)
  cloud.failing.set('update Inner', { how: 'half-made', times: 1 })
  expect((await world.deploy('two', parent(2))).stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(cloud.things).toEqual(before)
})

test('a template that nests itself comes to an end', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const nested = {
    Child: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: { Ref: 'Url' }, Parameters: { Url: { Ref: 'Url' } } },
    },
  }
  const Parameters = { Url: { Type: 'String', Default: URL_OF } }
  world.templates.set(URL_OF, JSON.stringify({ Parameters, Resources: nested }))
  const stack = await world.deploy('app', nested, { template: { Parameters } })
  expect(stack.stackStatus).toBe('ROLLBACK_COMPLETE')
  expect(await world.stacks.describeStacks(SCOPE)).toHaveLength(1)
})

test('types that a nested template needs and nobody has are refused with the parent', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const Resources = { Queue: { Type: 'AWS::SQS::Queue' } }
  world.templates.set(URL_OF, JSON.stringify({ Resources }))
  await expect(world.deploy('app', parent(1))).rejects.toThrow(
    'Unrecognized resource types: [AWS::SQS::Queue]',
  )
  expect(world.cloud.calls).toEqual([])
})
