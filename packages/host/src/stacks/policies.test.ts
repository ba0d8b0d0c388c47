import { test } from 'vitest'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'

const RETAIN = { DeletionPolicy: 'Retain' }

test('DeletionPolicy Retain keeps what the stack forgets', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { cloud } = world
  await world.deploy('app', {
    Kept: resource('Thing', { Name: 'kept' }, RETAIN),
    Gone: resource('Thing', { Name: 'gone' }),
    Last: resource('Thing', { Name: 'last' }, { DeletionPolicy: 'RetainExceptOnCreate' }),
  })
  await world.deploy('app', {
    Last: resource('Thing', { Name: 'last' }, { DeletionPolicy: 'RetainExceptOnCreate' }),
  })
  expect([...cloud.things.keys()].toSorted()).toEqual(['kept', 'last'])
  expect(await world.events('app')).toContain('Kept DELETE_SKIPPED')
  await world.destroy('app')
  expect([...cloud.things.keys()].toSorted()).toEqual(['kept', 'last'])
})

test('UpdateReplacePolicy decides about what was replaced', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const stone = (Name: string, policy: object) => resource('Stone', { Name }, policy)
  await world.deploy('app', {
    A: stone('a1', { UpdateReplacePolicy: 'Retain' }),
    B: stone('b1', { DeletionPolicy: 'Retain' }),
  })
  await world.deploy('app', { A: stone('a2', {}), B: stone('b2', {}) })
  expect([...world.cloud.things.keys()].toSorted()).toEqual(['a1', 'a2', 'b2'])
})

test('a failed creation keeps what is to be retained, unless only on creation', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  world.cloud.failing.set('create Bad', { how: 'unmade', times: 1 })
  await world.deploy('app', {
    Kept: resource('Thing', { Name: 'kept' }, RETAIN),
    Not: resource('Thing', { Name: 'not' }, { DeletionPolicy: 'RetainExceptOnCreate' }),
    Bad: resource('Thing', {}, { DependsOn: ['Kept', 'Not'] }),
  })
  expect([...world.cloud.things.keys()]).toEqual(['kept'])
})

test('a resource that replaces itself loses its old self after everything else', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const { cloud } = world
  const colors = (Color: number) => ({
    Custom: resource('Chameleon', { Color }),
    User: resource('Thing', { Value: { Ref: 'Custom' } }),
  })
  await world.deploy('app', colors(1))
  cloud.calls.length = 0
  await world.deploy('app', colors(2))
  expect(cloud.calls).toEqual(['update Custom', 'update User', 'delete Custom'])
  expect([...cloud.things.keys()]).toContain('app-Custom-2')
  expect([...cloud.things.keys()]).not.toContain('app-Custom-1')

  cloud.calls.length = 0
  cloud.failing.set('update User', { how: 'unmade', times: 1 })
  await world.deploy('app', colors(3))
  expect([...cloud.things.keys()]).toContain('app-Custom-2')
  expect([...cloud.things.keys()]).not.toContain('app-Custom-3')
  expect(cloud.calls).toEqual([
    'update Custom',
    'update User',
    'update Custom',
    'update User',
    'delete Custom',
  ])
})

test('what nothing here acts on is refused before anything is made', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const refusal = (attributes: object) =>
    world.deploy('app', { A: resource('Thing', {}, attributes) }).catch(String)
  expect(await refusal({ DeletionPolicy: 'Snapshot' })).toContain(
    'does not support deletion policy Snapshot',
  )
  expect(await refusal({ CreationPolicy: { ResourceSignal: { Count: 1 } } })).toContain(
    'CreationPolicy is not supported',
  )
  expect(await refusal({ UpdatePolicy: { CodeDeployLambdaAliasUpdate: {} } })).toContain(
    'CodeDeployLambdaAliasUpdate is not supported',
  )
  expect(world.cloud.calls).toEqual([])
  expect(await world.stacks.listStacks(SCOPE)).toEqual([])
})

test('unknown types, unknown properties and missing capabilities are refused whole', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const unknown = world.deploy('app', {
    A: resource('Thing'),
    B: { Type: 'AWS::DynamoDB::Table' },
    C: { Type: 'AWS::SQS::Queue' },
    D: { Type: 'AWS::SQS::Queue' },
  })
  await expect(unknown).rejects.toThrow(
    'Template format error: Unrecognized resource types: [AWS::DynamoDB::Table, AWS::SQS::Queue]',
  )
  await expect(world.deploy('app', { A: resource('Thing', { Colour: 1 }) })).rejects.toThrow(
    'Resource A (Test::Cloud::Thing): Encountered unsupported property Colour',
  )
  const user = resource('Thing', { Value: { 'Fn::GetAtt': 'A.Nope' } })
  await expect(world.deploy('app', { A: resource('Thing'), B: user })).rejects.toThrow(
    'Template error: resource A does not support attribute type Nope in Fn::GetAtt',
  )
  expect(world.cloud.calls).toEqual([])
})

test('unknown types are skipped when the stack says so', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const tags = [{ key: 'catamaran:skip-unknown', value: 'true' }]
  const resources = {
    Table: { Type: 'AWS::DynamoDB::Table' },
    A: resource('Thing', { Value: { 'Fn::Sub': 'table ${Table} at ${Table.Arn}' } }),
  }
  const stack = await world.deploy('app', resources, { input: { tags } })
  expect(stack.stackStatus).toBe('CREATE_COMPLETE')
  expect([...world.cloud.things.values()][0]?.properties).toEqual({
    Value: 'table skipped:Table at skipped:Table.Arn',
  })
  const events = await world.events('app')
  expect(events).toContain('Table CREATE_COMPLETE Skipped: this host has no AWS::DynamoDB::Table')
  expect(events).toContain(
    'A CREATE_COMPLETE Holds placeholders of what was skipped: skipped:Table',
  )
  expect((await world.destroy('app')).stackStatus).toBe('DELETE_COMPLETE')
})

test('what a clean-up cannot delete is no part of the stack any more', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { cloud } = world
  await world.deploy('app', { A: resource('Stone', { Name: 'a1' }), B: resource('Thing') })
  cloud.failing.set('delete A', { how: 'unmade', times: 1 })
  const stack = await world.deploy('app', { A: resource('Stone', { Name: 'a2' }) })
  expect(stack).toMatchObject({
    stackStatus: 'UPDATE_COMPLETE',
    stackStatusReason: 'Update successful. One or more resources could not be deleted.',
  })
  await world.destroy('app')
  expect([...cloud.things.keys()]).toEqual(['a1'])
})
