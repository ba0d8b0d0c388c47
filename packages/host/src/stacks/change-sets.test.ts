import { test } from 'vitest'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'

const body = (resources: object, more: object = {}) =>
  JSON.stringify({ Resources: resources, ...more })

test('a new stack is reviewed, and made by its change set', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  const { id, stackId } = await stacks.createChangeSet(SCOPE, {
    stackName: 'app',
    changeSetName: 'first',
    changeSetType: 'CREATE',
    templateBody: body({ A: resource('Thing', { Value: 1 }) }),
  })
  expect((await world.describe('app')).stackStatus).toBe('REVIEW_IN_PROGRESS')
  expect(await stacks.describeChangeSet(SCOPE, { changeSetName: id })).toMatchObject({
    status: 'CREATE_COMPLETE',
    executionStatus: 'AVAILABLE',
    changes: [{ action: 'Add', logicalResourceId: 'A', resourceType: 'Test::Cloud::Thing' }],
  })
  expect(world.cloud.calls).toEqual([])
  await stacks.executeChangeSet(SCOPE, { changeSetName: 'first', stackName: 'app' })
  await stacks.settled(stackId)
  expect(await world.describe('app')).toMatchObject({
    stackStatus: 'CREATE_COMPLETE',
    changeSetId: id,
  })
  expect((await world.events('app')).slice(0, 2)).toEqual([
    'app REVIEW_IN_PROGRESS User Initiated',
    'app CREATE_IN_PROGRESS User Initiated',
  ])
  await expect(stacks.executeChangeSet(SCOPE, { changeSetName: id })).rejects.toMatchObject({
    errorName: 'InvalidChangeSetStatusException',
  })
})

test('a change set says what would become of every resource', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  await world.deploy('app', {
    Kept: resource('Thing'),
    Changed: resource('Thing', { Value: 1 }),
    Replaced: resource('Stone', { Value: 1 }),
    Follower: resource('Stone', { Value: { Ref: 'Replaced' } }),
    Removed: resource('Thing'),
  })
  const template = body({
    Kept: resource('Thing'),
    Changed: resource('Thing', { Value: 2 }),
    Replaced: resource('Stone', { Value: 2 }),
    Follower: resource('Stone', { Value: { Ref: 'Replaced' } }),
    Added: resource('Thing'),
  })
  const { id } = await stacks.createChangeSet(SCOPE, {
    stackName: 'app',
    changeSetName: 'c',
    templateBody: template,
  })
  const { changes } = await stacks.describeChangeSet(SCOPE, { changeSetName: id })
  const seen = changes.map(({ action, logicalResourceId, replacement = '', policyAction = '' }) =>
    `${action} ${logicalResourceId} ${replacement} ${policyAction}`.trim(),
  )
  expect(seen.toSorted()).toEqual([
    'Add Added',
    'Modify Changed False',
    'Modify Follower Conditional',
    'Modify Replaced True ReplaceAndDelete',
    'Remove Removed  Delete',
  ])
  expect(changes.find(({ logicalResourceId }) => logicalResourceId === 'Changed')).toMatchObject({
    beforeContext: '{"Properties":{"Value":1}}',
    afterContext: '{"Properties":{"Value":2}}',
    details: [
      {
        evaluation: 'Static',
        target: { name: 'Value', requiresRecreation: 'Never', beforeValue: '1', afterValue: '2' },
      },
    ],
  })
  const follower = changes.find(({ logicalResourceId }) => logicalResourceId === 'Follower')
  expect(follower?.afterContext).toBe('{"Properties":{"Value":"{{changeSet:KNOWN_AFTER_APPLY}}"}}')
})

test('a change set without changes fails, in the words that clients look for', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  const resources = { A: resource('Thing', { Value: 1 }) }
  await world.deploy('app', resources)
  const same = { stackName: 'app', templateBody: body(resources) }
  await stacks.createChangeSet(SCOPE, { ...same, changeSetName: 'c' })
  const described = await stacks.describeChangeSet(SCOPE, { ...same, changeSetName: 'c' })
  expect(described).toMatchObject({
    status: 'FAILED',
    executionStatus: 'UNAVAILABLE',
    statusReason:
      "The submitted information didn't contain changes. Submit different information to create a change set.",
  })
  await expect(stacks.updateStack(SCOPE, same)).rejects.toThrow('No updates are to be performed.')
  await expect(
    stacks.executeChangeSet(SCOPE, { changeSetName: 'c', stackName: 'app' }),
  ).rejects.toThrow('cannot be executed in its current status of [FAILED]')
  await stacks.deleteChangeSet(SCOPE, { changeSetName: 'c', stackName: 'app' })
  await expect(
    stacks.describeChangeSet(SCOPE, { changeSetName: 'c', stackName: 'app' }),
  ).rejects.toMatchObject({ errorName: 'ChangeSetNotFoundException' })
})

test('a new output alone is a change, and an update makes older change sets obsolete', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  const resources = { A: resource('Thing', { Value: 1 }) }
  await world.deploy('app', resources)
  const Outputs = { Out: { Value: { Ref: 'A' } } }
  const { id } = await stacks.createChangeSet(SCOPE, {
    stackName: 'app',
    changeSetName: 'c',
    templateBody: body(resources, { Outputs }),
  })
  expect(await stacks.describeChangeSet(SCOPE, { changeSetName: id })).toMatchObject({
    status: 'CREATE_COMPLETE',
    changes: [],
  })
  await world.deploy('app', { A: resource('Thing', { Value: 2 }) })
  expect(await stacks.describeChangeSet(SCOPE, { changeSetName: id })).toMatchObject({
    executionStatus: 'OBSOLETE',
  })
})

test('templates that nobody needs any more are gone from the store', async ({ expect }) => {
  await using world = await openMemoryStacks()
  for (const Value of [1, 2, 3]) await world.deploy('app', { A: resource('Thing', { Value }) })
  expect(await world.store.list('stack-template')).toHaveLength(1)
  const changed = { A: resource('Thing', { Value: 4 }) }
  world.cloud.failing.set('update A', { how: 'unmade', times: 1 })
  await world.deploy('app', changed)
  expect(await world.store.list('stack-template')).toHaveLength(1)
  expect(await world.stacks.getTemplate(SCOPE, { stackName: 'app' })).toBe(
    body({ A: resource('Thing', { Value: 3 }) }),
  )
})

test('a name is free again once its change set is done with', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  const create = (Value: number, changeSetType?: string) =>
    stacks.createChangeSet(SCOPE, {
      stackName: 'app',
      changeSetName: 'same',
      ...(changeSetType !== undefined && { changeSetType }),
      templateBody: body({ A: resource('Thing', { Value }) }),
    })
  const { stackId } = await create(1, 'CREATE')
  await expect(create(1)).rejects.toMatchObject({ errorName: 'AlreadyExistsException' })
  await stacks.executeChangeSet(SCOPE, { changeSetName: 'same', stackName: 'app' })
  await stacks.settled(stackId)
  const { id } = await create(2)
  expect(
    await stacks.describeChangeSet(SCOPE, { changeSetName: 'same', stackName: 'app' }),
  ).toMatchObject({ changeSetId: id, executionStatus: 'AVAILABLE' })
})
