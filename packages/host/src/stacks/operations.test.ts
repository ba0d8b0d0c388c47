import { test } from 'vitest'
import { createMemoryCloud } from '../../test/support/memory-cloud.ts'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'
import { openStore } from '../store/store.ts'

/** A promise and what lets it go. */
function gate() {
  return Promise.withResolvers<void>()
}

const body = (resources: object) => JSON.stringify({ Resources: resources })

test('while a stack is worked on, other work is refused', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  await world.deploy('app', { A: resource('Thing', { Value: 1 }) })
  const { promise, resolve } = gate()
  cloud.held.set('update A', promise)
  const next = { stackName: 'app', templateBody: body({ A: resource('Thing', { Value: 2 }) }) }
  const { stackId } = await stacks.updateStack(SCOPE, next)
  const refusal = `Stack:${stackId} is in UPDATE_IN_PROGRESS state and can not be updated.`
  await expect(stacks.updateStack(SCOPE, next)).rejects.toThrow(refusal)
  await expect(stacks.createChangeSet(SCOPE, { ...next, changeSetName: 'c' })).rejects.toThrow(
    refusal,
  )
  await expect(stacks.deleteStack(SCOPE, next)).rejects.toThrow(
    'cannot be deleted while in status UPDATE_IN_PROGRESS',
  )
  await expect(stacks.createStack(SCOPE, next)).rejects.toMatchObject({
    errorName: 'AlreadyExistsException',
  })
  resolve()
  await stacks.settled(stackId)
  expect((await world.describe('app')).stackStatus).toBe('UPDATE_COMPLETE')
})

test('of two updates at once, one is done', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('app', { A: resource('Thing', { Value: 1 }) })
  const update = (Value: number) =>
    world.stacks.updateStack(SCOPE, {
      stackName: 'app',
      templateBody: body({ A: resource('Thing', { Value }) }),
    })
  const endings = await Promise.allSettled([update(2), update(3)])
  expect(endings.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('a repeated request with its token is the same request', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const input = {
    stackName: 'app',
    templateBody: body({ A: resource('Thing') }),
    clientRequestToken: 'token-1',
  }
  const first = await world.stacks.createStack(SCOPE, input)
  expect(await world.stacks.createStack(SCOPE, input)).toEqual(first)
})

test('an update can be cancelled, and goes back', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  await world.deploy('app', { A: resource('Thing', { Value: 1 }), B: resource('Thing') })
  const before = new Map(cloud.things)
  cloud.held.set('create C', gate().promise)
  const { stackId } = await stacks.updateStack(SCOPE, {
    stackName: 'app',
    templateBody: body({
      A: resource('Thing', { Value: 2 }),
      B: resource('Thing'),
      C: resource('Thing', {}, { DependsOn: 'A' }),
    }),
  })
  while (!cloud.calls.includes('create C')) await new Promise((resolve) => setTimeout(resolve, 2))
  await stacks.cancelUpdateStack(SCOPE, { stackName: 'app' })
  await stacks.settled(stackId)
  expect((await world.describe('app')).stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(cloud.things).toEqual(before)
  expect(await world.events('app')).toContain('C CREATE_FAILED Resource creation cancelled')
  await expect(stacks.cancelUpdateStack(SCOPE, { stackName: 'app' })).rejects.toThrow(
    'CancelUpdateStack cannot be called from current stack status',
  )
})

test('a stack can be deleted while it is created', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  cloud.held.set('create B made', gate().promise)
  const { stackId } = await stacks.createStack(SCOPE, {
    stackName: 'app',
    templateBody: body({ A: resource('Thing'), B: resource('Thing', {}, { DependsOn: 'A' }) }),
  })
  while (cloud.things.size < 2) await new Promise((resolve) => setTimeout(resolve, 2))
  await stacks.deleteStack(SCOPE, { stackName: 'app' })
  await stacks.settled(stackId)
  expect((await world.describe('app')).stackStatus).toBe('DELETE_COMPLETE')
  expect(cloud.things.size).toBe(0)
})

test('a creation that takes longer than it may is rolled back', async ({ expect }) => {
  await using world = await openMemoryStacks()
  world.cloud.held.set('create A', gate().promise)
  const { stackId } = await world.stacks.createStack(SCOPE, {
    stackName: 'app',
    templateBody: body({ A: resource('Thing') }),
    timeoutInMinutes: 1 / 1_200,
  })
  await world.stacks.settled(stackId)
  expect((await world.describe('app')).stackStatus).toBe('ROLLBACK_COMPLETE')
})

