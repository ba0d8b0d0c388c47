import { randomBytes } from 'node:crypto'
import { afterAll, test } from 'vitest'
import { announceSkip } from '../../test/support/announce-skip.ts'
import { createMemoryCloud } from '../../test/support/memory-cloud.ts'
import { openMemoryStacks, resource, SCOPE } from '../../test/support/memory-stacks.ts'
import { startPostgres } from '../../test/support/postgres-server.ts'
import { openDatabase } from '../store/open-database.ts'

const server = await startPostgres()
afterAll(async () => {
  if (typeof server !== 'string') await server[Symbol.asyncDispose]()
})

if (typeof server === 'string') {
  announceSkip('stacks in PostgreSQL', server)
  test.skip('stacks live in PostgreSQL as well')
} else {
  test('stacks live in PostgreSQL as well', async ({ expect }) => {
    const location = server.url({ schema: `test_${randomBytes(6).toString('hex')}` })
    const cloud = createMemoryCloud()
    {
      await using store = await openDatabase(location)
      await using world = await openMemoryStacks({ cloud, store })
      await world.deploy('app', { A: resource('Thing', { Value: 1 }), B: resource('Stone') })
      await world.deploy('app', { A: resource('Thing', { Value: 2 }) })
    }
    await using store = await openDatabase(location)
    await using world = await openMemoryStacks({ cloud, store })
    expect((await world.describe('app')).stackStatus).toBe('UPDATE_COMPLETE')
    expect((await world.events('app')).slice(-4)).toEqual([
      'app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'app UPDATE_COMPLETE',
    ])
    await world.destroy('app')
    expect(cloud.things.size).toBe(0)
    expect(await world.stacks.describeStacks(SCOPE)).toEqual([])
  })
}
