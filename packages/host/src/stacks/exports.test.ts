import { test } from 'vitest'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'

const exporting = (value: string, name = 'shared') => ({
  template: { Outputs: { Out: { Value: value, Export: { Name: name } } } },
})
const A = { A: resource('Thing') }
const importing = { B: resource('Thing', { Value: { 'Fn::ImportValue': 'shared' } }) }

test('an export can be imported, and stays as long as it is', async ({ expect }) => {
  await using world = await openMemoryStacks()
  const { stacks } = world
  await world.deploy('one', A, exporting('v1'))
  await world.deploy('two', importing)
  expect([...world.cloud.things.values()].at(-1)?.properties).toEqual({ Value: 'v1' })
  expect(await stacks.exports(SCOPE)).toMatchObject([{ name: 'shared', value: 'v1' }])
  expect(await stacks.imports(SCOPE, 'shared')).toEqual(['two'])

  const changed = await world.deploy('one', A, exporting('v2'))
  expect(changed.stackStatus).toBe('UPDATE_ROLLBACK_COMPLETE')
  expect(await world.events('one')).toContain(
    'one UPDATE_ROLLBACK_IN_PROGRESS Update canceled. Cannot update export shared as it is in use by two.',
  )
  expect(await world.destroy('one')).toMatchObject({
    stackStatus: 'UPDATE_ROLLBACK_COMPLETE',
    stackStatusReason: 'Delete canceled. Cannot delete export shared as it is in use by two.',
  })

  await world.destroy('two')
  expect((await world.destroy('one')).stackStatus).toBe('DELETE_COMPLETE')
  expect(await stacks.exports(SCOPE)).toEqual([])
})

test('an export has one owner', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await world.deploy('one', A, exporting('v1'))
  const second = await world.deploy('two', A, exporting('v1'))
  expect(second.stackStatus).toBe('ROLLBACK_COMPLETE')
  expect((await world.events('two')).join('\n')).toContain(
    'Export with name shared is already exported by stack one.',
  )
})

test('what nobody exports cannot be imported', async ({ expect }) => {
  await using world = await openMemoryStacks()
  await expect(world.deploy('two', importing)).rejects.toThrow('No export named shared found')
})