test('without a rollback what was made stays, and can be repaired or rolled back', async ({
  expect,
}) => {
  await using world = await openMemoryStacks()
  const { cloud, stacks } = world
  const resources = { A: resource('Thing'), B: resource('Thing', {}, { DependsOn: 'A' }) }
  cloud.failing.set('create B', { how: 'half-made', times: 1 })
  const failed = await world.deploy('app', resources, { input: { disableRollback: true } })
  expect(failed).toMatchObject({
    stackStatus: 'CREATE_FAILED',
    stackStatusReason: 'The following resource(s) failed to create: [B]. ',
  })
  expect(cloud.things.size).toBe(2)
  expect((await world.deploy('app', resources)).stackStatus).toBe('UPDATE_COMPLETE')
  expect(cloud.things.size).toBe(2)

  const good = new Map(cloud.things)
  cloud.failing.set('create C', { how: 'unmade', times: 1 })
  const changed = { ...resources, A: resource('Thing', { Value: 2 }), C: resource('Thing') }
  const input = { disableRollback: true }
  expect((await world.deploy('app', changed, { input })).stackStatus).toBe('UPDATE_FAILED')
  const { stackId } = await stacks.rollbackStack(SCOPE, { stackName: 'app' })
  await stacks.settled(stackId)
  expect((await world.describe('app')).stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(cloud.things).toEqual(good)
})

test('OnFailure DELETE leaves no stack', async ({ expect }) => {
  await using world = await openMemoryStacks()
  world.cloud.failing.set('create A', { how: 'half-made', times: 1 })
  const input = { onFailure: 'DELETE' } as const
  const stack = await world.deploy('app', { A: resource('Thing') }, { input })
  expect(stack.stackStatus).toBe('DELETE_COMPLETE')
  expect(world.cloud.things.size).toBe(0)
})

test('termination protection refuses the deletion', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  const input = { enableTerminationProtection: true }
  await world.deploy('app', { A: resource('Thing') }, { input })
  await expect(stacks.deleteStack(SCOPE, { stackName: 'app' })).rejects.toThrow(
    'Stack [app] cannot be deleted while TerminationProtection is enabled',
  )
  await stacks.updateTerminationProtection(SCOPE, {
    stackName: 'app',
    enableTerminationProtection: false,
  })
  expect((await world.destroy('app')).stackStatus).toBe('DELETE_COMPLETE')
})

test('what cannot be deleted stops the deletion, until it is left out', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks, cloud } = world
  await world.deploy('app', { A: resource('Thing'), B: resource('Thing', { Value: { Ref: 'A' } }) })
  cloud.failing.set('delete A', { how: 'unmade', times: 1 })
  const failed = await world.destroy('app')
  expect(failed.stackStatus).toBe('DELETE_FAILED')
  expect(failed.stackStatusReason).toBe('The following resource(s) failed to delete: [A]. ')
  await stacks.deleteStack(SCOPE, { stackName: 'app', retainResources: ['A'] })
  await stacks.settled(failed.stackId)
  expect((await world.describe('app')).stackStatus).toBe('DELETE_COMPLETE')
  expect(cloud.things.size).toBe(1)
})

test('a host that stops leaves the operation to the next', async ({ expect }) => {
  const cloud = createMemoryCloud()
  await using store = openStore(':memory:')
  cloud.held.set('create B', gate().promise)
  const first = await openMemoryStacks({ cloud, store })
  await first.stacks.createStack(SCOPE, {
    stackName: 'app',
    templateBody: body({ A: resource('Thing'), B: resource('Thing', {}, { DependsOn: 'A' }) }),
  })
  while (!cloud.calls.includes('create B')) await new Promise((resolve) => setTimeout(resolve, 2))
  await first[Symbol.asyncDispose]()
  cloud.held.clear()
  await using second = await openMemoryStacks({ cloud, store })
  expect((await second.describe('app')).stackStatus).toBe('CREATE_IN_PROGRESS')
  second.stacks.resume()
  await second.stacks.settled((await second.describe('app')).stackId)
  expect((await second.describe('app')).stackStatus).toBe('CREATE_COMPLETE')
  expect(cloud.things.size).toBe(2)
})
