import { test } from 'vitest'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'

test('a stack is created along its graph, as much at once as can be', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const stack = await world.deploy(
    'app',
    {
      A: resource('Thing', { Value: 'a' }),
      B: resource('Thing', { Value: { 'Fn::GetAtt': ['A', 'Value'] } }),
      C: resource('Thing', { Value: { Ref: 'A' } }),
      D: resource('Thing', {}, { DependsOn: ['B', 'C'] }),
    },
    { template: { Outputs: { Value: { Value: { 'Fn::GetAtt': 'B.Value' } } } } },
  )
  expect(stack.stackStatus).toBe('CREATE_COMPLETE')
  expect(stack.outputs).toEqual([{ outputKey: 'Value', outputValue: 'a' }])
  expect(world.cloud.calls[0]).toBe('create A')
  expect(world.cloud.calls[3]).toBe('create D')
  expect(world.cloud.busiest).toBe(2)
  expect((await world.events('app')).slice(0, 4)).toEqual([
    'app CREATE_IN_PROGRESS User Initiated',
    'A CREATE_IN_PROGRESS',
    'A CREATE_IN_PROGRESS Resource creation Initiated',
    'A CREATE_COMPLETE',
  ])
  expect((await world.events('app')).at(-1)).toBe('app CREATE_COMPLETE')
})

test('a creation that fails is rolled back to nothing', async ({ expect }) => {
  await using world = await openMemoryStacks()
  world.cloud.failing.set('create B', { how: 'half-made', times: 1 })
  const stack = await world.deploy('app', {
    A: resource('Thing'),
    B: resource('Thing', { Value: { Ref: 'A' } }),
  })
  expect(stack.stackStatus).toBe('ROLLBACK_COMPLETE')
  expect(world.cloud.things.size).toBe(0)
  const events = await world.events('app')
  expect(events).toContain(
    'app ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.',
  )
  expect(events.find((event) => event.startsWith('B CREATE_FAILED'))).toContain(
    'Resource handler returned message: "create B was to fail (ValidationException)"',
  )
})

test('an update changes, replaces, adds and removes', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('app', {
    Kept: resource('Thing', { Value: 1 }),
    Changed: resource('Thing', { Value: 1 }),
    Replaced: resource('Stone', { Value: 1 }),
    Removed: resource('Thing'),
    Follower: resource('Thing', { Value: { Ref: 'Replaced' } }),
  })
  world.cloud.calls.length = 0
  const stack = await world.deploy('app', {
    Kept: resource('Thing', { Value: '1' }),
    Changed: resource('Thing', { Value: 2 }),
    Replaced: resource('Stone', { Value: 2 }),
    Added: resource('Thing'),
    Follower: resource('Thing', { Value: { Ref: 'Replaced' } }),
  })
  expect(stack.stackStatus).toBe('UPDATE_COMPLETE')
  expect(world.cloud.things.size).toBe(5)
  expect(world.cloud.calls.toSorted()).toEqual([
    'create Added',
    'create Replaced',
    'delete Removed',
    'delete Replaced',
    'update Changed',
    'update Follower',
  ])
  // the old one goes once everything else is well
  expect(world.cloud.calls.slice(-2).toSorted()).toEqual(['delete Removed', 'delete Replaced'])
  expect(await world.events('app')).toContain(
    'Replaced UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.',
  )
})

test('an update that fails leaves everything as it was', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('app', {
    Changed: resource('Thing', { Value: 1 }),
    Replaced: resource('Stone', { Value: 1 }),
    Removed: resource('Thing'),
    Bad: resource('Thing', { Value: 1 }),
  })
  const before = new Map(world.cloud.things)
  world.cloud.failing.set('create Last', { how: 'unmade', times: 1 })
  const stack = await world.deploy('app', {
    Changed: resource('Thing', { Value: 2 }),
    Replaced: resource('Stone', { Value: 2 }),
    Added: resource('Thing'),
    Bad: resource('Thing', { Value: 1 }),
    Last: resource('Thing', {}, { DependsOn: ['Changed', 'Replaced', 'Added'] }),
  })
  expect(stack.stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(world.cloud.things).toEqual(before)
  const stackEvents = (await world.events('app')).filter((event) => event.startsWith('app '))
  expect(stackEvents.slice(2)).toEqual([
    'app UPDATE_IN_PROGRESS User Initiated',
    'app UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Last]. ',
    'app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'app UPDATE_ROLLBACK_COMPLETE',
  ])
})

test('an update that fails in the middle of a change changes back', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('app', { A: resource('Thing', { Value: 1 }) })
  const before = new Map(world.cloud.things)
  world.cloud.failing.set('update A', { how: 'half-made', times: 1 })
  const stack = await world.deploy('app', { A: resource('Thing', { Value: 2 }) })
  expect(stack.stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(world.cloud.things).toEqual(before)
})

test('deleting takes dependents down first, and everything', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('app', {
    A: resource('Thing'),
    B: resource('Thing', { Value: { Ref: 'A' } }),
    C: resource('Thing', {}, { DependsOn: 'B' }),
  })
  world.cloud.calls.length = 0
  expect((await world.destroy('app')).stackStatus).toBe('DELETE_COMPLETE')
  expect(world.cloud.calls).toEqual(['delete C', 'delete B', 'delete A'])
  expect(world.cloud.things.size).toBe(0)
  await expect(world.stacks.describeStacks(SCOPE, 'app')).rejects.toThrow(
    'Stack with id app does not exist',
  )
})

test('new tags of the stack are an update of what takes them', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const resources = { A: resource('Thing'), B: resource('Tagged') }
  await world.deploy('app', resources, { input: { tags: [{ key: 'stage', value: 'one' }] } })
  world.cloud.calls.length = 0
  const tags = [{ key: 'stage', value: 'two' }]
  expect((await world.deploy('app', resources, { input: { tags } })).tags).toEqual(tags)
  expect(world.cloud.calls).toEqual(['update B'])
})

test('an update may keep the template, and the values of parameters', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  const Parameters = { One: { Type: 'String' }, Two: { Type: 'String' } }
  const parameter = (parameterKey: string, parameterValue: string) => ({
    parameterKey,
    parameterValue,
  })
  await world.deploy(
    'app',
    { A: resource('Thing', { Value: { 'Fn::Join': ['-', [{ Ref: 'One' }, { Ref: 'Two' }]] } }) },
    {
      template: { Parameters },
      input: { parameters: [parameter('One', 'a'), parameter('Two', 'b')] },
    },
  )
  const { stackId } = await stacks.updateStack(SCOPE, {
    stackName: 'app',
    usePreviousTemplate: true,
    parameters: [{ parameterKey: 'One', usePreviousValue: true }, parameter('Two', 'c')],
  })
  await stacks.settled(stackId)
  expect([...cloud.things.values()][0]?.properties).toEqual({ Value: 'a-c' })
})

test('stacks of one name live apart in accounts and Regions', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const other = { accountId: '111111111111', region: 'eu-west-1' }
  const templateBody = JSON.stringify({ Resources: { A: resource('Thing') } })
  await world.deploy('app', { A: resource('Thing') })
  const { stackId } = await world.stacks.createStack(other, { stackName: 'app', templateBody })
  await world.stacks.settled(stackId)
  expect(stackId).toMatch(/^arn:aws:cloudformation:eu-west-1:111111111111:stack\/app\//)
  expect(world.cloud.things.size).toBe(2)
  await expect(world.stacks.describeStacks(SCOPE, stackId)).rejects.toThrow('does not exist')
})
