// A host that is killed at any of its writes goes on at its next start, and ends where it would have.
import { test, type ExpectStatic } from 'vitest'
import { createMemoryCloud } from '../../test/support/memory-cloud.ts'
import { resource, SCOPE, type MemoryStacks } from '../../test/support/memory-stacks.ts'
import { openMortalStacks } from '../../test/support/mortal-stacks.ts'
import { openStore } from '../store/store.ts'

const before = {
  Kept: resource('Thing', { Value: 1 }),
  Changed: resource('Thing', { Value: 1 }),
  Replaced: resource('Stone', { Value: 1 }),
  Removed: resource('Thing', { Value: { Ref: 'Replaced' } }),
  Colored: resource('Chameleon', { Color: 1 }),
}
const after = {
  Kept: resource('Thing', { Value: 1 }),
  Changed: resource('Thing', { Value: 2 }),
  Replaced: resource('Stone', { Value: 2 }, { DependsOn: 'Changed' }),
  Added: resource('Thing', { Value: { Ref: 'Replaced' } }),
  Colored: resource('Chameleon', { Color: 2 }),
}

const CHILD = 'https://s3.us-east-1.amazonaws.com/templates/child.json'
const child = JSON.stringify({
  Resources: { InnerA: resource('Thing'), InnerB: resource('Thing', {}, { DependsOn: 'InnerA' }) },
})
const parent = {
  Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: CHILD } },
  Last: resource('Thing', { Value: { Ref: 'Child' } }),
}

interface Story {
  /** What happens before the host that dies. */
  readonly first?: object
  /** What the host dies of. */
  readonly act: (world: MemoryStacks) => Promise<unknown>
  readonly failing?: string
  readonly status: string
  /** How many things there are in the end. */
  readonly count: number
}

test('killed while a stack is created', ({ expect }) =>
  killAnywhere(expect, {
    act: (world) => world.deploy('app', before),
    status: 'CREATE_COMPLETE',
    count: 5,
  }))

test('killed while a creation fails and is rolled back', ({ expect }) =>
  killAnywhere(expect, {
    act: (world) => world.deploy('app', before),
    failing: 'create Removed',
    status: 'ROLLBACK_COMPLETE',
    count: 0,
  }))

test('killed while a stack is updated', ({ expect }) =>
  killAnywhere(expect, {
    first: before,
    act: (world) => world.deploy('app', after),
    status: 'UPDATE_COMPLETE',
    count: 5,
  }))

test('killed while an update fails and is rolled back', ({ expect }) =>
  killAnywhere(expect, {
    first: before,
    act: (world) => world.deploy('app', after),
    failing: 'create Added',
    status: 'UPDATE_ROLLBACK_COMPLETE',
    count: 5,
  }))

test('killed while a stack is deleted', ({ expect }) =>
  killAnywhere(expect, {
    first: before,
    act: (world) => world.destroy('app'),
    status: 'DELETE_COMPLETE',
    count: 0,
  }))

test('killed while a stack in a stack is made', ({ expect }) =>
  killAnywhere(expect, {
    act: (world) => world.deploy('app', parent),
    status: 'CREATE_COMPLETE',
    count: 3,
  }))

test('killed while a stack in a stack fails and both are rolled back', ({ expect }) =>
  killAnywhere(expect, {
    act: (world) => world.deploy('app', parent),
    failing: 'create InnerB',
    status: 'ROLLBACK_COMPLETE',
    count: 0,
  }))

async function killAnywhere(expect: ExpectStatic, story: Story): Promise<void> {
  for (let lastWrite = 0; ; lastWrite += 1) {
    const cloud = createMemoryCloud()
    await using store = openStore(':memory:')
    if (story.first !== undefined) {
      await using world = await openMortalStacks(cloud, store)
      await world.deploy('app', story.first)
    }
    const old = new Map(cloud.things)
    if (story.failing !== undefined) {
      cloud.failing.set(story.failing, { how: 'half-made', times: Infinity })
    }
    const mortal = await openMortalStacks(cloud, store, lastWrite)
    mortal.templates.set(CHILD, child)
    const acted = story.act(mortal).then(
      () => 'lived',
      () => 'refused',
    )
    const end = await Promise.race([acted, mortal.died.then(() => 'died')])
    await mortal[Symbol.asyncDispose]()
    if (end === 'lived') {
      expect(lastWrite).toBeGreaterThan(5)
      return
    }

    await using next = await openMortalStacks(cloud, store)
    next.templates.set(CHILD, child)
    next.stacks.resume()
    const all = await next.stacks.listStacks(SCOPE)
    const stack = all.find(({ stackName }) => stackName === 'app')
    if (stack !== undefined) await next.stacks.settled(stack.stackId)
    const settled = (await next.stacks.listStacks(SCOPE)).find(
      ({ stackName }) => stackName === 'app',
    )
    // the request itself may not have got through: then nothing was begun
    if (lastWrite === 0) {
      expect(cloud.things).toEqual(old)
      continue
    }
    const context = `killed at write ${lastWrite}`
    expect(settled?.stackStatus, context).toBe(story.status)
    expect(cloud.things.size, context).toBe(story.count)
    if (story.status.includes('UPDATE_ROLLBACK')) expect(cloud.things, context).toEqual(old)
    cloud.failing.clear()
    if (story.status !== 'DELETE_COMPLETE') await next.destroy('app')
    expect(cloud.things.size, context).toBe(0)
  }
}
